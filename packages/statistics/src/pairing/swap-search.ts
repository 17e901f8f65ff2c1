/** Searches for pairs by trying (thesis, section 4.3.2, there called gradient descent). */

import { PithError } from "@pith/core";
import { checkCodeTable, type CodeTable } from "@pith/framing";

import { Random } from "../random.ts";

/** Pairs that are taken apart and put together anew in a step. */
export const SWAP_SIZES = [2, 3, 4] as const;

export type SwapSize = (typeof SWAP_SIZES)[number];

/** A step that made it better. */
export interface Improvement {
  /** The first step is 1; 0 is where the search began. */
  readonly step: number;
  readonly accuracy: number;
}

/** All that a search needs to go on. It is plain data, to be kept as JSON. */
export interface SwapState {
  readonly table: CodeTable;
  readonly swapSize: SwapSize;
  /** Steps that were taken. */
  readonly steps: number;
  /** That of `table`. */
  readonly accuracy: number;
  /** Each step that made it better, in order (thesis, Figure 11). */
  readonly curve: readonly Improvement[];
  /** State of the random generator. */
  readonly random: number;
}

/** What a table is worth: the larger, the better. */
export type Measure = (table: CodeTable) => number;

/**
 * Begins a search.
 *
 * @param seed any integer; the same seed takes the same steps
 * @throws RangeError if the table has fewer pairs than are to be swapped
 */
export function startSwapSearch(table: CodeTable, swapSize: SwapSize, seed: number, measure: Measure): SwapState {
  checkCodeTable(table);
  if (!SWAP_SIZES.includes(swapSize)) {
    throw new RangeError(`swapSize: expected ${SWAP_SIZES.join(", ")}, got ${swapSize as number}`);
  }
  const pairs = pairCodes(table).length;
  if (pairs < swapSize) throw new RangeError(`table: expected at least ${swapSize} pairs, got ${pairs}`);
  const accuracy = measure(table);
  return { table, swapSize, steps: 0, accuracy, curve: [{ step: 0, accuracy }], random: new Random(seed).state };
}

/**
 * Takes one step: so many pairs, chosen at random, are taken apart, and their letters paired at random. If that is worth
 * more, it is kept.
 */
export function stepSwapSearch(state: SwapState, measure: Measure): SwapState {
  const random = Random.from(state.random);
  const steps = state.steps + 1;
  const table = swapPairs(state.table, state.swapSize, random);
  const accuracy = measure(table);
  if (!(accuracy > state.accuracy)) return { ...state, steps, random: random.state };
  const curve = [...state.curve, { step: steps, accuracy }];
  return { ...state, table, steps, accuracy, curve, random: random.state };
}

/**
 * Reads a state that was kept as JSON.
 *
 * @param measure that the search goes on with
 * @throws PithError that names the field that is missing or wrong: `accuracy` if this measure finds another one, for then
 *   the search was of another text or other statistics
 */
export function parseSwapState(text: string, measure: Measure): SwapState {
  let state: Partial<Record<keyof SwapState, unknown>>;
  try {
    state = Object(JSON.parse(text)) as typeof state;
  } catch (cause) {
    throw new PithError("invalid-field", "state of a search: not JSON", { cause });
  }
  const require = (field: keyof SwapState, expected: string, is: (value: unknown) => boolean): void => {
    if (is(state[field])) return;
    const got = field in state ? JSON.stringify(state[field]).slice(0, 60) : "nothing";
    throw new PithError("invalid-field", `state of a search: ${field}`, { expected, got });
  };
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
  const isShare = (value: unknown): boolean => typeof value === "number" && value >= 0 && value <= 1;
  require("swapSize", SWAP_SIZES.join(", "), (value) => SWAP_SIZES.includes(value as SwapSize));
  require("steps", "an integer from 0 on", isCount);
  require("accuracy", "a number from 0 to 1", isShare);
  require("random", "an integer from 1 to 2^32 − 1", (value) =>
    isCount(value) && value !== 0 && (value as number) < 2 ** 32);
  require("curve", "steps and accuracies", (value) =>
    Array.isArray(value) &&
    value.every((point: Partial<Improvement> | null) => isCount(point?.step) && isShare(point?.accuracy)));
  require("table", "a code table with as many pairs as are swapped", (value) => {
    try {
      checkCodeTable(value as CodeTable);
      return pairCodes(value as CodeTable).length >= (state.swapSize as number);
    } catch {
      return false;
    }
  });
  const accuracy = measure(state.table as CodeTable);
  require("accuracy", `${accuracy}, as measured with this text and these statistics`, (value) => value === accuracy);
  return state as unknown as SwapState;
}

/** The same table, but for so many pairs, none of which remains. */
function swapPairs(table: CodeTable, count: number, random: Random): CodeTable {
  const codes = pairCodes(table);
  random.shuffle(codes);
  const chosen = codes.slice(0, count);
  const old = new Set(chosen.map((code) => sorted(table.groups[code])));
  const letters = chosen.flatMap((code) => Array.from(table.groups[code]));
  let pairs: string[];
  do {
    random.shuffle(letters);
    pairs = chosen.map((_, i) => letters[2 * i] + letters[2 * i + 1]);
  } while (pairs.some((pair) => old.has(sorted(pair))));
  const groups = [...table.groups];
  for (const [i, code] of chosen.entries()) groups[code] = pairs[i];
  return { ...table, groups };
}

function pairCodes({ groups }: CodeTable): number[] {
  return [...groups.keys()].filter((code) => groups[code].length === 2);
}

function sorted(pair: string): string {
  return Array.from(pair).sort().join("");
}
