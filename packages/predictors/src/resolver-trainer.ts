/** Trains the letter resolver. */
import { instantiateKernel } from "@pith/core";
import { kernel as trainerKernel } from "#kernels/resolver-trainer";
import { checkResolvable, checkTableBits, setGroups } from "./resolver.ts";

/** The longest text that is learnt at a time, in bytes. */
export const LONGEST_LESSON = 2 ** 16;
/** Sixteenths of a natural logit. */
const WEIGHT_UNIT = 16;
const MOST_WEIGHT = 127;
/** f32 from one weight to the next. */
const CELL = 4;

export interface ResolverTrainerOptions {
  /** As those of a resolver. */
  readonly groups: readonly string[];
  /** Log2 of the number of weights: 10 to 24. */
  readonly tableBits: number;
  /** A weight stays 0 until the errors at its features add up to more than this: 0 or more; default 0.3. More, fewer weights. */
  readonly zeroBelow?: number | undefined;
  /** A letter whose probability was wrong by less than this teaches nothing: 0 to 1, default 0.05. */
  readonly leastError?: number | undefined;
}

/** What came of one text. */
export interface Lesson {
  /** Letters that share a code. */
  readonly letters: number;
  /** How many of them were resolved wrongly before they were learnt. */
  readonly errors: number;
}

/** Learns weights from texts. */
export interface ResolverTrainer {
  /**
   * Learns all letters of a text, at most {@link LONGEST_LESSON} bytes.
   *
   * @param rate size of the steps, above 0; 0.6 is good at first
   */
  learn(text: Uint8Array, rate: number): Lesson;
  /** From now on, weights that are 0 stay 0: what follows is for the others, at rates that fall. */
  settle(): void;
  /** The weights, rounded, for a resolver with the same groups and table. */
  weights(): Int8Array;
}

/**
 * Starts to train a resolver: the weights are 0. The same texts at the same rates give the same weights on every
 * machine. Memory: 16 bytes a weight.
 *
 * @throws RangeError for options out of range
 */
export function createResolverTrainer(options: ResolverTrainerOptions): ResolverTrainer {
  const { groups, tableBits, zeroBelow = 0.3, leastError = 0.05 } = options;
  checkResolvable(groups);
  checkTableBits(tableBits);
  checkNumber("zeroBelow", zeroBelow, 0, Number.MAX_VALUE);
  checkNumber("leastError", leastError, 0, 1);
  const kernel = instantiateKernel(trainerKernel);
  setGroups(kernel, groups);
  kernel.startTraining(tableBits, zeroBelow, leastError, LONGEST_LESSON);
  return {
    learn(text, rate) {
      if (text.length > LONGEST_LESSON) {
        throw new RangeError(`text: expected at most ${LONGEST_LESSON} bytes, got ${text.length}`);
      }
      checkNumber("rate", rate, Number.MIN_VALUE, Number.MAX_VALUE);
      kernel.setRate(rate);
      new Uint8Array(kernel.memory.buffer, kernel.textAddress(), text.length).set(text);
      kernel.learn(text.length);
      return { letters: kernel.lettersSeen(), errors: kernel.errorsMade() };
    },
    settle() {
      kernel.settle();
    },
    weights() {
      const cells = new Float32Array(kernel.memory.buffer, kernel.weightsAddress(), CELL * 2 ** tableBits);
      return Int8Array.from({ length: 2 ** tableBits }, (_, i) =>
        Math.max(-MOST_WEIGHT, Math.min(MOST_WEIGHT, Math.round(cells[CELL * i] * WEIGHT_UNIT))),
      );
    },
  };
}

function checkNumber(name: string, value: number, least: number, most: number): void {
  if (!(value >= least && value <= most)) {
    throw new RangeError(`${name}: expected a number from ${least} to ${most}, got ${value}`);
  }
}
