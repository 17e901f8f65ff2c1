/** The letter resolver: which of the letters that share a code was meant, by logistic regression on what is around it. */
import { checkInteger, instantiateKernel } from "@pith/core";
import { kernel as resolverKernel } from "#kernels/resolver";
import type { ResolverKernel } from "./generated/resolver-exports.ts";
import { bytesOf, checkGroups, FIRST_CODE } from "./letter-groups.ts";
import type { LetterDecoder } from "./letter-decoder.ts";

/** A trained model, as `unpackWeights` of @pith/weights gives it. */
export interface ResolverModel {
  /**
   * groups[c] holds the characters that code c stands for: 1 to 15 groups of 1 to 8 ASCII characters, none of them a
   * capital, none twice. In a group of two, a positive score is for the second.
   */
  readonly groups: readonly string[];
  /** Log2 of the number of weights: 10 to 24. */
  readonly tableBits: number;
  /** 2^tableBits weights, in sixteenths of a natural logit. */
  readonly weights: Int8Array;
}

/** What the resolver thinks of one ambiguous character. */
export interface Resolution {
  /** Its place in the text. */
  readonly place: number;
  /** The group's characters, as bytes, the likeliest first. */
  readonly ranking: readonly number[];
  /** By how much the first one's score is above the second's, in sixteenths of a natural logit; 0 or more. */
  readonly margin: number;
}

/** Resolves letters from left to right, all by itself or told the truth after each. */
export interface Resolver extends LetterDecoder {
  /**
   * Starts on a text, to be resolved letter by letter.
   *
   * @throws RangeError for a cell beyond the codes of the model
   */
  start(cells: Uint16Array): void;
  /** The next character of the text that is ambiguous; undefined after the last. Until `accept`, it stays the same. */
  next(): Resolution | undefined;
  /**
   * Goes on behind the character that `next` gave, with its true letter.
   *
   * @throws RangeError for a byte that is not in its group, or if `next` gave none
   */
  accept(byte: number): void;
}

/**
 * Makes a resolver of a trained model: integers only, the same letters on every machine. Memory: the weights, and three
 * bytes a character of the longest text.
 *
 * @throws RangeError for groups, a table or weights out of range
 * @example
 * const { resolverMedium } = await import("@pith/weights/resolver-medium");
 * const resolver = createResolver(unpackWeights(resolverMedium));
 * resolver.decode(cells); // the bytes
 */
export function createResolver({ groups, tableBits, weights }: ResolverModel): Resolver {
  checkResolvable(groups);
  checkTableBits(tableBits);
  if (weights.length !== 2 ** tableBits) {
    throw new RangeError(`weights: expected ${2 ** tableBits}, 2^tableBits, got ${weights.length}`);
  }
  const kernel = instantiateKernel(resolverKernel);
  setGroups(kernel, groups);
  const table = kernel.startWeights(tableBits);
  new Int8Array(kernel.memory.buffer, table, weights.length).set(weights);

  let cells: Uint16Array = new Uint16Array(0);
  let given: Resolution | undefined;

  const start = (text: Uint16Array): void => {
    checkCells(text, groups);
    const address = kernel.reserve(text.length);
    new Uint16Array(kernel.memory.buffer, address, text.length).set(text);
    cells = text;
    given = undefined;
    kernel.start();
  };

  const rank = (group: string): number[] => {
    const bytes = bytesOf(group);
    const best = kernel.best();
    if (bytes.length === 2) return best === bytes[0] ? bytes : bytes.reverse();
    const scores = new Int16Array(kernel.memory.buffer, kernel.scoresAddress(), bytes.length);
    return bytes
      .map((byte, i) => ({ byte, score: scores[i] }))
      .sort((a, b) => b.score - a.score)
      .map(({ byte }) => byte);
  };

  return {
    decode(text) {
      start(text);
      kernel.decode();
      return new Uint8Array(kernel.memory.buffer, kernel.bytesAddress(), text.length).slice();
    },
    start,
    next() {
      if (given === undefined) {
        const place = kernel.seek();
        if (place === cells.length) return undefined;
        given = { place, ranking: rank(groups[cells[place] - FIRST_CODE]), margin: kernel.confidence() };
      }
      return given;
    },
    accept(byte) {
      if (given === undefined) throw new RangeError("accept: expected a call of next before, got none");
      if (!given.ranking.includes(byte)) {
        throw new RangeError(`byte: expected one of ${given.ranking.join(", ")}, got ${byte}`);
      }
      kernel.take(byte);
      given = undefined;
    },
  };
}

/** Hands the groups to a kernel. */
export function setGroups(kernel: Pick<ResolverKernel, "startGroups" | "addMember">, groups: readonly string[]): void {
  kernel.startGroups();
  groups.forEach((group, code) => {
    for (const byte of bytesOf(group)) kernel.addMember(code, byte);
  });
}

/** @throws RangeError */
export function checkTableBits(tableBits: number): void {
  checkInteger("tableBits", tableBits, 10, 24);
}

/** @throws RangeError for groups that are no code table, or have capitals, which are taken for small letters */
export function checkResolvable(groups: readonly string[]): void {
  checkGroups(groups);
  for (const [code, group] of groups.entries()) {
    const capital = /[A-Z]/.exec(group)?.[0];
    if (capital !== undefined) throw new RangeError(`groups[${code}]: expected no capitals, got "${capital}"`);
  }
}

function checkCells(cells: Uint16Array, groups: readonly string[]): void {
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] >= FIRST_CODE + groups.length) {
      throw new RangeError(`cells[${i}]: expected at most ${FIRST_CODE + groups.length - 1}, got ${cells[i]}`);
    }
  }
}
