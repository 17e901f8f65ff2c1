/** How the values of a block are coded: in segments, each with frequencies of its own. */
import type { ValueRun } from "../../bytes/value-run.ts";
import { LEAST_RUN, SEGMENT } from "../../generated/weights-exports.ts";

/** Values that are coded together. */
export interface Segment extends Pick<ValueRun, "bytes" | "isFloat"> {
  /** Values. */
  readonly count: number;
  /** Values whose scale is told together: LEAST_RUN or more. */
  readonly run: number;
}

/** Runs of values that are shorter share a segment with those of the same form beside them, in bytes. */
const SHORT = 16_384;
/** Values whose scale is told together, in long rows, at most. */
const LONG_RUN = 1024;
/** Parts that a row is cut into at most, so that all are as long. */
const MOST_PARTS = 256;

/**
 * Cuts runs of values into segments.
 *
 * @param length bytes of the block: what lies behind the runs, or behind the last whole value of one, is bytes
 */
export function segmentsOf(runs: readonly ValueRun[], length: number): Segment[] {
  const segments: Segment[] = [];
  let left = length;
  const add = ({ bytes, isFloat, row }: Omit<ValueRun, "length">, count: number): void => {
    const run = runLength(row);
    const most = Math.floor(SEGMENT / bytes / run) * run;
    for (let done = 0; done < count; done += most) {
      segments.push({ bytes, isFloat, run, count: Math.min(most, count - done) });
    }
    left -= count * bytes;
  };
  for (const run of merged(runs)) {
    const within = Math.min(run.length, left);
    add(run, Math.floor(within / run.bytes));
    add(BYTES, within % run.bytes);
  }
  add(BYTES, left);
  return segments;
}

const BYTES = { bytes: 1, isFloat: false, row: 1 } as const;

/** Short runs of the same form become one. */
function merged(runs: readonly ValueRun[]): ValueRun[] {
  const found: ValueRun[] = [];
  for (const run of runs) {
    const before = found.at(-1);
    const isLike = before?.bytes === run.bytes && before.isFloat === run.isFloat && before.length % run.bytes === 0;
    if (isLike && run.length < SHORT && before.length < SHORT) {
      found[found.length - 1] = {
        ...run,
        row: before.row === run.row ? run.row : 1,
        length: before.length + run.length,
      };
    } else found.push(run);
  }
  return found;
}

/** Values whose scale is told together: a row, some rows, or an even part of one. */
function runLength(row: number): number {
  if (row < LEAST_RUN) return row * Math.ceil(LEAST_RUN / row);
  if (row <= LONG_RUN) return row;
  for (let parts = Math.ceil(row / LONG_RUN); parts <= MOST_PARTS; parts++) {
    if (row % parts === 0 && row / parts >= LEAST_RUN) return row / parts;
  }
  return LONG_RUN;
}
