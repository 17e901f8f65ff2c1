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

export interface DictionaryResults extends Where {
  readonly format: 1;
  readonly file: string;
  readonly characters: number;
  /** Networks, in words, and what they come to when an arithmetic coder takes their predictions themselves, in bytes. */
  readonly networks: readonly { readonly name: string; readonly settings: string; readonly direct: number }[];
  readonly rows: readonly Row[];
}
