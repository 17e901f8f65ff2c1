/**
 * A byte-pair tokenizer: bytes are replaced by tokens, each of which stands for a string of them.
 *
 * Source: the tokenizer of the neural paper, §3.2.2; P. Gage, "A new algorithm for data compression" (1994).
 */
import { checkBytes, checkInteger, PithError } from "@pith/core";
import { pairOf, PairChains } from "./pair-chains.ts";
import { tokenBytes, type Vocabulary } from "./vocabulary.ts";

/** Bytes that are tokenized at a time, so that memory does not grow with the input; no token crosses a boundary. */
const SEGMENT = 2 ** 20;

/** Options of {@link Tokenizer.decode}. */
export interface TokenDecodeOptions {
  /** Most bytes that may come out; default 2^32 − 1. */
  readonly maximumLength?: number | undefined;
  /** Where the tokens lie in their file, for the offsets of errors. */
  readonly offset?: number | undefined;
}

/** Turns bytes into tokens and back. Memory: 28 MiB while it encodes. */
export class Tokenizer {
  readonly vocabulary: Vocabulary;
  readonly #strings: readonly Uint8Array<ArrayBuffer>[];
  /** Token of each byte, or −1. */
  readonly #tokenOf = new Int32Array(256).fill(-1);

  /** @param vocabulary of {@link trainTokenizer} or {@link readVocabulary} */
  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.#strings = tokenBytes(vocabulary);
    vocabulary.bytes.forEach((byte, token) => (this.#tokenOf[byte] = token));
  }

  /** Number of tokens; they are 0 … size − 1. */
  get size(): number {
    return this.#strings.length;
  }

  /** What a token stands for, 1 to 64 bytes. */
  bytesOf(token: number): Uint8Array<ArrayBuffer> {
    checkInteger("token", token, 0, this.size - 1);
    return this.#strings[token];
  }

  /**
   * The tokens of `bytes`: all merges, in the order in which they were learnt.
   *
   * @throws TypeError if `bytes` is not a Uint8Array, RangeError if a byte is not in the vocabulary
   */
  encode(bytes: Uint8Array): Uint16Array {
    checkBytes("bytes", bytes);
    const segments: Uint16Array[] = [];
    for (let start = 0; start < bytes.length; start += SEGMENT) {
      segments.push(this.#encodeSegment(bytes.subarray(start, start + SEGMENT), start));
    }
    const tokens = new Uint16Array(segments.reduce((sum, { length }) => sum + length, 0));
    let done = 0;
    for (const segment of segments) {
      tokens.set(segment, done);
      done += segment.length;
    }
    return tokens;
  }

  #encodeSegment(bytes: Uint8Array, start: number): Uint16Array {
    const { bytes: known, merges } = this.vocabulary;
    const tokens = Uint16Array.from(bytes, (byte, i) => {
      const token = this.#tokenOf[byte];
      if (token < 0) throw new RangeError(`bytes: expected bytes of the vocabulary, got ${byte} at ${start + i}`);
      return token;
    });
    const chains = new PairChains(tokens);
    merges.forEach(({ left, right }, i) => chains.merge(pairOf(left, right), known.length + i));
    return chains.tokens();
  }

  /**
   * The bytes that tokens stand for.
   *
   * @throws PithError `invalid-field` for a token that is not in the vocabulary, `memory-limit` for more bytes than allowed
   */
  decode(
    tokens: ArrayLike<number>,
    { maximumLength = 2 ** 32 - 1, offset = 0 }: TokenDecodeOptions = {},
  ): Uint8Array<ArrayBuffer> {
    let length = 0;
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i];
      if (token >= this.size) {
        throw new PithError("invalid-field", `token ${i} is not in the vocabulary`, {
          offset,
          expected: `below ${this.size}`,
          got: token,
        });
      }
      length += this.#strings[token].length;
    }
    if (length > maximumLength) {
      throw new PithError("memory-limit", "tokens stand for more bytes than allowed", {
        offset,
        expected: `at most ${maximumLength}`,
        got: length,
      });
    }
    const bytes = new Uint8Array(length);
    let done = 0;
    for (let i = 0; i < tokens.length; i++) {
      const string = this.#strings[tokens[i]];
      bytes.set(string, done);
      done += string.length;
    }
    return bytes;
  }
}
