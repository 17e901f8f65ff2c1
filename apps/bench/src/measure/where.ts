import { cpus } from "node:os";

/** When and where something was measured. */
export interface Where {
  /** ISO 8601. */
  readonly date: string;
  readonly processor: string;
  readonly node: string;
}

export function hereAndNow(): Where {
  return {
    date: new Date().toISOString(),
    processor: cpus()[0]?.model.trim() ?? "unknown processor",
    node: process.versions.node,
  };
}
