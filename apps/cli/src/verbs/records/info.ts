import { type Column, formatTable } from "../../format.ts";
import type { Session } from "../../session.ts";
import { withStore } from "./inputs.ts";
import type { RecordsSettings } from "./settings.ts";

const COLUMNS: readonly Column[] = [
  { title: "records", align: "right" },
  { title: "prior", align: "left" },
  { title: "prior and head", align: "right" },
  { title: "coded", align: "right" },
  { title: "indexes", align: "right" },
  { title: "unused", align: "right" },
  { title: "bytes a record", align: "right" },
  { title: "store", align: "left" },
];

export async function run(session: Session<RecordsSettings>): Promise<void> {
  const rows: string[][] = [];
  await session.forEach(session.operands, async (path) => {
    const facts = await withStore(path, session.settings, (store) => {
      const { length: records, lines, prior, priorHash, sizes } = store;
      return Promise.resolve({ records, lines, prior, priorHash, sizes });
    });
    const { records, prior, priorHash, sizes } = facts;
    const { head, records: coded, indexes, unused } = sizes;
    const all = head + coded + indexes + unused;
    const known = prior === "none" ? prior : `${prior} ${priorHash}`;
    const mean = records === 0 ? "" : (all / records).toFixed(1);
    rows.push([`${records}`, known, `${head}`, `${coded}`, `${indexes}`, `${unused}`, mean, path]);
    return facts;
  });
  if (rows.length > 0) await session.print(formatTable(COLUMNS, rows));
}
