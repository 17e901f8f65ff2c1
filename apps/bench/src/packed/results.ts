/** What a run found, as `packed.json` holds it; the page is made from this alone. Sizes in bytes. */
import type { Where } from "../measure/where.ts";

/** One file that is packed already. */
export interface PackedFile {
  readonly name: string;
  readonly size: number;
  /** At the level, with what is packed left closed, and opened. */
  readonly closed: number;
  readonly opened: number;
  /** At the best level; undefined where it was not asked for. */
  readonly best: number | undefined;
  /** What was taken apart, as `info` tells it: of each kind how many. */
  readonly found: readonly { readonly kind: string; readonly count: number }[];
  /** Of what came out of streams, beside what is no longer packed. */
  readonly inside: number;
  /** Of the library, opened; of the processor. */
  readonly compressSeconds: number;
  readonly decompressSeconds: number;
  /** By the id of the peer; one that failed, or does not take such files, is left out. */
  readonly peers: Readonly<Record<string, number>>;
}

/** One encoder of deflate, on the same content as the others. */
export interface EncoderRow {
  readonly name: string;
  readonly version: string;
  /** Of the gzip file that it makes. */
  readonly packed: number;
  /** Of that file, compressed: less the compressed content this is what its encoder's choices cost. */
  readonly compressed: number;
}

export interface PackedResults extends Where {
  readonly format: 1;
  readonly level: number;
  readonly bestLevel: number;
  readonly peers: readonly { readonly id: string; readonly name: string; readonly version: string }[];
  readonly files: readonly PackedFile[];
  /** What the encoders packed, as it is and compressed; undefined where no file was given. */
  readonly content: { readonly name: string; readonly size: number; readonly compressed: number } | undefined;
  readonly encoders: readonly EncoderRow[];
  /** Names of programs that were not there, with their Debian packages. */
  readonly skipped: readonly { readonly name: string; readonly aptPackage: string }[];
}
