// Compiles kernels on all cores: each thread takes the next one, unless it is known (scripts/kernel-cache.mjs).
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker, isMainThread, parentPort } from "node:worker_threads";
import { cached } from "./kernel-cache.mjs";

/** A thread holds the compiler and what it makes of a kernel: some 300 MB. */
const MOST_THREADS = 4;
/** Kernels that a thread is worth starting for: the first takes it three times as long as the others. */
const WORTH_A_THREAD = 8;

/**
 * @typedef {object} Compilation a kernel to be compiled
 * @property {string} name among all packages' kernels
 * @property {[entry: string, constants: Record<string, number | bigint>, parts?: Record<string, string[]>]} settings what
 *   compileKernel takes
 *
 * @typedef {{ wasm: Uint8Array; exports: import("./kernel-exports.mjs").KernelExports; isKnown: boolean }} Compiled
 */

/**
 * Compiles kernels; gives what comes of each, in their order.
 *
 * @param {Compilation[]} compilations
 * @param {(name: string, compiled: Compiled) => void} report is told of each as it is done
 * @returns {Promise<Compiled[]>}
 * @throws {Error} that names a kernel that does not compile
 */
export async function compileKernels(compilations, report) {
  const results = [];
  let next = 0;
  const compileSome = async () => {
    const worker = new Worker(new URL(import.meta.url));
    try {
      while (next < compilations.length) {
        const place = next++;
        const { name } = compilations[place];
        worker.postMessage(compilations[place]);
        const [{ error, compiled }] = await once(worker, "message");
        if (error !== undefined) throw new Error(`${name} does not compile`, { cause: error });
        results[place] = compiled;
        report(name, compiled);
      }
    } finally {
      await worker.terminate();
    }
  };
  const worth = Math.ceil(compilations.length / WORTH_A_THREAD);
  const threads = Math.min(worth, availableParallelism(), MOST_THREADS);
  await Promise.all(Array.from({ length: threads }, compileSome));
  return results;
}

if (!isMainThread) {
  parentPort.on("message", async ({ name, settings }) => {
    try {
      const compiled = await cached(name, settings, async (read) => {
        const { compileKernel } = await import("./compile-kernel.mjs");
        return await compileKernel(...settings, read);
      });
      parentPort.postMessage({ compiled });
    } catch (error) {
      parentPort.postMessage({ error });
    }
  });
}
