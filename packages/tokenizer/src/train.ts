/** Learns the merges of a tokenizer from an input. */
import { checkBytes, checkInteger } from "@pith/core";
import { leftOf, PairChains, rightOf } from "./pair-chains.ts";
import { PairQueue } from "./pair-queue.ts";
import { Tokenizer } from "./tokenizer.ts";
import { LONGEST_TOKEN, MOST_TOKENS, type Merge } from "./vocabulary.ts";

/** Bytes that are learnt from at the most; of a longer input, pieces from all over it. */
const SAMPLE = 2 ** 22;
const PIECES = 64;

/** A pair that occurs less often is not worth its entry in the vocabulary. */
const LEAST_COUNT = 4;

/** Sizes of §3.2.2 of the neural paper, which says that they follow the input's size, and not how. */
const SMALLEST_DEFAULT = 150;
const LARGEST_DEFAULT = 1500;

/** Options of {@link trainTokenizer}. */
export interface TokenizerOptions {
  /**
   * Most tokens, bytes included: 1 to 65,536. Default: 1.5 times the square root of the input's length, within 150 and
   * 1500. Fewer result where no pair occurs four times any more; the bytes that occur are always there.
   */
  readonly vocabularySize?: number | undefined;
}

/**
 * Learns a vocabulary from `bytes`: again and again, the most frequent pair of neighbours becomes a token.
 *
 * @throws TypeError if `bytes` is not a Uint8Array, RangeError for a size out of its range
 * @example
 * const tokenizer = trainTokenizer(bytes);
 * const tokens = tokenizer.encode(bytes);
 * const stored = writeVocabulary(tokenizer.vocabulary);
 * new Tokenizer(readVocabulary(stored)).decode(tokens); // the bytes
 */
export function trainTokenizer(bytes: Uint8Array, options: TokenizerOptions = {}): Tokenizer {
  checkBytes("bytes", bytes);
  const size = options.vocabularySize ?? defaultVocabularySize(bytes.length);
  checkInteger("vocabularySize", size, 1, MOST_TOKENS);
  const occurring = bytesThatOccur(bytes);
  const sample = sampleOf(bytes);
  if (sample.length === 0) return new Tokenizer({ bytes: occurring, merges: [] });
  const tokenOf = new Uint16Array(256);
  occurring.forEach((byte, token) => (tokenOf[byte] = token));
  const chains = new PairChains(Uint16Array.from(sample, (byte) => tokenOf[byte]));
  return new Tokenizer({ bytes: occurring, merges: learnMerges(chains, occurring.length, size) });
}

/** Tokens that {@link trainTokenizer} makes of an input of `length` bytes unless it is told otherwise. */
export function defaultVocabularySize(length: number): number {
  return Math.min(LARGEST_DEFAULT, Math.max(SMALLEST_DEFAULT, Math.round(1.5 * Math.sqrt(length))));
}

function learnMerges(chains: PairChains, bytes: number, size: number): Merge[] {
  const queue = new PairQueue((pair) => chains.count(pair));
  for (const pair of chains.pairs()) queue.push(pair);
  const lengths: number[] = new Array<number>(bytes).fill(1);
  const merges: Merge[] = [];
  while (bytes + merges.length < size) {
    const pair = queue.pop(LEAST_COUNT);
    if (pair === undefined) break;
    const [left, right] = [leftOf(pair), rightOf(pair)];
    const length = lengths[left] + lengths[right];
    if (length > LONGEST_TOKEN) continue;
    const token = bytes + merges.length;
    lengths.push(length);
    merges.push({ left, right });
    for (const grown of chains.merge(pair, token)) queue.push(grown);
  }
  return merges;
}

function bytesThatOccur(bytes: Uint8Array): number[] {
  const seen = new Uint8Array(256);
  for (const byte of bytes) seen[byte] = 1;
  return [...seen.keys()].filter((byte) => seen[byte] === 1);
}

/** The whole input, or as many pieces of equal length and distance as make up the sample. */
function sampleOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE) return bytes;
  const length = SAMPLE / PIECES;
  const sample = new Uint8Array(SAMPLE);
  for (let i = 0; i < PIECES; i++) {
    const start = Math.floor((i * (bytes.length - length)) / (PIECES - 1));
    sample.set(bytes.subarray(start, start + length), i * length);
  }
  return sample;
}
