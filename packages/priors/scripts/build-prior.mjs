// Builds the built-in prior: node scripts/build-prior.mjs ENGLISH NETWORK [SIZE [STRUCTURED]], where ENGLISH is a folder of texts
// as scripts/prior/corpora.mjs reads them, and NETWORK a file that scripts/train-network.mjs wrote. Writes src/built-in.ts, the
// same bytes for the same texts.
//
// Nothing of these texts ships as it stands: a model of three words and what follows them writes sentences of its own, of which those are chosen
// that hold most of what is frequent in the texts (scripts/prior/text.mjs). Records, logs, markup and code are written by
// scripts/prior/structured.mjs. What the model mixes that by is learnt from the texts themselves (scripts/prior/parameters.mjs).
import { readFile, writeFile } from "node:fs/promises";
import { deflateRawSync } from "node:zlib";
import { Model } from "../dist/model.js";
import { readCorpora } from "./prior/corpora.mjs";
import { messagesOf } from "./prior/messages.mjs";
import { trainParameters } from "./prior/parameters.mjs";
import { randomOf } from "./prior/random.mjs";
import { writeText } from "./prior/text.mjs";

const SEED = 15;
/** Characters of messages that parameters are learnt from. */
const LEARNT = 1_000_000;
/** As the kernel has them. */
const VECTORS = 2048;

const [folder, networkFile, size = "260000", structured = "70000"] = process.argv.slice(2);
if (networkFile === undefined)
  throw new Error("usage: node scripts/build-prior.mjs ENGLISH NETWORK [SIZE [STRUCTURED]]");
const random = randomOf(SEED);
const corpora = await readCorpora(folder).catch((cause) => {
  throw new Error(`${folder} does not hold the texts that the prior is built from`, { cause });
});
const text = new Uint8Array(
  Buffer.from(writeText(corpora, random, SEED, { size: Number(size), structured: Number(structured) })),
);
const messages = messagesOf(corpora, random, LEARNT, SEED + 1);
const { universal } = JSON.parse(await readFile(new URL("../models.json", import.meta.url), "utf8"));
const model = new Model();
const shape = {
  contexts: universal.contexts.length,
  sets: universal.sets.length,
  vectors: VECTORS,
  histories: model.kernel.histories(),
};
const network = new Uint8Array(await readFile(networkFile));
const parameters = trainParameters(model, { text, network }, messages, shape);
const lengths = new Uint8Array(8);
new DataView(lengths.buffer).setUint32(0, text.length, true);
new DataView(lengths.buffer).setUint32(4, network.length, true);
const packed = deflateRawSync(Buffer.concat([lengths, text, network, parameters]), { level: 9 });
await writeFile(
  new URL("../src/built-in.ts", import.meta.url),
  "// Written by scripts/build-prior.mjs. Messages name it: once released, it never changes.\n" +
    "/** Its type is stated, so that the declarations do not hold it once more. */\n" +
    `export const packed: string =\n  "${packed.toString("base64")}";\n`,
);
console.log(`${text.length} bytes of text and ${parameters.length} of parameters, ${packed.length} packed`);
