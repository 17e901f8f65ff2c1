// Trains the network of the built-in prior:
//
//     node packages/priors/scripts/train-network.mjs --text ENGLISH --out FILE
//
//   --text ENGLISH     a folder of texts as scripts/prior/corpora.mjs reads them
//   --out FILE         takes the weights, as scripts/build-prior.mjs packs them
//   --characters N     what the rate falls over, evenly, to a hundredth; default 18000000
//   --stop N           windows after which it ends nevertheless
//   --rate X           learning rate at the start; default 0.004
//   --from FILE        weights to start from; by default small random ones
//   --seed N           of the order of texts; default 15
//
// The network learns these texts and records, logs and code that scripts/prior/structured.mjs writes. The same texts give the
// same weights on every machine, some 40,000 characters a second.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { instantiateKernel } from "@pith/core";
import { compileKernel } from "../../../scripts/compile-kernel.mjs";
import { readCorpora } from "./prior/corpora.mjs";
import { SHAPE, turnBack, turnWeights } from "./prior/network-file.mjs";
import { randomOf } from "./prior/random.mjs";
import { writeStructured } from "./prior/structured.mjs";
import { symbolsOf } from "./prior/symbols.mjs";

/** Texts that are learnt side by side, and symbols of each at a time. */
const [BATCH, STEPS] = [32, 48];
/** How often a text is of each manner. */
const SHARES = { prose: 6, speech: 1, jargon: 1, facts: 5, chat: 4, structured: 3 };
/** Sentences of a text that follow each other, as often as they stand here. */
const LENGTHS = [1, 1, 1, 2, 3, 6, 14];
/** Characters of records and code, and what they are written by. */
const STRUCTURED = 3_000_000;
const STRUCTURED_SEED = 17;
const LEAST_RATE = 0.01;
const REPORT_EVERY = 200;

const { values: options } = parseArgs({
  options: {
    text: { type: "string" },
    out: { type: "string" },
    characters: { type: "string", default: "18000000" },
    stop: { type: "string", default: "1000000" },
    rate: { type: "string", default: "0.004" },
    from: { type: "string" },
    seed: { type: "string", default: "15" },
  },
});
const { text: folder, out } = options;
if (folder === undefined || out === undefined) {
  throw new Error("usage: train-network.mjs --text ENGLISH --out FILE; its head says the rest");
}
const [characters, stop, rate, seed] = ["characters", "stop", "rate", "seed"].map((name) => Number(options[name]));
const entry = fileURLToPath(new URL("../kernel/training/trainer.ts", import.meta.url));
const { wasm } = await compileKernel(entry, { ...SHAPE, BATCH, STEPS });
const kernel = instantiateKernel({ name: "prior-network-trainer", base64: Buffer.from(wasm).toString("base64") });
const random = randomOf(seed);
const corpora = { ...(await readCorpora(folder)), structured: writeStructured(STRUCTURED, STRUCTURED_SEED) };
const manners = Object.entries(SHARES).flatMap(([manner, share]) => Array(share).fill(manner));

/** Some texts that follow each other, and a line feed. */
function nextText() {
  const manner = random.pick(manners);
  const all = corpora[manner];
  const count = manner === "structured" ? 1 : Math.min(random.pick(LENGTHS), manner === "chat" ? 3 : 14);
  const first = random.below(all.length - count);
  return symbolsOf(`${all.slice(first, first + count).join(" ")}\n`);
}

/** Symbols of the texts that are learnt side by side, each behind the last one of the window before. */
const rows = Array.from({ length: BATCH }, () => ({ text: symbolsOf("\n"), at: 0 }));
function fill(symbols) {
  rows.forEach((row, b) => {
    for (let t = 0; t <= STEPS; t++) {
      if (row.at === row.text.length) Object.assign(row, { text: nextText(), at: 0 });
      symbols[t * BATCH + b] = row.text[row.at];
      if (t < STEPS) row.at++;
    }
  });
}

kernel.start();
if (options.from !== undefined) {
  const packed = turnBack(new Int8Array(await readFile(options.from)));
  new Int8Array(kernel.memory.buffer, kernel.packedAddress(), packed.length).set(packed);
  kernel.unpack();
}
const windows = Math.ceil(characters / (BATCH * STEPS));
const symbols = new Uint8Array((STEPS + 1) * BATCH);
let cost = 0;
const before = process.cpuUsage().user;
for (let i = 0; i < Math.min(windows, stop); i++) {
  fill(symbols);
  new Uint8Array(kernel.memory.buffer).set(symbols, kernel.symbolsAddress());
  const left = 1 - i / windows;
  cost += kernel.train(rate * (LEAST_RATE + (1 - LEAST_RATE) * left));
  if ((i + 1) % REPORT_EVERY > 0) continue;
  const seconds = (process.cpuUsage().user - before) / 1e6;
  console.log(
    `${i + 1} of ${windows} windows: ${(cost / REPORT_EVERY / Math.LN2).toFixed(4)} bits, ${seconds.toFixed(0)} s`,
  );
  cost = 0;
}
const packed = new Uint8Array(kernel.memory.buffer, kernel.packedAddress(), kernel.weightCount());
await writeFile(out, turnWeights(packed));
