/** Workers that measure: one that is done waits for the next text, since a new one takes longer to start than most texts do. */
import { wrap, type Remote } from "comlink";
import type { Measurer } from "./measure-worker.ts";

export interface StartedMeasurer {
  readonly worker: Worker;
  readonly remote: Remote<Measurer>;
}

/** Workers that wait, at most: one for each predictor that can be looked at. */
const MOST_IDLE = 2;

const idle: StartedMeasurer[] = [];

/** A worker that measures nothing. */
export function takeMeasurer(): StartedMeasurer {
  const waiting = idle.pop();
  if (waiting !== undefined) return waiting;
  const worker = new Worker(new URL("./measure-worker.ts", import.meta.url), { type: "module" });
  return { worker, remote: wrap<Measurer>(worker) };
}

/** Takes back a worker that is done. */
export function giveBack(measurer: StartedMeasurer): void {
  if (idle.length < MOST_IDLE) idle.push(measurer);
  else measurer.worker.terminate();
}
