import type { UnitKindName } from "../plan-file.ts";
import type { UnitKind } from "./kind.ts";

/** Loads what does units of a kind. */
export const UNIT_KINDS: Readonly<Record<UnitKindName, () => Promise<UnitKind>>> = {
  compress: async () => (await import("./compress.ts")).compress,
  analyze: async () => (await import("./analyze.ts")).analyze,
  count: async () => (await import("./count.ts")).count,
};
