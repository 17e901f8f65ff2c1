import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import asc from "assemblyscript/asc";
import { unrollLoops } from "./unroll-loops.mjs";

/**
 * Compiles one kernel.
 *
 * @param {string} entry path of its AssemblyScript
 * @param {Record<string, number>} constants compile-time constants, by name
 * @returns {Promise<Uint8Array>} the WebAssembly module
 */
export async function compileKernel(entry, constants) {
  let wasm;
  const { error, stderr } = await asc.main(
    [
      entry,
      ...["--outFile", "kernel.wasm", "--runtime", "stub", "-O3", "--converge", "--noAssert", "--enable", "simd"],
      ...Object.entries(constants).flatMap(([name, value]) => ["--use", `${name}=${value}`]),
    ],
    {
      readFile: (file, base) =>
        readFile(resolve(base, file), "utf8").then(
          (source) => unrollLoops(source, constants, file),
          () => null,
        ),
      writeFile: (file, contents) => {
        if (file.endsWith(".wasm")) wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${entry}: ${error.message}\n${stderr.toString()}`);
  return wasm;
}

/**
 * The constants of a context-mixing model as `models.json` describes it: its lists of contexts and weight sets become
 * counts and masks. Those that do not say otherwise have no network.
 *
 * @param {{ contexts: number[]; sets: number[] } & Record<string, number>} model
 */
export function modelConstants({ contexts, sets, ...constants }) {
  // The compiler takes no constant of 32 bits, so 48 contexts make two masks.
  const mask = (numbers, from = 0) =>
    numbers.filter((n) => n >= from && n < from + 24).reduce((bits, n) => bits | (1 << (n - from)), 0);
  const allowed = constants.FINALS === 0 ? [1, 2] : [3, 6, 9];
  if (!allowed.includes(sets.length)) {
    throw new Error(`sets: expected ${allowed.join(" or ")} of them, got ${sets.length}`);
  }
  return {
    LSTM_LAYERS: 0,
    LSTM_CELLS: 0,
    LSTM_STEPS: 0,
    LSTM_RATE: 0,
    LSTM_TRAINED_RATE: 0,
    LSTM_TRAINED_LEAST: 0,
    LSTM_TRAINED_WEIGHT: 0,
    ...constants,
    CONTEXTS: contexts.length,
    GROUPS_OF_CONTEXTS: Math.ceil(contexts.length / 4),
    CONTEXTS_LOW: mask(contexts),
    CONTEXTS_HIGH: mask(contexts, 24),
    SETS: sets.length,
    SETS_ON: mask(sets),
  };
}
