import { readBytes } from "../measure/bytes.ts";
import { DEDUPLICATOR } from "../paths.ts";

/** What is used of the codec's class, which is no part of its interface. */
interface Deduplicator {
  readonly sliceLength: number;
  take(slice: Uint8Array): void;
  finish(): Generator<unknown, { readonly output: Uint8Array }>;
}

/** What deduplication alone makes of a file, and at what speed. */
export interface StageResult {
  /** Bytes that are left to be coded. */
  readonly left: number;
  /** Of processor time, the fastest of the runs. */
  readonly seconds: number;
}

/** Runs the stage alone, in this process. */
export async function measureStage(file: string, runs: number): Promise<StageResult> {
  const { Deduplicator } = (await import(DEDUPLICATOR)) as { readonly Deduplicator: new () => Deduplicator };
  const content = readBytes(file);
  let left = 0;
  let fastest = Infinity;
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage();
    const deduplicator = new Deduplicator();
    const { sliceLength } = deduplicator;
    for (let at = 0; at < content.length; at += sliceLength) deduplicator.take(content.subarray(at, at + sliceLength));
    for (const steps = deduplicator.finish(); ;) {
      const { done, value } = steps.next();
      if (done !== true) continue;
      left = value.output.length;
      break;
    }
    const { user, system } = process.cpuUsage(before);
    fastest = Math.min(fastest, (user + system) / 1e6);
  }
  return { left, seconds: fastest };
}
