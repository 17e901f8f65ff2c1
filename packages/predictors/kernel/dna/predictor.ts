/** The model of bases by itself, for the `Predictor` contract: it tells the probabilities of all four bases. */
import { learnNode, nextBase, predictNode, startModel } from "./model";

/** Log2 of the sum of the probabilities. */
const TOTAL_BITS: i32 = 22;

const probabilities = memory.data(4 * 4, 16); // u32 [base]

/**
 * Starts a sequence and forgets the one before.
 *
 * @param length bases to come, at most
 * @param tableBits log2 of the contexts that one table holds
 */
export function start(length: i32, tableBits: i32): void {
  startModel(length, tableBits);
}

/** Writes the probabilities of the four bases, which sum to 2^22; returns where. */
export function predict(): usize {
  const high = predictNode(0) << (TOTAL_BITS - 16);
  writeHalf(0, (1 << TOTAL_BITS) - high, predictNode(1));
  writeHalf(2, high, predictNode(2));
  return probabilities;
}

/** Shares out the probability of two bases; each gets at least 1. */
function writeHalf(first: i32, total: i32, p16: i32): void {
  const second = max(1, min(total - 1, <i32>((<i64>total * p16) >> 16)));
  store<i32>(probabilities + (first << 2), total - second);
  store<i32>(probabilities + (first << 2), second, 4);
}

/** Learns a base. */
export function update(base: i32): void {
  const high = base >> 1;
  predictNode(0);
  learnNode(0, high);
  predictNode(1 + high);
  learnNode(1 + high, base & 1);
  nextBase(base);
}
