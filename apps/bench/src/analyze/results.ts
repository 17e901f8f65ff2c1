/** What a run found, as `patterns.json` holds it; page and picture are made from this alone. */
import type { Where } from "../measure/where.ts";
import type { Growth, SpeedRow } from "./speed.ts";
import type { TableEntry } from "./table.ts";

/** Both parts of the benchmark; a run may have measured one and taken over the other from an earlier one. */
export interface PatternResults {
  readonly format: 1;
  readonly speed: (Where & { readonly rows: readonly SpeedRow[]; readonly growth: Growth | undefined }) | undefined;
  readonly table: (Where & { readonly entries: readonly TableEntry[] }) | undefined;
}
