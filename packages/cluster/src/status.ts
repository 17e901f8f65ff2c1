/** How far a flow is, as the queue tells. */

import type { Queue } from "bullmq";
import { type FlowJob, type JobData, MERGE, mergeId, progressOf } from "./jobs.ts";

export interface ActiveUnit {
  /** Undefined: the joining. */
  readonly unit: number | undefined;
  /** The name of the worker. */
  readonly worker: string | undefined;
  /** Share of it that is done, 0 to 1, as it said last. */
  readonly share: number;
}

export interface FailedUnit {
  /** Undefined: the joining. */
  readonly unit: number | undefined;
  readonly reason: string;
  readonly attempts: number;
}

export interface FlowStatus {
  readonly id: string;
  readonly reference: unknown;
  /**
   * `units`: units are to be done; `merging`: all are, and are being joined; `done`; `failed`: what is left has failed as often as
   * it may, and waits for {@link Cluster.submit} to be called again.
   */
  readonly state: "units" | "merging" | "done" | "failed";
  readonly units: number;
  /** Units that are done. */
  readonly done: number;
  readonly active: readonly ActiveUnit[];
  readonly failed: readonly FailedUnit[];
  /** Units that were put off, since a worker that took them allows less memory than they take; and how much they take, in bytes. */
  readonly putOff: { readonly units: number; readonly memory: number };
}

/** What is in work, has failed or was put off, of all flows: asked for once for all of them. */
export interface Snapshot {
  readonly active: readonly FlowJob[];
  readonly failed: readonly FlowJob[];
  readonly delayed: readonly FlowJob[];
}

export async function snapshotOf(queue: Queue<JobData>): Promise<Snapshot> {
  const [active, failed, delayed] = await Promise.all([queue.getActive(), queue.getFailed(), queue.getDelayed()]);
  return { active, failed, delayed };
}

/** @returns undefined if there is no such flow */
export async function statusOf(
  queue: Queue<JobData>,
  flow: string,
  snapshot: Snapshot,
): Promise<FlowStatus | undefined> {
  const job: FlowJob | undefined = await queue.getJob(mergeId(flow));
  if (job === undefined) return undefined;
  const [state, { processed: done = 0 }] = await Promise.all([
    job.getState(),
    job.getDependenciesCount({ processed: true }),
  ]);
  const { units, reference } = job.data;
  const own = (jobs: readonly FlowJob[]): readonly FlowJob[] => jobs.filter(({ data }) => data.flow === flow);
  const failed = own(snapshot.failed).map(({ data, failedReason, attemptsMade }) => ({
    unit: data.unit,
    reason: failedReason,
    attempts: attemptsMade,
  }));
  const putOff = own(snapshot.delayed).flatMap((each) => {
    const progress = progressOf(each);
    return progress !== undefined && "needs" in progress ? [progress.needs] : [];
  });
  const isMerging = state !== "waiting-children";
  const isStuck = state === "failed" || (!isMerging && failed.length > 0 && done + failed.length === units);
  return {
    id: flow,
    reference,
    state: state === "completed" ? "done" : isStuck ? "failed" : isMerging ? "merging" : "units",
    units,
    done: state === "completed" ? units : done,
    active: own(snapshot.active).map((each) => ({
      unit: each.data.unit,
      worker: each.processedBy,
      share: shareOf(each),
    })),
    failed,
    putOff: { units: putOff.length, memory: Math.max(0, ...putOff) },
  };
}

/** The flows that the queue knows: each has one job that joins. */
export async function flowsIn(queue: Queue<JobData>): Promise<readonly string[]> {
  const states = ["waiting-children", "waiting", "active", "delayed", "failed", "completed"] as const;
  const jobs: readonly (FlowJob | undefined)[] = await queue.getJobs([...states]);
  const flows = jobs.flatMap((job) => (job?.name === MERGE ? [job.data.flow] : []));
  return [...new Set(flows)].sort();
}

function shareOf(job: FlowJob): number {
  const progress = progressOf(job);
  return progress !== undefined && "done" in progress && progress.total > 0 ? progress.done / progress.total : 0;
}
