// Builds the built-in prior:
//
//     node packages/priors/scripts/build-prior.mjs --text ENGLISH --network FILE
//
//   --text ENGLISH      a folder of texts as scripts/prior/corpora.mjs reads them
//   --network FILE      what scripts/train-network.mjs wrote
//   --size N            characters of English in the prior; default 260000
//   --structured N      of records, logs, markup and code; default 70000
//   --kept              takes the text of the built-in prior as it is, which takes most of the time to make
//
// Writes src/built-in.ts, the same bytes for the same texts.
//
// Nothing of these texts ships as it stands: a model of three words and what follows them writes sentences of its own, of which those are chosen
// that hold most of what is frequent in the texts (scripts/prior/text.mjs). Records, logs, markup and code are written by
// scripts/prior/structured.mjs. What the model mixes that by is learnt from the texts themselves (scripts/prior/parameters.mjs).
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { deflateRawSync } from "node:zlib";
import { Model } from "../dist/model.js";
import { unpackBuiltIn } from "../dist/unpack.js";
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

const { values: options } = parseArgs({
  options: {
    text: { type: "string" },
    network: { type: "string" },
    size: { type: "string", default: "260000" },
    structured: { type: "string", default: "70000" },
    kept: { type: "boolean", default: false },
  },
});
const { text: folder, network: networkFile } = options;
if (folder === undefined || networkFile === undefined) {
  throw new Error("usage: build-prior.mjs --text ENGLISH --network FILE; its head says the rest");
}
const corpora = await readCorpora(folder).catch((cause) => {
  throw new Error(`${folder} does not hold the texts that the prior is built from`, { cause });
});
const text = options.kept ? (await unpackBuiltIn()).text : textOf(corpora);
const messages = messagesOf(corpora, randomOf(SEED + 3), LEARNT, SEED + 1);
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

function textOf(all) {
  const sizes = { size: Number(options.size), structured: Number(options.structured) };
  return new Uint8Array(Buffer.from(writeText(all, randomOf(SEED), SEED, sizes)));
}
