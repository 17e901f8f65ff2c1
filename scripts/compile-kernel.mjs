import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import asc from "assemblyscript/asc";
import { exportsReader } from "./kernel-exports.mjs";
import { NamedParts } from "./named-parts.mjs";
import { unrollLoops } from "./unroll-loops.mjs";

/**
 * Compiles one kernel.
 *
 * @param {string} entry path of its AssemblyScript
 * @param {Record<string, number>} constants compile-time constants, by name
 * @param {Record<string, string[]>} [parts] of a context-mixing model: names of its parts, by kind
 * @returns {Promise<{ wasm: Uint8Array; exports: import("./kernel-exports.mjs").KernelExports }>} the WebAssembly module
 *   and what it exports
 */
export async function compileKernel(entry, constants, parts) {
  const named = parts && new NamedParts(parts);
  let wasm;
  let exports;
  const { error, stderr } = await asc.main(
    [
      entry,
      ...["--outFile", "kernel.wasm", "--runtime", "stub", "-O3", "--converge", "--noAssert", "--enable", "simd"],
      ...Object.entries(constants).flatMap(([name, value]) => ["--use", `${name}=${value}`]),
    ],
    {
      transforms: [exportsReader((found) => (exports = found))],
      readFile: (file, base) =>
        readFile(resolve(base, file), "utf8").then(
          (source) => unrollLoops(named?.replace(source, file) ?? source, constants, file),
          () => null,
        ),
      writeFile: (file, contents) => {
        if (file.endsWith(".wasm")) wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${entry}: ${error.message}\n${stderr.toString()}`);
  named?.check();
  return { wasm, exports };
}
