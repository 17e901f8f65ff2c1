/** Trains letter tables on text: the weight optimiser of the thesis (section 5.2.3), and logistic regression. */
import { checkInteger, type TaskOptions } from "@pith/core";
import { ACTIVATIONS, exponential } from "./letter-table-activation.ts";
import { createTableDecoder } from "./letter-table-decoder.ts";
import { bytesOf, FIRST_CODE } from "./letter-groups.ts";
import { listNeighbours, meanOf } from "./letter-table-scores.ts";
import { checkLetterTable, type LetterTable } from "./letter-table.ts";

/** A text with its letters hidden and shown. */
export interface HiddenText {
  /** A cell for each byte: its value, or 256 + c if only its code c shows. */
  readonly cells: Uint16Array;
  /** The bytes themselves. */
  readonly truth: Uint8Array;
}

export interface LetterTrainingOptions extends LetterTable, HiddenText, TaskOptions {
  /**
   * What is learned of each letter. `mistakes`: where another letter had the larger sum, the right one's numbers go up and
   * the other's down. `logistic`: each letter's go up or down by how far its probability, the softmax of the sums, is from
   * the truth. Default: mistakes.
   */
  readonly rule?: "mistakes" | "logistic" | undefined;
  /** What a letter's numbers change by is this × error × multiplier × slope. Default 0.00025, the thesis's. */
  readonly step?: number | undefined;
  /** Times that the text is gone through, 1 or more. Default 100. */
  readonly epochs?: number | undefined;
  /** A text to choose the epoch by. */
  readonly heldOut?: HiddenText | undefined;
}

/** Right letters among those that had to be decided, 0 to 1. */
export interface EpochAccuracy {
  /** On the text that was learned, while it was learned. */
  readonly training: number;
  /** On the held-out text, afterwards. */
  readonly heldOut?: number | undefined;
}

export interface LetterTraining {
  /** The trained table, of the shape and the activation that the first one had. */
  readonly table: Float32Array;
  /** Epochs that the table has seen: those after which the held-out text was decoded best, or all. */
  readonly epochs: number;
  /** For each epoch. */
  readonly accuracies: readonly EpochAccuracy[];
}

/** Cells between two looks at the signal. */
const TURN = 1 << 17;

/**
 * Trains a table on a text, by steepest descent a letter at a time. Letters to the left are those that the decoder would
 * have decided, so that it learns to live with its mistakes. The same table on every machine.
 *
 * @throws RangeError for options out of range, or a truth that does not fit the cells; the signal's reason if it aborts
 */
export async function trainLetterTable(options: LetterTrainingOptions): Promise<LetterTraining> {
  const { cells, truth, rule = "mistakes", step = 0.00025, epochs = 100, heldOut, signal, onProgress } = options;
  checkLetterTable(options);
  if (!(step > 0 && Number.isFinite(step))) throw new RangeError(`step: expected more than 0, got ${step}`);
  checkInteger("epochs", epochs, 1);
  checkText(options.groups, { cells, truth });
  if (heldOut !== undefined) checkText(options.groups, heldOut);

  const learner = createLearner(options, rule, step);
  const accuracies: EpochAccuracy[] = [];
  let best = { table: options.table, epochs: 0, accuracy: -1 };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    learner.restart();
    for (let start = 0; start < cells.length; start += TURN) {
      signal?.throwIfAborted();
      const end = Math.min(start + TURN, cells.length);
      learner.learn(start, end);
      onProgress?.({ done: (epoch - 1) * cells.length + end, total: epochs * cells.length });
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    const table = learner.table();
    const accuracy = heldOut && accuracyOf({ ...options, table }, heldOut);
    accuracies.push({ training: learner.accuracy(), heldOut: accuracy });
    if (accuracy === undefined || accuracy > best.accuracy) best = { table, epochs: epoch, accuracy: accuracy ?? -1 };
  }
  return { table: best.table, epochs: best.epochs, accuracies };
}

/** Learns from one text. */
interface Learner {
  /** Starts at the text's beginning, with what was learned so far. */
  restart(): void;
  /** Learns the letters of the cells from `start` to `end`; it has those before. */
  learn(start: number, end: number): void;
  /** Right letters, since the last restart. */
  accuracy(): number;
  table(): Float32Array;
}

