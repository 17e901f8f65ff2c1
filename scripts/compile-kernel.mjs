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
 * @param {(file: string) => Promise<string | null>} [read] gives a file's content, or null where there is none
 * @returns {Promise<{ wasm: Uint8Array; exports: import("./kernel-exports.mjs").KernelExports }>} the WebAssembly module
 *   and what it exports
 */
export async function compileKernel(entry, constants, parts, read = contentOf) {
  const named = parts && new NamedParts(parts);
  let wasm;
  let exports;
  const { error, stderr } = await asc.main(
    [
      entry,
      ...["--outFile", "kernel.wasm", "--runtime", "stub", "-O3", "--noAssert", "--enable", "simd"],
      ...Object.entries(constants).flatMap(([name, value]) => ["--use", `${name}=${value}`]),
    ],
    {
      transforms: [exportsReader((found) => (exports = found))],
      readFile: async (file, base) => {
        const source = await read(resolve(base, file));
        return source && unrollLoops(named?.replace(source, file) ?? source, constants, file);
      },
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

const contentOf = (file) => readFile(file, "utf8").catch(() => null);
