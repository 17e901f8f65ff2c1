/** What a run found, as `patches.json` holds it; the page is made from this alone. Sizes in bytes. */
import type { Where } from "../measure/where.ts";

/** Two versions of a file. */
export interface PatchRow {
  readonly old: string;
  readonly next: string;
  readonly oldSize: number;
  readonly size: number;
  /** The new version alone, and as what is new since the old one. */
  readonly alone: number;
  readonly patch: number;
  /** By the id of the peer. */
  readonly peers: Readonly<Record<string, number>>;
}

export interface PatchesResults extends Where {
  readonly format: 1;
  readonly level: number;
  readonly peers: readonly { readonly id: string; readonly name: string; readonly version: string | undefined }[];
  readonly rows: readonly PatchRow[];
}
