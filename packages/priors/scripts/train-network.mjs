// Trains the network of the built-in prior: node scripts/train-network.mjs ENGLISH FILE [CHARACTERS], where ENGLISH is a folder of
// texts as scripts/prior/corpora.mjs reads them, and FILE takes the weights, as scripts/build-prior.mjs packs them.
//
// The network learns these texts and records, logs and code that scripts/prior/structured.mjs writes. The same texts give the
// same weights on every machine. An hour of one quiet core for 100 million characters.
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { instantiateKernel } from "@pith/core";
import { compileKernel } from "../../../scripts/compile-kernel.mjs";
import { readCorpora } from "./prior/corpora.mjs";
import { SHAPE, turnWeights } from "./prior/network-file.mjs";
import { randomOf } from "./prior/random.mjs";
import { writeStructured } from "./prior/structured.mjs";
import { symbolsOf } from "./prior/symbols.mjs";

const SEED = 15;
/** Texts that are learnt side by side, and symbols of each at a time. */
const [BATCH, STEPS] = [32, 48];
/** How often a text is of each manner. */
const SHARES = { prose: 6, speech: 1, jargon: 1, facts: 5, chat: 4, structured: 3 };
/** Sentences of a text that follow each other, as often as they stand here. */
const LENGTHS = [1, 1, 1, 2, 3, 6, 14];
/** Characters of records and code. */
const STRUCTURED = 3_000_000;
/** The rate at the start; it falls evenly to a hundredth of it. */
const RATE = 0.004;
const LEAST_RATE = 0.01;
const REPORT_EVERY = 200;

const [folder, out, characters = "60000000"] = process.argv.slice(2);
if (out === undefined) throw new Error("usage: node scripts/train-network.mjs ENGLISH FILE [CHARACTERS]");
const entry = fileURLToPath(new URL("../kernel/training/trainer.ts", import.meta.url));
const { wasm } = await compileKernel(entry, { ...SHAPE, BATCH, STEPS });
const kernel = instantiateKernel({ name: "prior-network-trainer", base64: Buffer.from(wasm).toString("base64") });
const random = randomOf(SEED);
const corpora = { ...(await readCorpora(folder)), structured: writeStructured(STRUCTURED, SEED + 2) };
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
const windows = Math.ceil(Number(characters) / (BATCH * STEPS));
const symbols = new Uint8Array((STEPS + 1) * BATCH);
let cost = 0;
const before = process.cpuUsage().user;
for (let i = 0; i < windows; i++) {
  fill(symbols);
  new Uint8Array(kernel.memory.buffer).set(symbols, kernel.symbolsAddress());
  const left = 1 - i / windows;
  cost += kernel.train(RATE * (LEAST_RATE + (1 - LEAST_RATE) * left));
  if ((i + 1) % REPORT_EVERY > 0) continue;
  const seconds = (process.cpuUsage().user - before) / 1e6;
  console.log(
    `${i + 1} of ${windows} windows: ${(cost / REPORT_EVERY / Math.LN2).toFixed(4)} bits, ${seconds.toFixed(0)} s`,
  );
  cost = 0;
  if ((i + 1) % (10 * REPORT_EVERY) === 0) await save();
}
await save();

async function save() {
  const packed = new Uint8Array(kernel.memory.buffer, kernel.packedAddress(), kernel.weightCount());
  await writeFile(out, turnWeights(packed));
}
