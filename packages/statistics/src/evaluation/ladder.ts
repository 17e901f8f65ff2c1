/** The steps by which the thesis became more accurate, taken one after the other (sections 4.3 to 5.2). */

import type { TaskOptions } from "@pith/core";
import { ALPHABETICAL_TABLE, THESIS_TABLE, type CodeTable } from "@pith/framing";
import {
  createTableDecoder,
  THESIS_MULTIPLIERS,
  trainLetterTable,
  type Activation,
  type HiddenText,
  type LetterDecoder,
  type LetterTable,
} from "@pith/predictors";

import { DECIDERS, earliness, trainDecider, type DeciderKind } from "./deciders/decider.ts";
import type { Forest } from "./deciders/forest.ts";
import { pairCharacters, type PairedTable } from "../pairing/code-tables.ts";
import { startSwapSearch, stepSwapSearch, SWAP_SIZES, type SwapState } from "../pairing/swap-search.ts";
import type { Statistics } from "../statistics.ts";
import { decoderTable } from "../tables/decoder-table.ts";
import { tableOf } from "../tables/table-of.ts";
import { evaluate, type Evaluation } from "./evaluate.ts";
import { codeText, hideLetters } from "./hidden-text.ts";
import { importanceByDistance, knownDecisions, type Importance } from "./importance.ts";
import { accuracyOn } from "./measure.ts";
import { loadTrainedDecoder, TRAINED_DECODERS, type TrainedDecoder } from "./trained-decoders.ts";

/** What a rung is called, and what the thesis gives for it: percent of all characters. */
export const RUNGS = [
  { name: "alphabetical", thesis: 85.95 },
  { name: "primary difference", thesis: 91.1 },
  { name: "thesis table", thesis: 92.63 },
  { name: "swap search", thesis: 92.63 },
  { name: "tanh", thesis: 92.78 },
  { name: "multipliers", thesis: undefined },
  { name: "trained", thesis: 93.62 },
] as const;

export type RungName = (typeof RUNGS)[number]["name"];

/** Activations that the thesis compares (its Figure 15), and what it gives for them: percent of all characters. */
export const ACTIVATIONS = [
  { name: "identity", thesis: undefined },
  { name: "sigmoid", thesis: 92.632 },
  { name: "selu", thesis: 92.6 },
  { name: "tanh", thesis: 92.78 },
] as const satisfies readonly { name: Activation; thesis: number | undefined }[];

/** A text to measure with. */
export interface NamedText {
  readonly name: string;
  readonly text: Uint8Array;
}

export interface LadderOptions extends TaskOptions {
  /** Counts of the thesis's alphabet. Without a table, z-scores along the neighbours are made of them, as in the thesis. */
  readonly statistics: Statistics;
  /** Text that the swap search measures with, UTF-8. */
  readonly searchText: Uint8Array;
  /** Text that the weight optimiser learns, UTF-8. */
  readonly trainingText: Uint8Array;
  /** Texts that only measure. */
  readonly texts: readonly NamedText[];
  /** Steps of each search: three times one with 2, 3 and 4 pairs at a time. */
  readonly steps: number;
  /** Times that the optimiser goes through its text. */
  readonly epochs: number;
  /** How far it goes at once. Default 0.00025, the thesis's. */
  readonly step?: number | undefined;
  readonly seed: number;
}

/** One rung: a code table, decoded in a certain way. */
export interface Rung {
  readonly name: RungName;
  /** Percent of all characters, as the thesis gives it. */
  readonly thesis: number | undefined;
  readonly table: CodeTable;
  /** For each text. */
  readonly evaluations: readonly Evaluation[];
}

/** An activation, with the pairs of the thesis and no multipliers. */
export interface ActivationRung extends Pick<Rung, "thesis" | "evaluations"> {
  readonly name: Activation;
}

/** Something else that decides. */
export interface DeciderRung extends Pick<Rung, "table" | "evaluations"> {
  /** A kind of decider that learned the training text, or a trained model that ships. */
  readonly name: DeciderKind | TrainedDecoder;
  /** Bytes that its numbers take. */
  readonly bytes: number;
}

