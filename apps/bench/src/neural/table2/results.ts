/** What runs found, as `neural-table2.json` holds it; page and picture are made from this alone. */
import type { Where } from "../../measure/where.ts";
import type { TABLE_2 } from "../paper.ts";

/** The paper's settings; the same, but that it learns sooner; and those that suit a short file better. */
export const SETTINGS = ["paper", "sooner", "tuned"] as const;
export type Setting = (typeof SETTINGS)[number];

/** One variant with one setting. Sizes are in bytes. */
export interface Row extends Where {
  readonly variant: keyof typeof TABLE_2;
  readonly setting: Setting;
  readonly file: string;
  readonly characters: number;
  /** The coded symbols, and what says which bytes they are. */
  readonly ranks: number;
  readonly direct: number;
  /** Processor time to predict and to code both ways. */
  readonly seconds: number;
}

export interface Table2Results {
  readonly format: 1;
  readonly rows: readonly Row[];
}

/** With a row in the place of an older one of the same variant and setting. */
export function withRow(results: Table2Results, row: Row): Table2Results {
  const others = results.rows.filter(({ variant, setting }) => variant !== row.variant || setting !== row.setting);
  return { ...results, rows: [...others, row] };
}

export function findRow({ rows }: Table2Results, variant: string, setting: Setting): Row | undefined {
  return rows.find((row) => row.variant === variant && row.setting === setting);
}
