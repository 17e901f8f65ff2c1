/** What others make of a file: their programs are loaded when somebody asks, and are given all of it at once. */
import { proxy, wrap } from "comlink";
import type { Other } from "./other-names.ts";
import type { OthersWorker } from "./others-worker.ts";

/** Bytes of the longest file that is compared: of longer ones, they take minutes and much memory. */
export const MOST_COMPARED = 2 ** 24;

/**
 * Compresses a file with others, in a worker that ends with it.
 *
 * @param onSize told of each as it is known: bytes, or that its program could not be brought
 * @throws Error if that stops
 */
export async function measureOthers(
  file: File,
  onSize: (other: Other, length: number | "missing") => void,
): Promise<void> {
  const worker = new Worker(new URL("./others-worker.ts", import.meta.url), { type: "module" });
  try {
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener("error", ({ message }) => reject(new Error(message || "it could not be loaded")));
    });
    await Promise.race([wrap<OthersWorker>(worker).measure(file, proxy(onSize)), failed]);
  } finally {
    worker.terminate();
  }
}