export interface Ladder {
  readonly rungs: readonly Rung[];
  /** The last three rungs with the pairs of the thesis, and with those of the swap search, instead of searching on. */
  readonly withThesisTable: readonly Rung[];
  readonly withSwapSearch: readonly Rung[];
  /** The searches of the rung of that name, by pairs at a time. */
  readonly searches: readonly SwapState[];
  /**
   * How much each neighbour matters for the pairs of the thesis (its Figure 16), on the first text; empty without texts.
   */
  readonly importance: readonly Importance[];
  /** How early boosted trees ask for each neighbour, for the same pairs, by the measure of that figure. */
  readonly earliness: readonly { readonly group: string; readonly values: readonly number[] }[];
  readonly activations: readonly ActivationRung[];
  /** With the pairs of the thesis; resolvers have their own. */
  readonly deciders: readonly DeciderRung[];
  /** Primary difference: what the Hungarian algorithm and an exact matching found. */
  readonly hungarian: PairedTable;
  readonly exact: PairedTable;
}

/**
 * Climbs the ladder.
 *
 * @param options its progress is in bytes of text that were decoded or learned
 * @throws RangeError for counts of another alphabet or window than the thesis's; the signal's reason if it aborts
 */
export async function climbLadder(options: LadderOptions): Promise<Ladder> {
  const { statistics, texts, signal, onProgress } = options;
  const { counts } = statistics;
  const table = statistics.table ?? tableOf(counts);
  const plain = decoderTable(counts, table.values);
  const tanh = { ...plain, activation: "tanh" as const };
  const multiplied = { ...tanh, multipliers: THESIS_MULTIPLIERS.plato };

  const work = new Work(options);
  const report = (bytes: number): void => onProgress?.(work.add(bytes));
  const measure = async (codes: CodeTable, decoder: LetterDecoder): Promise<Evaluation[]> => {
    const evaluations: Evaluation[] = [];
    for (const { text } of texts) {
      await nextTurn(signal);
      evaluations.push(evaluate(text, codes, decoder));
      report(text.length);
    }
    return evaluations;
  };
  const climb = async (name: RungName, codes: CodeTable, letters: Omit<LetterTable, "groups">): Promise<Rung> => {
    const decoder = createTableDecoder({ ...letters, groups: codes.groups });
    const evaluations = await measure(codes, decoder);
    return { name, thesis: RUNGS.find((rung) => rung.name === name)?.thesis, table: codes, evaluations };
  };
  const activations: ActivationRung[] = [];
  for (const { name, thesis } of ACTIVATIONS) {
    const decoder = createTableDecoder({ ...plain, activation: name, groups: THESIS_TABLE.groups });
    activations.push({ name, thesis, evaluations: await measure(THESIS_TABLE, decoder) });
  }
  const deciders: DeciderRung[] = [];
  let boosted: Forest | undefined;
  for (const kind of DECIDERS) {
    await nextTurn(signal);
    const { decoder, bytes, forest } = trainDecider(kind, options.trainingText, THESIS_TABLE, options.seed);
    if (kind === "boosted") boosted = forest;
    deciders.push({ name: kind, bytes, table: THESIS_TABLE, evaluations: await measure(THESIS_TABLE, decoder) });
  }
  for (const name of TRAINED_DECODERS) {
    const { codes, decoder, bytes } = await loadTrainedDecoder(name);
    deciders.push({ name, bytes, table: codes, evaluations: await measure(codes, decoder) });
  }

  const hungarian = pairCharacters(counts, table, "hungarian");
  const exact = pairCharacters(counts, table, "exact");
  const searches = await search(options, exact.table, plain, report);
  const found = bestOf(searches);
  const foundByTanh = bestOf(await search(options, found, tanh, report));
  const foundByAll = bestOf(await search(options, foundByTanh, multiplied, report));
  const trainOn = (codes: CodeTable): Promise<Omit<LetterTable, "groups">> => train(options, codes, multiplied, report);
  const lastRungs = async (codes: CodeTable): Promise<Rung[]> => [
    await climb("tanh", codes, tanh),
    await climb("multipliers", codes, multiplied),
    await climb("trained", codes, await trainOn(codes)),
  ];
  return {
    rungs: [
      await climb("alphabetical", ALPHABETICAL_TABLE, plain),
      await climb("primary difference", hungarian.table, plain),
      await climb("thesis table", THESIS_TABLE, plain),
      await climb("swap search", found, plain),
      await climb("tanh", foundByTanh, tanh),
      await climb("multipliers", foundByAll, multiplied),
      await climb("trained", foundByAll, await trainOn(foundByAll)),
    ],
    withThesisTable: await lastRungs(THESIS_TABLE),
    withSwapSearch: await lastRungs(found),
    searches,
    hungarian,
    exact,
    importance: await importanceOfNeighbours(options),
    earliness: THESIS_TABLE.groups.flatMap((group, code) =>
      group.length < 2 || boosted === undefined ? [] : [{ group, values: earliness(boosted[code]) }],
    ),
    activations,
    deciders,
  };
}

