import type { BlockSettings } from "../settings.ts";

/** The level whose copies are tried beside what higher ones have. */
const COPYING_LEVEL = 2;
/** Log2 of the bytes up to which its tables are as large as they are there: a block of that level. */
const FULL_TABLES_BITS = 22;

/** Settings for copying: in longer blocks, with tables of no more places than in those of that level. */
export function copyingSettings(settings: BlockSettings, length: number): BlockSettings {
  const halvings = Math.max(settings.halvings ?? 0, 31 - Math.clz32(length) - FULL_TABLES_BITS);
  return { ...settings, level: COPYING_LEVEL, halvings };
}
