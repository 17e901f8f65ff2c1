import type { CodeTable } from "@pith/framing";

import { UsageError } from "../../errors.ts";

/** A code table by its name, or as it is written. */
export async function parseCodes(text: string): Promise<CodeTable> {
  const { ALPHABETICAL_TABLE, parseCodeTable, THESIS_TABLE } = await import("@pith/framing");
  if (text === "thesis") return THESIS_TABLE;
  if (text === "alphabetical") return ALPHABETICAL_TABLE;
  try {
    const table = parseCodeTable(text);
    if (table.bits !== 4) throw new RangeError(`expected 15 groups, got ${table.groups.length}`);
    return table;
  } catch (error) {
    throw new UsageError(`--codes: ${error instanceof Error ? error.message : String(error)}`);
  }
}