function bestOf(searches: readonly SwapState[]): CodeTable {
  return searches.reduce((a, b) => (b.accuracy > a.accuracy ? b : a)).table;
}

/** Steps between two turns of the event loop. */
const STEPS_A_TURN = 8;

/** One search for each number of pairs at a time. */
async function search(
  { searchText, steps, seed, signal }: LadderOptions,
  start: CodeTable,
  letters: Omit<LetterTable, "groups">,
  report: (bytes: number) => void,
): Promise<SwapState[]> {
  const measure = accuracyOn(codeText(searchText, start), letters);
  const found: SwapState[] = [];
  for (const swapSize of SWAP_SIZES) {
    let state = startSwapSearch(start, swapSize, seed, measure);
    while (state.steps < steps) {
      if (state.steps % STEPS_A_TURN === 0) await nextTurn(signal);
      state = stepSwapSearch(state, measure);
      report(searchText.length);
    }
    found.push(state);
  }
  return found;
}

async function train(
  { trainingText, epochs, step, signal }: LadderOptions,
  codes: CodeTable,
  letters: Omit<LetterTable, "groups">,
  report: (bytes: number) => void,
): Promise<Omit<LetterTable, "groups">> {
  let done = 0;
  const { table } = await trainLetterTable({
    ...letters,
    groups: codes.groups,
    cells: hideLetters(codeText(trainingText, codes), codes),
    truth: trainingText,
    epochs,
    step,
    signal,
    onProgress: (progress) => {
      report(progress.done - done);
      done = progress.done;
    },
  });
  return { ...letters, table };
}

/** What trains the decoder of {@link importanceOfNeighbours}: enough for it to settle. */
const IMPORTANCE_STEP = 0.01;
const IMPORTANCE_EPOCHS = 5;

/**
 * By a decoder that was trained, as the thesis's trees were, with all neighbours known, so that none has to stand in for
 * one that is ambiguous.
 */
async function importanceOfNeighbours(options: LadderOptions): Promise<Importance[]> {
  const { statistics, trainingText, texts, seed, signal } = options;
  const { counts } = statistics;
  const decisionsOf = (text: Uint8Array): HiddenText =>
    knownDecisions(codeText(text, THESIS_TABLE), THESIS_TABLE, counts.window);
  const logarithms = tableOf(counts, { quantity: "log-probability", normalised: "none" });
  const letters = { ...decoderTable(counts, logarithms.values), groups: THESIS_TABLE.groups };
  const { table } = await trainLetterTable({
    ...letters,
    ...decisionsOf(trainingText),
    rule: "logistic",
    step: IMPORTANCE_STEP,
    epochs: IMPORTANCE_EPOCHS,
    signal,
  });
  const decoder = createTableDecoder({ ...letters, table });
  return texts
    .slice(0, 1)
    .flatMap(({ text }) => importanceByDistance(decisionsOf(text), THESIS_TABLE, decoder, counts.window, seed));
}

/** How far the ladder is, in bytes. */
class Work {
  readonly #total: number;
  #done = 0;

  constructor({ texts, searchText, trainingText, steps, epochs }: LadderOptions) {
    const measured =
      texts.reduce((sum, { text }) => sum + text.length, 0) *
      (RUNGS.length + 2 * 3 + ACTIVATIONS.length + DECIDERS.length + TRAINED_DECODERS.length);
    const searched = 3 * SWAP_SIZES.length * steps * searchText.length;
    this.#total = measured + searched + 3 * epochs * trainingText.length;
  }

  add(bytes: number): { done: number; total: number } {
    this.#done += bytes;
    return { done: this.#done, total: this.#total };
  }
}

/** Lets the event loop in. */
async function nextTurn(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  signal?.throwIfAborted();
}