function createLearner(options: LetterTrainingOptions, rule: "mistakes" | "logistic", step: number): Learner {
  const { groups, alphabet, distances, activation = "identity", cells, truth } = options;
  const { value, slope } = ACTIVATIONS[activation];
  const multipliers = options.multipliers ?? distances.map(() => 1);
  const { ofCell, letters } = listNeighbours(options);
  const members = groups.map((group) => Array.from(group, (character) => alphabet.indexOf(character)));
  const bytes = groups.map(bytesOf);
  const codeOfLetter = Array.from(alphabet, (character) => groups.findIndex((group) => group.includes(character)));

  const table = Float64Array.from(options.table);
  /** activation(number) × multiplier: [letter][distance][neighbour] */
  const scores = new Float64Array(alphabet.length * distances.length * letters.length);
  const rescore = (row: number, neighbour: number): void => {
    if (letters[neighbour].length === 0) return;
    const number = meanOf(table, row * alphabet.length, letters[neighbour]);
    scores[row * letters.length + neighbour] = value(number) * multipliers[row % distances.length];
  };
  for (let row = 0; row < alphabet.length * distances.length; row++) {
    for (let neighbour = 0; neighbour < letters.length; neighbour++) rescore(row, neighbour);
  }

  /** Moves the numbers behind a score against its error, and works out the scores that depend on them again. */
  const move = (row: number, neighbour: number, error: number): void => {
    const own = letters[neighbour];
    const first = row * alphabet.length;
    const steepness = activation === "identity" ? 1 : slope(meanOf(table, first, own));
    const change = (step * error * multipliers[row % distances.length] * steepness) / own.length;
    for (const letter of own) {
      table[first + letter] += change;
      rescore(row, letter);
      if (neighbour < alphabet.length && codeOfLetter[letter] >= 0)
        rescore(row, alphabet.length + codeOfLetter[letter]);
    }
    if (neighbour >= alphabet.length) rescore(row, neighbour);
  };

  const seen = Uint16Array.from(cells, (cell) => ofCell[cell]);
  const outside = letters.length - 1;
  const around = new Uint16Array(distances.length);
  let right = 0;
  let decided = 0;

  const learnLetter = (i: number, code: number): void => {
    for (const [k, distance] of distances.entries()) around[k] = seen[i + distance] ?? outside;
    const group = members[code];
    const sums = group.map((letter) => {
      let sum = 0;
      for (let k = 0; k < around.length; k++) sum += scores[(letter * around.length + k) * letters.length + around[k]];
      return sum;
    });
    const best = sums.indexOf(Math.max(...sums));
    const meant = bytes[code].indexOf(truth[i]);
    seen[i] = group[best];
    decided++;
    if (best === meant) right++;
    if (rule === "mistakes" && best === meant) return;
    for (const [member, letter] of group.entries()) {
      const guessed = rule === "mistakes" ? Number(member === best) : softmax(sums, member);
      const error = Number(member === meant) - guessed;
      if (error === 0) continue;
      for (let k = 0; k < around.length; k++) {
        if (around[k] !== outside) move(letter * around.length + k, around[k], error);
      }
    }
  };

  return {
    restart() {
      right = 0;
      decided = 0;
      for (let i = 0; i < cells.length; i++) seen[i] = ofCell[cells[i]];
    },
    learn(start, end) {
      for (let i = start; i < end; i++) {
        const code = cells[i] - FIRST_CODE;
        if (code >= 0 && members[code].length > 1) learnLetter(i, code);
      }
    },
    accuracy: () => (decided === 0 ? 1 : right / decided),
    table: () => Float32Array.from(table),
  };
}

function softmax(sums: readonly number[], member: number): number {
  let total = 0;
  for (const sum of sums) total += exponential(sum - sums[member]);
  return 1 / total;
}

function accuracyOf(table: LetterTable, { cells, truth }: HiddenText): number {
  const decoded = createTableDecoder(table).decode(cells);
  let right = 0;
  let decided = 0;
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] < FIRST_CODE || table.groups[cells[i] - FIRST_CODE].length === 1) continue;
    decided++;
    if (decoded[i] === truth[i]) right++;
  }
  return decided === 0 ? 1 : right / decided;
}

function checkText(groups: readonly string[], { cells, truth }: HiddenText): void {
  if (truth.length !== cells.length) {
    throw new RangeError(`truth: expected ${cells.length} bytes, as many as cells, got ${truth.length}`);
  }
  const possible = groups.map(bytesOf);
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i];
    if (cell >= FIRST_CODE + groups.length) {
      throw new RangeError(`cells[${i}]: expected at most ${FIRST_CODE + groups.length - 1}, got ${cell}`);
    }
    const fits = cell < FIRST_CODE ? truth[i] === cell : possible[cell - FIRST_CODE].includes(truth[i]);
    if (!fits) {
      const expected = cell < FIRST_CODE ? cell : possible[cell - FIRST_CODE].join(" or ");
      throw new RangeError(`truth[${i}]: expected ${expected}, got ${truth[i]}`);
    }
  }
}
