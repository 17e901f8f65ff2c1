// Trains the letter table on text and writes its module: logistic regression on the letters at the thesis's seven
// distances. The same text gives the same file on every machine.
//
//   node scripts/train-letter-table.mjs --out src/letter-table.ts --test FILE … FILE-OR-FOLDER …
//
// Text is UTF-8; of a folder, every file in it counts. --test measures the written table on texts that were not learned.
import { readFile, readdir, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { THESIS_TABLE, decodeFraming, encodeFraming } from "@pith/framing";
import { THESIS_ALPHABET, THESIS_DISTANCES, createTableDecoder, trainLetterTable } from "@pith/predictors";
import { packLetterTable, unpackLetterTable } from "@pith/weights";

/** One pass over the text with each: coarse, then fine. */
const STEPS = [0.01, 0.003, 0.001];
/** Pieces that each file is cut into, to be learned in turns: the table shall not lean towards the last file. */
const PIECES = 100;
const CODED = 256;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: "string" }, test: { type: "string", multiple: true, default: [] } },
});
if (values.out === undefined || positionals.length === 0) {
  console.error("usage: train-letter-table.mjs --out FILE [--test FILE]… FILE-OR-FOLDER…");
  process.exit(1);
}

const { groups } = THESIS_TABLE;
const shape = { groups, alphabet: THESIS_ALPHABET, distances: THESIS_DISTANCES };
const truth = await readTexts(positionals);
const cells = decodeFraming(encodeFraming(truth));
let table = new Float32Array(THESIS_ALPHABET.length * THESIS_DISTANCES.length * THESIS_ALPHABET.length);
for (const step of STEPS) {
  const trained = await trainLetterTable({ ...shape, table, cells, truth, rule: "logistic", step, epochs: 1 });
  table = trained.table;
  console.log(`step ${step}: ${percent(trained.accuracies[0].training)} % of the ambiguous letters while learning`);
}

const model = packLetterTable("letter-table", { ...shape, table });
await writeFile(
  values.out,
  `// Written by scripts/train-letter-table.mjs.\n` +
    `import type { PackedLetterTable } from "./letter-table-model.ts";\n\n` +
    `export const letterTable: PackedLetterTable = {\n` +
    Object.entries(model)
      .map(([name, value]) => `  ${name}:${name === "packed" ? "\n    " : " "}${write(value)},\n`)
      .join("") +
    `};\n`,
);
console.log(`${values.out}: ${(model.packed.length / 4) * 3} bytes packed`);

const decoder = createTableDecoder(unpackLetterTable(model));
for (const file of values.test) {
  const text = await readFile(file);
  const hidden = decodeFraming(encodeFraming(text));
  const decoded = decoder.decode(hidden);
  let wrong = 0;
  let coded = 0;
  let ambiguous = 0;
  for (let i = 0; i < text.length; i++) {
    if (decoded[i] !== text[i]) wrong++;
    if (hidden[i] < CODED) continue;
    coded++;
    if (groups[hidden[i] - CODED].length > 1) ambiguous++;
  }
  const [first, second, third] = [ambiguous, coded, text.length].map((count) => percent(1 - wrong / count));
  console.log(`${basename(file)}: ${first} % of ambiguous, ${second} % of coded, ${third} % of all characters`);
}

/** A value as prettier would write it. */
function write(value) {
  return JSON.stringify(value)
    .replaceAll('","', '", "')
    .replace(/(?<=\d),(?=-?\d)/g, ", ");
}

function percent(share) {
  return (100 * share).toFixed(2);
}

/** The texts of files and folders, a piece of each in turn. */
async function readTexts(paths) {
  const texts = [];
  for (const path of paths) await readInto(texts, path);
  const pieces = Array.from({ length: PIECES }, (_, i) =>
    texts.map((text) => text.subarray(startOf(text, i), startOf(text, i + 1))),
  );
  return Buffer.concat(pieces.flat());
}

async function readInto(texts, path) {
  if (!(await stat(path)).isDirectory()) {
    texts.push(await readFile(path));
    return;
  }
  for (const name of (await readdir(path)).sort()) await readInto(texts, join(path, name));
}

/** Where the piece of that number begins: not within a character. */
function startOf(text, piece) {
  let at = Math.floor((text.length * piece) / PIECES);
  while (at < text.length && (text[at] & 0xc0) === 0x80) at++;
  return at;
}
