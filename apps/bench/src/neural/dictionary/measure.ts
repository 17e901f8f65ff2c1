/** The streams of section 7.1, each checked to come back, and what the coders make of them. */
import { compressSync, decompressSync } from "@pith/codec";
import { chooseRanks, dictionaryOfRanks, ranksOfDictionary } from "@pith/predictors";
import { firstDifference } from "../../measure/bytes.ts";
import { hereAndNow } from "../../measure/where.ts";
import { predictAll } from "../code.ts";
import type { Input } from "../input.ts";
import { describeNetwork, type Method } from "../methods.ts";
import { prepare } from "../prepare.ts";
import { progress } from "../progress.ts";
import { SIZES } from "./coders.ts";
import { CODERS, type CoderName, type DictionaryRun, type Row } from "./results.ts";
import { ranksByState, symbolsByState } from "./state-list.ts";

/** Symbols that share a choice of predictor: the paper's one, and enough that the choices cost little. */
const RUNS = [1, 16, 256];

/**
 * @param methods that predict characters
 */
export function measure(methods: readonly Method[], { name, content }: Input): DictionaryRun {
  const predictions = methods.map((method) => {
    const onShare = progress(`${method.name}, ${name}`);
    const { stream, predictor } = prepare(method, content, onShare);
    const { alphabetSize, symbols, tableSize } = stream;
    return { method, alphabetSize, tableSize, ...predictAll(predictor(), symbols, onShare) };
  });
  const [{ alphabetSize, tableSize }] = predictions;
  const rows: Row[] = [{ stream: "the file itself", sizes: code(content) }];
  const add = (what: string, ranks: Uint16Array, choices?: Uint8Array): void => {
    progress(`${what}, coding`)(0);
    const written = dictionaryOfRanks(ranks, alphabetSize);
    if (firstDifference(ranksOfDictionary(written, alphabetSize), Uint8Array.from(ranks)) !== undefined) {
      throw new Error(`${what}: the ranks do not come back`);
    }
    const beside = choices === undefined ? {} : { choices: code(choices) };
    const row = (stream: string, symbols: Uint8Array): Row => ({
      stream,
      sizes: sum(sum(code(symbols), beside.choices), tableSize),
      ...beside,
    });
    const byState = symbolsByState(ranks, alphabetSize);
    if (firstDifference(ranksByState(byState, alphabetSize), Uint8Array.from(ranks)) !== undefined) {
      throw new Error(`${what}: the ranks do not come back by states`);
    }
    rows.push(
      row(`${what}: ranks`, Uint8Array.from(ranks)),
      row(`${what}: cheapest symbols`, written),
      row(`${what}: a list for each state`, byState),
    );
  };
  for (const { method, ranks } of predictions) add(method.name, ranks);
  if (methods.length > 1) {
    for (const run of RUNS) {
      const streams = predictions.map(({ ranks }) => ranks);
      const { ranks, choices } = chooseRanks(streams, run);
      add(`choice for every ${run === 1 ? "symbol" : `${run} symbols`}`, ranks, choices);
    }
    const streams = predictions.map(({ ranks }) => ranks);
    const { ranks, choices } = chooseRanks(streams, PRICED_RUN, priceOf);
    add(`choice for every ${PRICED_RUN} symbols, by price`, ranks, choices);
  }
  return {
    ...hereAndNow(),
    file: name,
    characters: content.length,
    networks: predictions.map(({ method, direct }) => ({
      name: method.name,
      settings: describeNetwork(method),
      direct: direct.length + tableSize,
    })),
    rows,
    method: { adaptive: sizeOfMethod(content, "adaptive"), dictionary: sizeOfMethod(content, "dictionary") },
  };
}

/** A whole file of the codec's, decompressed again and compared. */
function sizeOfMethod(content: Uint8Array, coder: "adaptive" | "dictionary"): number {
  progress(`method rank, ${coder}`)(0);
  const file = compressSync(content, { method: "rank", level: LEVEL, neural: { coder } });
  const difference = firstDifference(decompressSync(file), content);
  if (difference !== undefined) throw new Error(`method rank, ${coder}: byte ${difference} does not come back`);
  return file.length;
}

/** Symbols that share a choice which is made by prices. */
const PRICED_RUN = 16;
/** Of the method `rank`: the highest whose network learns one layer. */
const LEVEL = 7;

/** What a rank costs a coder such as xz, in bits, about: to go on with a copy; or a literal, and a copy that begins again. */
function priceOf(rank: number): number {
  return rank === 0 ? 0.1 : 7 + Math.log2(rank);
}

type Sizes = Row["sizes"];

function code(stream: Uint8Array): Sizes {
  const sizes: Partial<Record<CoderName, number>> = {};
  for (const coder of CODERS) {
    const size = SIZES[coder](stream);
    if (size !== undefined) sizes[coder] = size;
  }
  return sizes;
}

/** @param more of each coder, or the same for all; undefined adds nothing */
function sum(sizes: Sizes, more: Sizes | number | undefined): Sizes {
  const added: Partial<Record<CoderName, number>> = {};
  for (const coder of CODERS) {
    const size = sizes[coder];
    if (size !== undefined) added[coder] = size + (typeof more === "number" ? more : (more?.[coder] ?? 0));
  }
  return added;
}
