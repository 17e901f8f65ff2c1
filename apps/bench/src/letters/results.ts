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
  /** Of the same, characters that were coded at all, and all characters of the text; of both those that come back right. */
  readonly coded: { readonly right: number; readonly of: number };
  readonly characters: { readonly right: number; readonly of: number };
  readonly thesis: StreamSize;
  readonly inStream: StreamSize;
}

export interface TextResult {
  readonly name: string;
  /** Bytes. */
  readonly length: number;
  /** Shares of its characters that have a code, and that stand in runs long enough to be coded. */
  readonly encodable: number;
  readonly inRuns: number;
  /** Bytes in the thesis's framing alone. */
  readonly framed: number;
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

/** How many of how many. */
export interface Count {
  readonly right: number;
  readonly of: number;
}

/** A decoder on a text: letters and words that come back right with nothing corrected, and sizes with corrections. */
export interface WordsSide {
  readonly ambiguous: Count;
  readonly words: Count;
  readonly thesis: number;
  readonly inStream: number;
}

/** The letter table alone, and with a dictionary that looks its words up. */
export interface WordsResult {
  readonly name: string;
  readonly length: number;
  readonly before: WordsSide;
  readonly after: WordsSide;
}

/** Words looked for among codes. */
export interface SearchResult {
  readonly name: string;
  /** Bytes of the text, and of its stream. */
  readonly length: number;
  readonly coded: number;
  /** How many words were looked for. */
  readonly words: number;
  /** Places that have the codes of the word, and those that have the word. */
  readonly found: number;
  readonly right: number;
  /** Of the processor, for all words. */
  readonly seconds: number;
}

/** Codes of so many bits on a text. Sizes are computed, not written. */
export interface WidthResult {
  readonly bits: number;
  readonly name: string;
  readonly length: number;
  /** Characters that were coded. */
  readonly coded: number;
  /** Bytes of the text with codes in it. */
  readonly size: number;
  readonly ambiguous: number;
  readonly right: number;
  /** Bytes that would say what is wrong. */
  readonly corrections: number;
}

/** Codes of several characters each, on a text. Sizes are computed, not written. */
export interface TokensResult {
  readonly bits: number;
  readonly tokens: number;
  readonly name: string;
  readonly length: number;
  readonly coded: number;
  /** How many codes these became. */
  readonly codes: number;
  readonly size: number;
  /** Bytes of the vocabulary, which is known beforehand. */
  readonly vocabulary: number;
  /** Of the processor, to find the codes. */
  readonly seconds: number;
}

/** Encoding a file that is read in pieces of a size. */
export interface BufferingResult {
  readonly length: number;
  readonly rows: readonly { readonly size: number; readonly seconds: readonly number[] }[];
}

/** All parts of the benchmark; a run may have measured some and taken over the others from an earlier one. */
export interface LetterResults {
  readonly format: 1;
  readonly texts?: Where & { readonly rows: readonly TextResult[] };
  readonly messages?: Where & { readonly rows: readonly MessagesResult[] };
  readonly speed?: Where & SpeedResults;
  readonly buffering?: Where & BufferingResult;
  readonly words?: Where & { readonly rows: readonly WordsResult[] };
  readonly search?: Where & { readonly rows: readonly SearchResult[] };
  readonly codes?: Where & {
    /** Bytes that were counted and joined. */
    readonly training: number;
    readonly widths: readonly WidthResult[];
    readonly tokens: readonly TokensResult[];
  };
}
