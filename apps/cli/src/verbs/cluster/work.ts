import { hostname } from "node:os";

import type { Task } from "@pith/cluster";

import { Failure, UsageError } from "../../errors.ts";
import { explain } from "../../explain.ts";
import { printableName } from "../../files/system-path.ts";
import { programVersion } from "../../program-version.ts";
import type { Session } from "../../session.ts";
import { join } from "../shard/join.ts";
import { readPlan, type ReadPlan } from "../shard/plan-file.ts";
import { doUnit, isDone } from "../shard/unit.ts";
import { loadLibrary } from "./library.ts";
import { readReference, type Reference } from "./reference.ts";
import type { ClusterSettings } from "./settings.ts";

export async function run(session: Session<ClusterSettings>): Promise<void> {
  const { startWorker, FinalError } = await loadLibrary();
  const { url, queue, jobs, lease, idle, memoryLimit, threads } = session.settings;
  const counts = { units: 0, joined: 0, failed: 0 };
  const plans = new Plans();
  const final = (message: string): Error => new FinalError(message);
  const worker = await startWorker({
    url,
    queue,
    name: `${hostname()}:${process.pid}`,
    jobs,
    lease,
    memoryLimit,
    ...(idle !== undefined && { idle }),
    run: (unit, task) =>
      explaining(final, async () => {
        const { plan, reference } = await plans.of(task);
        if (await isDone(plan, reference.shards, unit)) return;
        const { start, end } = plan.units[unit];
        const onProgress = (done: number): void => task.progress(done, end - start);
        await doUnit(plan, reference.shards, unit, { threads, signal: task.signal, onProgress });
      }),
    merge: (task) =>
      explaining(final, async () => {
        const { plan, reference } = await plans.of(task);
        const { shards, output, force } = reference;
        const onProgress = (done: number): void => task.progress(done, plan.units.length);
        // It may have been joined by a worker that died right behind it.
        await join(plan, shards, output, { force, mayBeThere: true, signal: task.signal, onProgress });
      }),
    report: (event) => {
      if (event.kind === "trouble") {
        session.warn("redis", event.reason);
        return;
      }
      const what = `${event.unit === undefined ? "joining" : `unit ${event.unit}`} of flow ${event.flow}`;
      if (event.kind === "failed") {
        counts.failed++;
        session.warn(what, event.reason);
        return;
      }
      if (event.kind === "done") counts[event.unit === undefined ? "joined" : "units"]++;
      session.note(`${what}: ${event.kind}`);
    },
  });
  await worker.ended;
  session.setResult(counts);
}

/** The plan that was read last: units of one flow come in a row. */
class Plans {
  #last: { readonly path: string; readonly plan: ReadPlan } | undefined;

  /** @throws Failure if it is not the plan that was submitted */
  async of({ reference: value, units }: Task): Promise<{ readonly plan: ReadPlan; readonly reference: Reference }> {
    const reference = readReference(value);
    if (reference === undefined) throw new Failure("the flow was submitted by another program, or another pith");
    const { plan: path, hash } = reference;
    let last = this.#last;
    if (last?.path !== path || last.plan.hash !== hash) {
      this.#last = last = { path, plan: await readPlan(path, programVersion()) };
    }
    const { plan } = last;
    if (plan.hash === hash && plan.units.length === units) return { plan, reference };
    throw new Failure(
      `${printableName(path)} is not the plan that was submitted: expected SHA-256 ${hash}, got ${plan.hash}; submit it again`,
    );
  }
}

/** Says what went wrong as the command says it. What the system has no part in, another attempt would meet as well. */
async function explaining(final: (message: string) => Error, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { message } = explain(error);
    const isFinal = (error instanceof Failure && error.code === undefined) || error instanceof UsageError;
    throw isFinal ? final(message) : new Error(message, { cause: error });
  }
}
