/** Ranks of bases, as `neural-dna.json` holds them; the page is made from this alone. */
import type { Where } from "../../measure/where.ts";

/** One file. */
export interface DnaRow extends Where {
  readonly file: string;
  /** Bases that were coded. */
  readonly characters: number;
  /** How often each base comes, the most frequent first. */
  readonly bases: readonly number[];
  /** How often each rank comes, from 0 on. */
  readonly ranks: readonly number[];
  /** Bytes of a Huffman code and of an adaptive model of order 0, of the bases and of the ranks. */
  readonly huffman: { readonly bases: number; readonly ranks: number };
  readonly arithmetic: { readonly bases: number; readonly ranks: number };
  /** Bytes of the predictions themselves under an arithmetic coder. */
  readonly direct: number;
}

export interface DnaResults {
  readonly format: 1;
  /** Name of the method, and its network in words. */
  readonly method: string;
  readonly network: string;
  readonly rows: readonly DnaRow[];
}

/** The paper's condition: only then does the most frequent of four get a code of one bit. */
export function isShorter([first, , third, fourth]: readonly number[]): boolean {
  return third + fourth < first;
}
