// Compiles a package's kernels into src/generated. Run inside the package.
//
// kernels.json lists them: `name`, `entry`, and either `constants`, or `models`: a file of context-mixing models, for
// each of which the entry is compiled once, as <name>-<model>. Constants are fixed at compile time, so that a model of
// six contexts and one of fifty come from the same source, each with its loops and tables sized for it. `deferred` says
// that programs load the kernel when they need it, instead of carrying it along.
//
// What comes of each is told in scripts/write-kernel.mjs.
//
// Names as arguments: only those kernels. Without: all, and whatever else lies in src/generated is removed.
import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import { compileKernel, modelConstants } from "./compile-kernel.mjs";
import { writeDeferredKernels, writeKernel, writeWasmTypes } from "./write-kernel.mjs";

const readJson = async (file) => JSON.parse(await readFile(file, "utf8"));

const kernels = [];
for (const { name, entry, constants = {}, models, deferred = false } of await readJson("kernels.json")) {
  if (models === undefined) kernels.push({ name, entry, constants, deferred });
  else {
    for (const [model, description] of Object.entries(await readJson(models))) {
      const all = { ...constants, ...modelConstants(description) };
      kernels.push({ name: `${name}-${model}`, entry, constants: all, deferred });
    }
  }
}

const folder = "src/generated";
const { name: packageName } = await readJson("package.json");
await mkdir(folder, { recursive: true });
const only = process.argv.slice(2);
const written = [await writeWasmTypes(folder)];
const names = kernels.filter(({ deferred }) => deferred).map(({ name }) => name);
if (names.length > 0) written.push(...(await writeDeferredKernels({ folder, packageName, names })));
for (const { name, entry, constants } of kernels) {
  if (only.length > 0 && !only.includes(name)) continue;
  const wasm = await compileKernel(entry, constants);
  written.push(...(await writeKernel({ folder, packageName, name, entry, wasm })));
  console.log(`${name}: ${wasm.length} bytes`);
}

if (only.length === 0) {
  for (const file of await readdir(folder)) if (!written.includes(file)) await rm(`${folder}/${file}`);
}
