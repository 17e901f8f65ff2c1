// Trains the network that text-max mixes in, on English after the transform `words`, and writes it as a module:
//
//     node packages/codec/scripts/train-mix-network.mjs --text FOLDER --out FILE
//
//   --text FOLDER       every .txt file under it; a folder directly under it is one source, and so is a file
//   --out FILE          the module; its name, mix-network-english.ts say, names the constant, mixNetworkEnglish
//   --hold-back TEXT    a path under FOLDER that is not learnt, so that rates can be chosen with it; TEXT=N: the last N of
//                       its coded bytes; may be given again
//   --bytes N           coded bytes to learn; default 22000000
//   --rate X            learning rate at the start, from where it falls evenly to a hundredth; default 0.004
//   --steps N           bytes that are learnt from at a time; default 16
//   --layers N, --cells N   of the model; default 2 and 64
//
// Sources are learnt in proportion to the square root of their length: novels, which are most of the text, do not drown
// the rest. Build the packages first. The same texts give the same module on every machine.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { instantiateKernel } from "@pith/core";
import { packMixNetwork } from "@pith/weights";
import { compileKernel } from "../../../scripts/compile-kernel.mjs";
import { words } from "../dist/transforms/words/index.js";

/** Bytes of the dictionary's hash, which begin coded words. */
const HASH_BYTES = 4;
const LEAST_RATE = 0.01;
const REPORT_EVERY = 32;

const { values: options } = parseArgs({
  options: {
    text: { type: "string" },
    out: { type: "string" },
    "hold-back": { type: "string", multiple: true, default: [] },
    bytes: { type: "string", default: "22000000" },
    rate: { type: "string", default: "0.004" },
    steps: { type: "string", default: "16" },
    layers: { type: "string", default: "2" },
    cells: { type: "string", default: "64" },
  },
});
if (options.text === undefined || options.out === undefined) {
  console.error("usage: train-mix-network.mjs --text FOLDER --out FILE; the head of the script says the rest");
  process.exit(1);
}
if (!existsSync(options.text)) {
  console.error(`${options.text} is missing: --text takes a folder of English texts`);
  process.exit(1);
}

const [bytes, rate, steps, layers, cells] = ["bytes", "rate", "steps", "layers", "cells"].map((name) =>
  Number(options[name]),
);
const entry = fileURLToPath(new URL("../../predictors/kernel/network/trainer.ts", import.meta.url));
const constants = { LSTM_LAYERS: layers, LSTM_CELLS: cells, LSTM_STEPS: steps, LSTM_RATE: 0 };
const { wasm, exports } = await compileKernel(entry, constants);
const { value: PARTS } = exports.constants.find(({ name }) => name === "PARTS");
const kernel = instantiateKernel({ name: "network-trainer", base64: Buffer.from(wasm).toString("base64") });
kernel.start();

/** Coded texts by source, without what is held back. */
function readSources(folder) {
  const heldBack = new Map(options["hold-back"].map((text) => text.split("=")));
  const sources = new Map();
  for (const path of readdirSync(folder, { recursive: true }).sort()) {
    if (!path.endsWith(".txt")) continue;
    const coded = words.forward(readFileSync(join(folder, path))).subarray(HASH_BYTES);
    const left = heldBack.has(path) ? coded.length - Number(heldBack.get(path) ?? coded.length) : coded.length;
    const name = path.split(sep)[0];
    if (left > 0) sources.set(name, [...(sources.get(name) ?? []), coded.subarray(0, left)]);
  }
  return sources;
}

/** Cuts texts into segments. */
function segmentsOf(texts) {
  const length = kernel.segmentLength();
  return texts.flatMap((text) =>
    Array.from({ length: Math.ceil(text.length / length) }, (_, i) => text.subarray(i * length, (i + 1) * length)),
  );
}

let seed = 1;
/** A number below `count` (a linear congruential generator). */
function below(count) {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * count);
}

/** The segments in another order, of which the last comes first. */
function shuffled(segments) {
  const deck = [...segments];
  for (let i = deck.length - 1; i > 0; i--) {
    const j = below(i + 1);
    [deck[i], deck[j]] = [deck[j], deck[i]];
  }
  return deck;
}

const sources = [...readSources(options.text).values()].map((texts) => ({
  segments: segmentsOf(texts),
  share: Math.sqrt(texts.reduce((sum, { length }) => sum + length, 0)),
  due: 0,
  deck: [],
}));
const shares = sources.reduce((sum, { share }) => sum + share, 0);

/** A segment of the source that is furthest behind its share. */
function nextSegment() {
  for (const source of sources) source.due += source.share / shares;
  const source = sources.reduce((first, other) => (other.due > first.due ? other : first));
  source.due--;
  if (source.deck.length === 0) source.deck = shuffled(source.segments);
  return source.deck.pop();
}

/** Learns a segment; returns the bits that it cost. */
function learn(segment, share) {
  new Uint8Array(kernel.memory.buffer, kernel.textAddress(), segment.length).set(segment);
  kernel.train(segment.length, rate * Math.max(LEAST_RATE, 1 - share));
  return new Float32Array(kernel.memory.buffer, kernel.chancesAddress(), segment.length).reduce(
    (bits, chance) => bits - Math.log2(chance),
    0,
  );
}

const started = performance.now();
let bits = 0;
let since = 0;
for (let done = 0, count = 1; done < bytes; count++) {
  const segment = nextSegment();
  bits += learn(segment, done / bytes);
  done += segment.length;
  since += segment.length;
  if (count % REPORT_EVERY === 0 || done >= bytes) {
    const speed = done / (performance.now() - started);
    process.stderr.write(
      `\r${((100 * done) / bytes).toFixed(1)} % done, ${(bits / since).toFixed(3)} bits a coded byte, ` +
        `${speed.toFixed(1)} KB/s, ${Math.ceil((bytes - done) / speed / 60_000)} minutes left `,
    );
    bits = 0;
    since = 0;
  }
}
process.stderr.write("\n");

/** All parts of the weights, or, `behind`, of their mean squares. */
function partsOf(behind) {
  const parts = Array.from({ length: PARTS }, (_, part) => {
    const count = kernel.partRows(part) * kernel.partColumns(part);
    return new Float32Array(kernel.memory.buffer, kernel.partAddress(part) + (behind ? 4 * count : 0), count);
  });
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

const name = basename(options.out, ".ts");
const constant = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const network = packMixNetwork(name, { layers, cells, weights: partsOf(false), squares: partsOf(true) });
writeFileSync(
  options.out,
  "// Written by packages/codec/scripts/train-mix-network.mjs. Files name the network by its hash: once released, it never changes.\n" +
    'import type { PackedMixNetwork } from "./mix-network-model.ts";\n\n' +
    `export const ${constant}: PackedMixNetwork = {\n` +
    `  name: ${JSON.stringify(name)},\n` +
    `  hash: ${JSON.stringify(network.hash)},\n` +
    `  layers: ${layers},\n` +
    `  cells: ${cells},\n` +
    `  packed:\n    ${JSON.stringify(network.packed)},\n};\n`,
);
console.log(`${name}: ${(network.packed.length * 3) / 4} bytes packed, hash ${network.hash}`);
