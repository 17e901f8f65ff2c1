// Joins the command and the packages that it stands on into a few files: to find and load three hundred small ones takes
// Node 80 ms, more than its own start. Run inside the package, after the TypeScript compiler.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rm } from "node:fs/promises";
import { build } from "esbuild";

const manifest = createRequire(import.meta.url)("../package.json");
const distOf = (name) => dirname(fileURLToPath(import.meta.resolve(name)));

// The packages start their workers from files beside their own code, so those lie here under the same names.
const entryPoints = {
  main: "dist/main.js",
  worker: join(distOf("@pith/codec"), "workers/worker.js"),
  "analysis-worker": join(distOf("@pith/analyzer"), "stream/analysis-worker.js"),
};

// What is not ours stays what it is, and is looked for where npm has put it.
const names = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
const external = names.filter((name) => !name.startsWith("@pith/"));

await rm("bundle", { recursive: true, force: true });
await build({
  entryPoints,
  external,
  outdir: "bundle",
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  logLevel: "warning",
});
