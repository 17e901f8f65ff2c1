// Compiles a package's kernels into src/generated. Run inside the package.
//
// kernels.json lists them: `name`, `entry`, and either `constants`, or `models`: a file of context-mixing models, for
// each of which the entry is compiled once, as <name>-<model>. Constants are fixed at compile time, so that a model of
// six contexts and one of fifty come from the same source, each with its loops and tables sized for it. They export the
// same; what differs, the host finds in src/generated/<name>-models.ts. `deferred` says that programs load the kernel when
// they need it, instead of carrying it along; `snapshots`, that the host keeps the state of an instance and goes back to it.
//
// What comes of each is told in scripts/write-kernel.mjs.
//
// What was compiled before from the same sources is not compiled again: scripts/kernel-cache.mjs.
//
// Names as arguments: only those kernels. Without: all, and whatever else lies in src/generated is removed.
import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import { exportGlobals } from "./export-globals.mjs";
import { compileKernels } from "./kernel-compiler.mjs";
import { writeExports } from "./kernel-exports.mjs";
import { constantsOf, memoryOf, partsOf, writeFacts } from "./mix-models.mjs";
import { writeDeferredKernels, writeKernel, writeSource, writeWasmTypes } from "./write-kernel.mjs";

const readJson = async (file) => JSON.parse(await readFile(file, "utf8"));

const kernels = [];
for (const { name, entry, constants = {}, models, ...delivery } of await readJson("kernels.json")) {
  const { deferred = false, snapshots = false } = delivery;
  if (models === undefined) kernels.push({ name, family: name, entry, constants, deferred, snapshots });
  else {
    for (const [key, model] of Object.entries(await readJson(models))) {
      const own = { ...constants, ...constantsOf(model) };
      kernels.push({ name: `${name}-${key}`, family: name, entry, constants: own, key, model, deferred, snapshots });
    }
  }
}

const folder = "src/generated";
const { name: packageName } = await readJson("package.json");
await mkdir(folder, { recursive: true });
const only = process.argv.slice(2);
const written = [await writeWasmTypes(folder)];
const deferred = kernels.filter((kernel) => kernel.deferred);
if (deferred.length > 0) written.push(...(await writeDeferredKernels({ folder, packageName, kernels: deferred })));
/** What the kernels of each family export, as source; the facts of its models. */
const families = new Map();
const chosen = kernels.filter(({ name }) => only.length === 0 || only.includes(name));
const compiled = await compileKernels(
  chosen.map(({ name, entry, constants, model }) => ({
    name: `${packageName}/${name}`,
    settings: [entry, constants, model && partsOf(model)],
  })),
  (name, { wasm, isKnown }) =>
    console.log(`${name.slice(packageName.length + 1)}: ${wasm.length} bytes${isKnown ? ", as before" : ""}`),
);
for (const [place, { name, family, entry, key, model, snapshots }] of chosen.entries()) {
  const { wasm: plain, exports } = compiled[place];
  const wasm = snapshots ? exportGlobals(plain) : plain;
  const source = writeExports(family, entry, exports);
  const known = families.get(family) ?? { entry, source, models: new Map() };
  if (known.source !== source) throw new Error(`${name} exports something else than others of ${family}`);
  families.set(family, known);
  if (model !== undefined) known.models.set(key, { content: model.content, memory: memoryOf(wasm, exports) });
  written.push(await writeSource(folder, `${family}-exports`, entry, source));
  written.push(...(await writeKernel({ folder, packageName, name, family, entry, wasm })));
}

if (only.length === 0) {
  for (const [family, { entry, models }] of families) {
    if (models.size > 0) written.push(await writeSource(folder, `${family}-models`, entry, writeFacts(models)));
  }
  for (const file of await readdir(folder)) if (!written.includes(file)) await rm(`${folder}/${file}`);
}
