/** What a run found, as `letter-pairs.json` holds it; the page is made from this alone. */
import type { TrainedDecoder } from "@pith/statistics";
import type { Where } from "../measure/where.ts";

/** Bytes of a text as a raw stream, and of the corrections among them. */
export interface StreamSize {
  readonly size: number;
  readonly corrections: number;
}

/** One decoder on one text. */
export interface DecoderResult {
  readonly decoder: TrainedDecoder;
  /** In the thesis's framing, without corrections: letters whose code stands for several, and how many come back right. */
  readonly ambiguous: number;
  readonly right: number;
  readonly thesis: StreamSize;
  readonly inStream: StreamSize;
}

export interface TextResult {
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  readonly decoders: readonly DecoderResult[];
}

/** What some short texts come to in one way of writing messages. */
export interface FormResult {
  readonly bits: 3 | 4;
  /** Shortest: what a writer takes if it is not told otherwise. */
  readonly form: "plain" | "modelled" | "shortest";
  /** Mean of the shares of each text. */
  readonly mean: number;
  /** How many did not become shorter than brotli makes them. */
  readonly notBelowBrotli: number;
}

export interface MessagesResult {
  readonly name: string;
  readonly count: number;
  /** Mean of the shares that brotli has. */
  readonly brotli: number;
  readonly forms: readonly FormResult[];
}

/** How fast something is on one core. */
interface SpeedResult {
  readonly name: string;
  /** Processor seconds, one a round. */
  readonly seconds: readonly number[];
}

export interface SpeedResults {
  /** Bytes of the text. */
  readonly length: number;
  readonly reference: SpeedResult;
  readonly rows: readonly SpeedResult[];
}

/** All parts of the benchmark; a run may have measured some and taken over the others from an earlier one. */
export interface LetterResults {
  readonly format: 1;
  readonly texts?: Where & { readonly rows: readonly TextResult[] };
  readonly messages?: Where & { readonly rows: readonly MessagesResult[] };
  readonly speed?: Where & SpeedResults;
}
