/** What came of each stream, as `neural-dictionary.json` holds it; page and picture are made from this alone. */
import type { Where } from "../../measure/where.ts";

/** What codes a stream: a model of order 0, or a dictionary coder. */
export const CODERS = ["order 0", "xz -9e", "brotli -q 11"] as const;
export type CoderName = (typeof CODERS)[number];

/** A stream that stands for the file. */
export interface Row {
  readonly stream: string;
  /** Bytes by coder, with all that a decoder needs beside the stream; a coder that was not there is left out. */
  readonly sizes: Readonly<Partial<Record<CoderName, number>>>;
  /** Of them, those that say which predictor was chosen. */
  readonly choices?: Readonly<Partial<Record<CoderName, number>>>;
}

/** The codec's method `rank` on the file, by what codes its ranks; bytes. */
interface MethodSizes {
  readonly adaptive: number;
  readonly dictionary: number;
}

/** One file. */
export interface DictionaryRun extends Where {
  readonly file: string;
  readonly characters: number;
  /** Networks, in words, and what they come to when an arithmetic coder takes their predictions themselves, in bytes. */
  readonly networks: readonly { readonly name: string; readonly settings: string; readonly direct: number }[];
  readonly rows: readonly Row[];
  readonly method: MethodSizes;
}

/** The latest run on each file. */
export interface DictionaryResults {
  readonly format: 1;
  readonly runs: readonly DictionaryRun[];
}

/** With a run in the place of an older one of the same file. */
export function withRun(results: DictionaryResults, run: DictionaryRun): DictionaryResults {
  return { ...results, runs: [...results.runs.filter(({ file }) => file !== run.file), run] };
}
