// Compiles a package's kernels and embeds each as base64 in src/generated/<name>.ts. Run inside the package.
//
// kernels.json lists them: `name`, `entry`, and either `constants`, or `models`: a file of context-mixing models, for
// each of which the entry is compiled once, as <name>-<model>. Constants are fixed at compile time, so that a model of
// six contexts and one of fifty come from the same source, each with its loops and tables sized for it.
//
// Names as arguments: only those kernels. Without: all, and whatever else lies in src/generated is removed.
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { compileKernel, modelConstants } from "./compile-kernel.mjs";

const readJson = async (file) => JSON.parse(await readFile(file, "utf8"));

const kernels = [];
for (const { name, entry, constants = {}, models } of await readJson("kernels.json")) {
  if (models === undefined) kernels.push({ name, entry, constants });
  else {
    for (const [model, description] of Object.entries(await readJson(models))) {
      kernels.push({ name: `${name}-${model}`, entry, constants: { ...constants, ...modelConstants(description) } });
    }
  }
}

await mkdir("src/generated", { recursive: true });
const only = process.argv.slice(2);
for (const { name, entry, constants } of kernels) {
  if (only.length > 0 && !only.includes(name)) continue;
  const wasm = await compileKernel(entry, constants);
  await writeFile(
    `src/generated/${name}.ts`,
    `// Generated from ${entry} by scripts/build-kernels.mjs.\n` +
      `import type { EmbeddedKernel } from "@pith/core";\n\n` +
      `export const kernel: EmbeddedKernel = {\n` +
      `  name: ${JSON.stringify(name)},\n` +
      `  base64:\n    ${JSON.stringify(Buffer.from(wasm).toString("base64"))},\n};\n`,
  );
  console.log(`${name}: ${wasm.length} bytes`);
}

if (only.length === 0) {
  const known = new Set(kernels.map(({ name }) => `${name}.ts`));
  for (const file of await readdir("src/generated")) if (!known.has(file)) await rm(`src/generated/${file}`);
}
