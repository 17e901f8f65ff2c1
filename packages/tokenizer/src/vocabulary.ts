/** What the tokens of a tokenizer stand for, and how that is stored. */
import { checkBytes, PithError } from "@pith/core";
import { AdaptiveModel, RangeDecoder, RangeEncoder } from "@pith/entropy";

/** Most tokens of a vocabulary: they are numbers of 16 bits. */
export const MOST_TOKENS = 65_536;

/** Most bytes that a token stands for; so a hostile vocabulary cannot make a token of gigabytes. */
export const LONGEST_TOKEN = 64;

/** Two tokens, each with a smaller number, that make a new one. */
export interface Merge {
  readonly left: number;
  readonly right: number;
}

/**
 * Tokens by number: first the bytes that occur, in ascending order, then one token a merge.
 */
export interface Vocabulary {
  readonly bytes: readonly number[];
  readonly merges: readonly Merge[];
}

/** What each token stands for. */
export function tokenBytes({ bytes, merges }: Vocabulary): Uint8Array<ArrayBuffer>[] {
  const tokens = bytes.map((byte) => Uint8Array.of(byte));
  for (const { left, right } of merges) tokens.push(Uint8Array.of(...tokens[left], ...tokens[right]));
  return tokens;
}

/** One side of the merges: bytes are counted; merged tokens, used once or twice each, are all alike. */
class Side {
  readonly isMerged = new AdaptiveModel(2);
  readonly bytes: AdaptiveModel;

  constructor(bytes: number) {
    this.bytes = new AdaptiveModel(Math.max(2, bytes));
  }
}

/**
 * Stores a vocabulary under adaptive models: about two bytes a merge. The bytes carry no checksum.
 *
 * @throws RangeError if there are more tokens than {@link MOST_TOKENS}
 */
export function writeVocabulary({ bytes, merges }: Vocabulary): Uint8Array<ArrayBuffer> {
  const encoder = new RangeEncoder();
  const present = [new AdaptiveModel(2), new AdaptiveModel(2)];
  const known = new Set(bytes);
  for (let byte = 0, context = 0; byte < 256; byte++) {
    const bit = known.has(byte) ? 1 : 0;
    encoder.encodeAdaptive(present[context], bit);
    context = bit;
  }
  if (bytes.length + merges.length > MOST_TOKENS) {
    throw new RangeError(`vocabulary: expected at most ${MOST_TOKENS} tokens, got ${bytes.length + merges.length}`);
  }
  encoder.encode(merges.length, 1, MOST_TOKENS);
  const sides = [new Side(bytes.length), new Side(bytes.length)];
  merges.forEach(({ left, right }, done) => {
    [left, right].forEach((token, i) => {
      const side = sides[i];
      const merged = token >= bytes.length;
      if (done > 0) encoder.encodeAdaptive(side.isMerged, merged ? 1 : 0);
      if (merged) encoder.encode(token - bytes.length, 1, done);
      else encoder.encodeAdaptive(side.bytes, token);
    });
  });
  return encoder.finish();
}

/**
 * The reverse of {@link writeVocabulary}.
 *
 * @param stored what it returned, no more and no less
 * @param offset where it lies in its file, for the offsets of errors
 * @throws PithError `truncated`, `trailing-data` or `invalid-field` for bytes that hold no vocabulary
 */
export function readVocabulary(stored: Uint8Array, offset = 0): Vocabulary {
  checkBytes("stored", stored);
  const decoder = new RangeDecoder(stored, offset);
  const present = [new AdaptiveModel(2), new AdaptiveModel(2)];
  const bytes: number[] = [];
  for (let byte = 0, context = 0; byte < 256; byte++) {
    context = decoder.decodeAdaptive(present[context]);
    if (context === 1) bytes.push(byte);
  }
  const count = uniform(decoder, MOST_TOKENS);
  const most = bytes.length === 0 ? 0 : MOST_TOKENS - bytes.length;
  if (count > most) {
    throw invalid("a vocabulary has too many merges", offset, `at most ${most}`, count);
  }
  const sides = [new Side(bytes.length), new Side(bytes.length)];
  const lengths = bytes.map(() => 1);
  const merges: Merge[] = [];
  for (let done = 0; done < count; done++) {
    const [left, right] = sides.map((side) => {
      const merged = done > 0 && decoder.decodeAdaptive(side.isMerged) === 1;
      return merged ? bytes.length + uniform(decoder, done) : decoder.decodeAdaptive(side.bytes);
    });
    for (const token of [left, right]) {
      // An alphabet of one byte is coded as one of two.
      if (token >= lengths.length)
        throw invalid("a merge has an unknown token", offset, `below ${lengths.length}`, token);
    }
    const length = lengths[left] + lengths[right];
    if (length > LONGEST_TOKEN) throw invalid("a token is too long", offset, `at most ${LONGEST_TOKEN} bytes`, length);
    lengths.push(length);
    merges.push({ left, right });
    // What lies behind the end reads as zeros, which are valid merges: look before going on.
    if (decoder.end > stored.length) break;
  }
  decoder.checkEnd();
  return { bytes, merges };
}

function uniform(decoder: RangeDecoder, total: number): number {
  const value = decoder.target(total);
  decoder.consume(value, 1, total);
  return value;
}

function invalid(problem: string, offset: number, expected: string, got: number): PithError {
  return new PithError("invalid-field", problem, { offset, expected, got });
}
