import type { ByteStatistics } from "../statistics/byte-statistics.ts";

/** What goes to the worker of the statistics. */
export type ToWorker =
  | { readonly type: "start"; readonly quadruples: number }
  | { readonly type: "push"; readonly buffer: ArrayBuffer; readonly length: number }
  | { readonly type: "finish" };

/** What comes from it: each buffer again, and in the end the result or an error. */
export type FromWorker =
  | { readonly type: "ready" }
  | { readonly type: "free"; readonly buffer: ArrayBuffer }
  | { readonly type: "result"; readonly result: ByteStatistics }
  | { readonly type: "error"; readonly message: string };
