/** What lies in the queue: a job for each unit of a flow, and one that joins what came of them, which waits for all. */

import type { Job } from "bullmq";

/** Data of both: references, never content. */
export interface JobData {
  readonly flow: string;
  /** Absent: the joining. */
  readonly unit?: number;
  /** How many units the flow has. */
  readonly units: number;
  /** Bytes of memory that doing it takes. */
  readonly memory: number;
  /** What the work is, as whoever submitted it named it. */
  readonly reference: unknown;
}

/** What a job in work says of itself. */
export type JobProgress =
  | { readonly done: number; readonly total: number }
  /** It was put off, since the worker that took it has too little memory. */
  | { readonly needs: number; readonly allowed: number };

export type FlowJob = Job<JobData>;

export const UNIT = "unit";
export const MERGE = "merge";

export function mergeId(flow: string): string {
  return `${flow}-${MERGE}`;
}

export function unitId(flow: string, unit: number): string {
  return `${flow}-${UNIT}-${unit}`;
}

/** The key that says for a while that a flow is not wanted any more. */
export function cancelledKey(queue: string, prefix: string, flow: string): string {
  return `${prefix}:${queue}:cancelled:${flow}`;
}

export function progressOf({ progress }: FlowJob): JobProgress | undefined {
  return typeof progress === "object" && ("done" in progress || "needs" in progress)
    ? (progress as JobProgress)
    : undefined;
}
