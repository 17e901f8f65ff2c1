// Joins the command and the packages that it stands on into a few files: to find and load three hundred small ones takes
// Node 80 ms, more than its own start. Run inside the package, after the TypeScript compiler.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const manifest = createRequire(import.meta.url)("../package.json");
const distOf = (name) => dirname(fileURLToPath(import.meta.resolve(name)));

// The packages start their workers from files beside their own code, so those lie here under the same names.
const entryPoints = {
  main: "dist/main.js",
  worker: join(distOf("@pith/codec"), "workers/worker.js"),
  "pairs-worker": join(distOf("@pith/pairs"), "workers/pairs-worker.js"),
  "analysis-worker": join(distOf("@pith/analyzer"), "stream/analysis-worker.js"),
};

// What is not ours stays what it is, and is looked for where npm has put it.
const external = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
// Nor is what the command uses where it is installed: a client of Redis, which most have no use for.
external.push("@pith/cluster");

/**
 * The dictionary of English, unpacked: to unpack it takes 50 ms, which is most of what a short text takes in all. The words
 * lie beside the bundle, one a line in the order of their codes.
 */
const unpackedWords = {
  name: "unpacked-words",
  setup({ onLoad, onEnd }) {
    const replaced = [];
    onLoad({ filter: /[\\/]words[\\/]english-dictionary\.js$/ }, async ({ path }) => {
      replaced.push(path);
      const [{ englishDictionary, installEnglish }, { ENGLISH }] = await Promise.all([
        import(path),
        import(join(dirname(path), "english.js")),
      ]);
      installEnglish(ENGLISH);
      const { letters, starts } = englishDictionary();
      const words = Array.from(starts.subarray(1), (end, slot) => Buffer.from(letters.subarray(starts[slot], end)));
      await writeFile("bundle/english.txt", words.map((word) => `${word.toString("latin1")}\n`).join(""));
      return { contents: READ_WORDS };
    });
    // Nobody unpacks them here any more.
    onLoad({ filter: /[\\/]words[\\/]english\.js$/ }, ({ path }) => {
      replaced.push(path);
      return { contents: 'export const ENGLISH = "";' };
    });
    onEnd(() => {
      if (replaced.length !== 2)
        throw new Error(`expected two modules with the dictionary of English, got ${replaced.join(", ")}`);
    });
  },
};

const READ_WORDS = `
import { readFileSync } from "node:fs";
import { Dictionary } from "./dictionary.js";
import { SLOTS } from "./slots.js";

let english;

export function installEnglish() {
  // They are read from the file.
}

export function englishDictionary() {
  english ??= new Dictionary(readWords());
  return english;
}

export function* loadEnglish() {
  return englishDictionary();
}

function readWords() {
  const text = readFileSync(new URL("english.txt", import.meta.url));
  const letters = new Uint8Array(text.length - SLOTS);
  const starts = new Uint32Array(SLOTS + 1);
  let length = 0;
  let slot = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === 0x0a) starts[++slot] = length;
    else letters[length++] = text[at];
  }
  return { letters, starts };
}
`;

await rm("bundle", { recursive: true, force: true });
await mkdir("bundle");
await build({
  plugins: [unpackedWords],
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
