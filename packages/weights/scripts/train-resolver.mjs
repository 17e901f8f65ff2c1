// Trains a letter resolver on a folder of English texts and writes it as a module:
//
//     node packages/weights/scripts/train-resolver.mjs --text FOLDER --bits N --out FILE
//
//   --text FOLDER       every .txt file under it
//   --bits N            log2 of the number of weights
//   --out FILE          the module; its name, resolver-large.ts say, names the constant, resolverLarge
//   --groups GROUPS     pairs (default), sixes, or the letters of each code, the groups apart by spaces
//   --zero-below X      how much a weight must be wanted before it is more than 0; default 0.3. More, a smaller file
//   --rate X            size of the first steps; default 0.6, for pairs; sixes want 0.2
//   --epochs N          how often the texts are read; default 3; the first third finds which weights there are, the rest refines them
//   --repeat WORD=N     texts whose path has the word in it count N times; may be given again
//
// Build the packages first. The same texts give the same module on every machine.
import { existsSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { createResolverTrainer } from "@pith/predictors";
import { packWeights } from "@pith/weights";
import { GROUPS } from "./resolver/groups.mjs";
import { readLessons, shuffle } from "./resolver/lessons.mjs";

/** Share of the rate that is left at the end. */
const LAST_RATE = 0.1;
/** From this share of the training on, weights that are 0 stay 0, and the rate falls. */
const SETTLED = 1 / 3;

const { values: options } = parseArgs({
  options: {
    text: { type: "string" },
    bits: { type: "string" },
    out: { type: "string" },
    groups: { type: "string", default: "pairs" },
    "zero-below": { type: "string", default: "0.3" },
    rate: { type: "string", default: "0.6" },
    epochs: { type: "string", default: "3" },
    repeat: { type: "string", multiple: true, default: [] },
  },
});
if (options.text === undefined || options.bits === undefined || options.out === undefined) {
  console.error("usage: train-resolver.mjs --text FOLDER --bits N --out FILE; the head of the script says the rest");
  process.exit(1);
}
if (!existsSync(options.text)) {
  console.error(`${options.text} is missing: --text takes a folder of English texts`);
  process.exit(1);
}

const groups = (GROUPS[options.groups] ?? options.groups).split(" ");
const tableBits = Number(options.bits);
const rate = Number(options.rate);
const epochs = Number(options.epochs);
const trainer = createResolverTrainer({ groups, tableBits, zeroBelow: Number(options["zero-below"]) });
const repeats = options.repeat.map((repeat) => repeat.split("="));
const lessons = readLessons(options.text).flatMap(({ path, text }) => {
  const times = repeats.reduce((product, [word, n]) => (path.includes(word) ? product * Number(n) : product), 1);
  return Array.from({ length: times }, () => text);
});
const total = epochs * lessons.reduce((sum, text) => sum + text.length, 0);

let done = 0;
let settled = false;
const started = performance.now();
for (let epoch = 0; epoch < epochs; epoch++) {
  shuffle(lessons, epoch + 1);
  let letters = 0;
  let errors = 0;
  lessons.forEach((text, i) => {
    const share = done / total;
    if (!settled && share >= SETTLED) {
      trainer.settle();
      settled = true;
    }
    const fallen = Math.max(0, (share - SETTLED) / (1 - SETTLED));
    const lesson = trainer.learn(text, rate * (1 - (1 - LAST_RATE) * fallen));
    letters += lesson.letters;
    errors += lesson.errors;
    done += text.length;
    if (i % 64 === 63 || i === lessons.length - 1) {
      const right = (100 - (100 * errors) / letters).toFixed(3);
      const speed = (done / 1e3 / (performance.now() - started)).toFixed(2);
      process.stderr.write(
        `\repoch ${epoch + 1} of ${epochs}: ${((100 * done) / total).toFixed(1)} % done, ${right} % of its letters right, ${speed} MB/s `,
      );
    }
  });
  process.stderr.write("\n");
}

const name = basename(options.out, ".ts");
const constant = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const model = packWeights(name, { groups, tableBits, weights: trainer.weights() });
writeFileSync(
  options.out,
  "// Written by scripts/train-resolver.mjs. Streams name the model by its hash: once released, it never changes.\n" +
    'import type { PackedResolver } from "./resolver-model.ts";\n\n' +
    `export const ${constant}: PackedResolver = {\n` +
    `  name: ${JSON.stringify(name)},\n` +
    `  hash: ${JSON.stringify(model.hash)},\n` +
    `  groups: [${groups.map((group) => JSON.stringify(group)).join(", ")}],\n` +
    `  tableBits: ${tableBits},\n` +
    `  packed:\n    ${JSON.stringify(model.packed)},\n};\n`,
);
console.log(`${name}: ${(model.packed.length * 3) / 4} bytes packed, hash ${model.hash}`);
