// Builds the built-in prior: node scripts/build-prior.mjs ENGLISH [SIZE [STRUCTURED]], where ENGLISH is a folder of texts as
// scripts/prior/corpora.mjs reads them. Writes src/built-in.ts, the same bytes for the same texts.
//
// Nothing of these texts ships as it stands: a model of three words and what follows them writes sentences of its own, of which those are chosen
// that hold most of what is frequent in the texts (scripts/prior/sampler.mjs, cover.mjs). Records, logs, markup and code
// are written by scripts/prior/structured.mjs.
import { writeFile } from "node:fs/promises";
import { Model } from "../dist/model.js";
import { writePrior } from "../dist/prior-file.js";
import { readCorpora } from "./prior/corpora.mjs";
import { countParts, cover } from "./prior/cover.mjs";
import { randomOf } from "./prior/random.mjs";
import { Sampler } from "./prior/sampler.mjs";
import { writeStructured } from "./prior/structured.mjs";

const SEED = 15;
/** Sentences that are sampled in each manner, and how much one of its texts counts. */
const MANNERS = {
  prose: { candidates: 16_000, weight: 1 },
  speech: { candidates: 5_000, weight: 1 },
  jargon: { candidates: 6_000, weight: 2 },
  facts: { candidates: 16_000, weight: 3 },
  chat: { candidates: 24_000, weight: 2 },
};

const [folder, size = "260000", structured = "70000"] = process.argv.slice(2);
if (folder === undefined) throw new Error("usage: node scripts/build-prior.mjs ENGLISH [SIZE [STRUCTURED]]");
const random = randomOf(SEED);
const corpora = await readCorpora(folder).catch((cause) => {
  throw new Error(`${folder} does not hold the texts that the prior is built from`, { cause });
});
const candidates = [];
let counts;
for (const [manner, { candidates: count, weight }] of Object.entries(MANNERS)) {
  counts = countParts(corpora[manner], counts, weight);
  const sampler = new Sampler(corpora[manner]);
  for (let i = 0; i < count; i++) candidates.push(sampler.sample(random));
  console.log(`${manner}: ${corpora[manner].length} sentences`);
}
const known = new Set(Object.values(corpora).flat());
const own = [...new Set(candidates)].filter((text) => text !== undefined && text.length >= 25 && !known.has(text));
const english = cover(own, counts, Number(size));
const text = mix(writeStructured(Number(structured), SEED), english).join("\n") + "\n";
const bytes = new Uint8Array(Buffer.from(text));
const packed = writePrior(new Model(), { base: "none", text: bytes });
await writeFile(
  new URL("../src/built-in.ts", import.meta.url),
  "// Written by scripts/build-prior.mjs. Messages name it: once released, it never changes.\n" +
    `export const packed =\n  "${Buffer.from(packed).toString("base64")}";\n`,
);
console.log(`${bytes.length} bytes of text, ${packed.length} packed`);

/** Two lists as one, each spread over all of it in its own order. */
function mix(first, second) {
  const place = (items) => items.map((item, i) => [(i + 0.5) / items.length, item]);
  return [...place(first), ...place(second)].sort(([a], [b]) => a - b).map(([, item]) => item);
}
