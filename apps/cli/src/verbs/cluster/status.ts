import type { FlowStatus } from "@pith/cluster";

import { Failure } from "../../errors.ts";
import { printableName } from "../../files/system-path.ts";
import { formatMemory, formatTable, type Column } from "../../format.ts";
import type { Session } from "../../session.ts";
import { withCluster } from "./library.ts";
import { readReference } from "./reference.ts";
import type { ClusterSettings } from "./settings.ts";

const COLUMNS: readonly Column[] = [
  { title: "flow", align: "left" },
  { title: "state", align: "left" },
  { title: "units", align: "right" },
  { title: "done", align: "right" },
  { title: "in work", align: "right" },
  { title: "failed", align: "right" },
  { title: "output", align: "left" },
];

export async function run(session: Session<ClusterSettings>): Promise<void> {
  await withCluster(session.settings, async (cluster) => {
    const [workers, all] = await Promise.all([cluster.workers(), cluster.flows()]);
    const missing = session.operands.filter((wanted) => all.every(({ id }) => id !== wanted));
    if (missing.length > 0) throw new Failure(`no such flow: ${missing.map(printableName).join(", ")}`);
    const flows = session.operands.length === 0 ? all : all.filter(({ id }) => session.operands.includes(id));
    session.setResult({ workers, flows });
    const rows = flows.map((flow) => [
      flow.id,
      flow.state,
      `${flow.units}`,
      `${flow.done}`,
      `${flow.active.length}`,
      `${flow.failed.length}`,
      printableName(readReference(flow.reference)?.output ?? "?"),
    ]);
    const table = flows.length === 0 ? "" : formatTable(COLUMNS, rows);
    const details = flows.flatMap((flow) => detailsOf(flow, session.settings.verbose)).map((line) => `${line}\n`);
    await session.print(`${workers} workers, ${flows.length} flows\n${table}${details.join("")}`);
  });
}

/** A line for whatever has failed or cannot go on; and for what is in work, if that is wanted. */
function detailsOf({ id, active, failed, putOff }: FlowStatus, verbose: boolean): string[] {
  const name = (unit: number | undefined): string => `${id} ${unit === undefined ? "joining" : `unit ${unit}`}`;
  return [
    ...failed.map(({ unit, reason, attempts }) => `${name(unit)}: failed ${attempts} times: ${reason}`),
    ...(putOff.units === 0
      ? []
      : [`${id}: ${putOff.units} units wait for a worker with --memory ${formatMemory(putOff.memory)} or more`]),
    ...(verbose
      ? active.map(({ unit, worker = "?", share }) => `${name(unit)}: ${(100 * share).toFixed(0)} %, ${worker}`)
      : []),
  ];
}
