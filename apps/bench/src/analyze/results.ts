/** What a run found, as `patterns.json` holds it; page and picture are made from this alone. */
import type { Growth, SpeedRow } from "./speed.ts";
import type { TableEntry } from "./table.ts";

/** A part of a run, and where and when it ran. */
interface Part {
  /** ISO 8601. */
  readonly date: string;
  readonly processor: string;
  readonly node: string;
}

/** Both parts of the benchmark; a run may have measured one and taken over the other from an earlier one. */
export interface PatternResults {
  readonly format: 1;
  readonly speed: (Part & { readonly rows: readonly SpeedRow[]; readonly growth: Growth | undefined }) | undefined;
  readonly table: (Part & { readonly entries: readonly TableEntry[] }) | undefined;
}
