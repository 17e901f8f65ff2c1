/** What others make of a file: their programs are loaded when somebody asks, and are given all of it at once. */
import { wrap } from "comlink";
import type { Others, OtherSizes } from "./others-worker.ts";

/** Bytes of the longest file that is compared: of longer ones, they take minutes and much memory. */
export const MOST_COMPARED = 2 ** 24;

/** Compresses a file with others, in a worker that ends with it. @throws Error if that stops */
export async function measureOthers(file: File): Promise<OtherSizes> {
  const worker = new Worker(new URL("./others-worker.ts", import.meta.url), { type: "module" });
  try {
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener("error", ({ message }) => reject(new Error(message || "it could not be loaded")));
    });
    return await Promise.race([wrap<Others>(worker).measure(file), failed]);
  } finally {
    worker.terminate();
  }
}
