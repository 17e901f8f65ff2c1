/** The program of the worker that writes and reads letter pairs. */
import "../shared/trusted-types.ts";
import { compress } from "@pith/codec";
import { decodeMessage as decodePairs, encodeMessage } from "@pith/pairs";
import { decodeMessage as decodeByModel, encodeMessage as encodeByModel, measureMessage } from "@pith/priors";
import { decodeFraming, encodeFraming } from "@pith/framing";
import {
  Counter,
  differenceByDistance,
  neighboursOf,
  readStatistics,
  type ByDistance,
  type Neighbours,
  type Statistics,
} from "@pith/statistics";
import { expose } from "comlink";
import { explain, type Problem } from "../shared/problems.ts";
import { gzipLength } from "../shared/gzip-length.ts";
import { fromLetters, toLetters } from "../shared/packed-text.ts";
import { brotliLength } from "../shared/brotli-length.ts";
import { unpackCounts } from "./counts-packing.ts";
import { accuracyOf, stretchesOf, type Accuracy, type Stretch } from "./decisions.ts";
import { ENGLISH_COUNTS } from "./english-counts.ts";
import { ambiguousPlaces, codeTableOf, letterDecoderOf } from "./letters.ts";
import type { PairsSettings } from "./pairs-settings.ts";
import { streamParts, type StreamPart } from "./stream-parts.ts";

/** What statistics say. */
export interface StatisticsSummary {
  /** Where they come from. */
  readonly name: string;
  readonly alphabet: string;
  /** Characters that were counted; undefined where the counts are scaled. */
  readonly total: number | undefined;
  /** What its table has, where it came with one: `probability, normalised by neighbour`. */
  readonly table: string | undefined;
  /** How much the neighbours at each distance say (thesis, Figure 3). */
  readonly differences: readonly ByDistance[];
}

/** A message written and read again. */
export interface PairsResult {
  /** Characters of each code. */
  readonly groups: readonly string[];
  readonly parts: readonly StreamPart[];
  readonly stretches: readonly Stretch[];
  readonly accuracy: Accuracy;
}

/** Bytes that a message takes; undefined where this cannot be said. */
export interface MessageSizes {
  readonly original: number;
  readonly exact: number;
  /** By the model with a prior, and what each byte costs in it, in bits. */
  readonly model: number;
  readonly costs: Float64Array;
  readonly guessed: number;
  readonly pith: number;
  readonly gzip: number | undefined;
  readonly brotli: number | undefined;
}

export type Answer<Value> =
  { readonly type: "answer"; readonly value: Value } | { readonly type: "failed"; readonly problem: Problem };

/** The last head of messages of letter pairs; the model has others. */
const LAST_OF_PAIRS = 31;

let statistics: Statistics = { counts: unpackCounts(ENGLISH_COUNTS) };

const scribe = {
  /** Takes the statistics of English, which it has from the start. */
  useEnglish(): StatisticsSummary {
    statistics = { counts: unpackCounts(ENGLISH_COUNTS) };
    return { ...summary("English: 85 million characters of novels, speeches and Wikipedia"), total: undefined };
  },

  /** Takes the statistics of an HDF5 file, or counts a text. */
  useFile(file: File): Promise<Answer<StatisticsSummary>> {
    return answer(async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      statistics = isHdf5(bytes) ? await readStatistics(bytes) : { counts: count(bytes) };
      return summary(file.name);
    });
  },

  /** What stands around a character (thesis, Figures 4 to 7). */
  neighbours(character: string): readonly Neighbours[] {
    return neighboursOf(statistics.counts, character);
  },

  write(text: Uint8Array, settings: PairsSettings): Promise<Answer<PairsResult>> {
    return answer(async () => {
      const table = await codeTableOf(settings, statistics);
      const decoder = await letterDecoderOf(settings, table, statistics);
      const framed = encodeFraming(text, { table });
      const cells = decodeFraming(framed);
      const stretches = stretchesOf(text, decoder.decode(cells), ambiguousPlaces(cells, table));
      return {
        groups: table.groups,
        parts: streamParts(framed),
        stretches,
        accuracy: accuracyOf(stretches, text.length),
      };
    });
  },

  sizes(text: Uint8Array<ArrayBuffer>): Promise<Answer<MessageSizes>> {
    return answer(async () => {
      const [exact, guessed, model, costs, pith, gzip, brotli] = await Promise.all([
        encodeMessage(text),
        encodeMessage(text, { lossy: true }),
        encodeByModel(text),
        measureMessage(text),
        compress(text, { threads: 0 }),
        gzipLength(new Blob([text])),
        brotliLength(text),
      ]);
      return {
        original: text.length,
        exact: exact.length,
        guessed: guessed.length,
        model: model.length,
        costs,
        pith: pith.length,
        gzip,
        brotli,
      };
    });
  },

  /** The shortest exact message of a text, as letters that can be sent anywhere; as the command writes it. */
  send(text: Uint8Array): Promise<Answer<string>> {
    return answer(async () => {
      const [model, pairs] = await Promise.all([encodeByModel(text), encodeMessage(text)]);
      return toLetters(pairs.length < model.length ? pairs : model);
    });
  },

  /** The text of a message that was sent as letters. */
  receive(letters: string): Promise<Answer<string>> {
    return answer(async () => {
      const message = bytesOfLetters(letters);
      const isOfPairs = message.length > 0 && message[0] > 0 && message[0] <= LAST_OF_PAIRS;
      const text = isOfPairs ? await decodePairs(message) : await decodeByModel(message);
      return new TextDecoder().decode(text);
    });
  },
};

export type Scribe = typeof scribe;

async function answer<Value>(task: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { type: "answer", value: await task() };
  } catch (error) {
    return { type: "failed", problem: explain(error) };
  }
}

/** @throws RangeError for what no message is written in */
function bytesOfLetters(letters: string): Uint8Array {
  try {
    return fromLetters(letters);
  } catch {
    throw new RangeError("a message has the letters A to Z, a to z, digits, - and _ alone: copy it whole");
  }
}

function isHdf5(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === "\x89HDF";
}

/** @throws RangeError for what is no text, or has none of the letters that are counted */
function count(text: Uint8Array): Statistics["counts"] {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(text);
  } catch {
    throw new RangeError("it is neither text in UTF-8 nor an HDF5 file");
  }
  const counter = new Counter();
  counter.add(text);
  const counts = counter.counts();
  if (counts.characters.every((times) => times === 0n)) throw new RangeError("there is no letter in it to count");
  return counts;
}

function summary(name: string): StatisticsSummary {
  const { counts, table } = statistics;
  return {
    name,
    alphabet: counts.alphabet,
    total: Number(counts.total),
    table: table && `${table.quantity}, normalised: ${table.normalised}`,
    differences: differenceByDistance(counts),
  };
}

expose(scribe);
