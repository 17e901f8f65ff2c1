import type { Cluster, FlowStatus } from "@pith/cluster";

import { Failure, UsageError } from "../../errors.ts";
import { printableName } from "../../files/system-path.ts";
import { programVersion } from "../../program-version.ts";
import { absolute, isThere } from "../../places/place.ts";
import { showProgress } from "../../progress.ts";
import type { Session } from "../../session.ts";
import { readPlan, shardFolder } from "../shard/plan-file.ts";
import { withCluster } from "./library.ts";
import { flowOf, type Reference } from "./reference.ts";
import type { ClusterSettings } from "./settings.ts";

/** Milliseconds between two questions: a share of what it has taken so far, since each question takes time of the workers'. */
const [LEAST_LOOK, MOST_LOOK] = [100, 1000];
const LOOK_SHARE = 1 / 100;

export async function run(session: Session<ClusterSettings>): Promise<void> {
  const { operands, settings } = session;
  const [path] = operands;
  const { output, force, attempts } = settings;
  if (output === undefined) throw new UsageError("cluster submit: expected -o FILE, got none");
  const plan = await readPlan(path, programVersion());
  if (!force && (await isThere(output))) {
    throw new Failure(`${printableName(output)} exists already; overwrite it with -f, or write elsewhere with -o`);
  }
  const reference: Reference = {
    plan: absolute(path),
    hash: plan.hash,
    shards: absolute(shardFolder(path, settings.shards)),
    output: absolute(output),
    force,
  };
  const id = flowOf(reference);
  const { memoryLimit: memory } = plan.settings;
  await withCluster(settings, async (cluster) => {
    const status = await cluster.submit({ id, units: plan.units.length, reference, memory, attempts });
    await session.print(`${id}: ${status.units} units\n`);
    const last = settings.wait ? await waitFor(session, cluster, status) : status;
    session.setResult({ flow: id, output: reference.output, ...last });
  });
}

/** @throws Failure if something has failed for good, or the flow was cancelled */
async function waitFor(session: Session<ClusterSettings>, cluster: Cluster, first: FlowStatus): Promise<FlowStatus> {
  const { id, units } = first;
  const bar = showProgress(session, `flow ${id}`, units, { rate: false });
  const start = performance.now();
  try {
    for (let status: FlowStatus | undefined = first; ; status = await cluster.status(id)) {
      if (status === undefined) throw new Failure(`the flow ${id} was cancelled`);
      if (status.state === "done") return status;
      if (status.state === "failed") {
        throw new Failure(`${status.failed.map(described).join("; ")}; once that is mended, submit it again`);
      }
      bar.update(status.active.reduce((sum, { share }) => sum + share, status.done));
      const look = Math.min(MOST_LOOK, Math.max(LEAST_LOOK, (performance.now() - start) * LOOK_SHARE));
      await new Promise((go) => setTimeout(go, look));
    }
  } finally {
    bar.stop();
  }
}

function described({ unit, reason }: FlowStatus["failed"][number]): string {
  return `${unit === undefined ? "joining" : `unit ${unit}`} has failed: ${reason}`;
}
