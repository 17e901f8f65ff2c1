// Trains a network of the static method on English texts or on sequences of bases, and writes it as a module:
//
//     node packages/weights/scripts/train-static.mjs --text FOLDER --out FILE
//     node packages/weights/scripts/train-static.mjs --bases FILE --bases FILE … --out FILE
//
//   --text FOLDER       every .txt file under it
//   --bases FILE        a sequence of the letters acgt, or FASTA; may be given again
//   --out FILE          the module; its name, static-english.ts say, names the constant, staticEnglish; if it does not
//                       end in .ts, the packed network alone
//   --from FILE         packed network to start from; default: random weights
//   --lesson N          symbols that are learnt in one go; default 2048 of texts, 4096 of bases
//   --symbols N         how many are learnt; default: each once
//   --repeat WORD=N     texts whose path has the word in it count N times; may be given again
//   --check N           symbols after which what is held back is predicted; default 300,000
//   --hidden N          units of the layer; default 128
//   --chunk N           symbols that are learnt from at a time; default 64
//   --rate X, --least-rate X, --decay X   Adam's rate at first and at least, and what each step leaves of it
//   --test FILE         measures the written network on a file that was not learnt; may be given again
//
// Build the packages first. The same data gives the same module on every machine. One text or sequence in 64 is held back;
// the weights that predict those best are kept, and after five checks without better ones training ends. What is learnt
// is cut short and shuffled: weights that follow one long text are good for that text alone.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import {
  createNeuralPredictor,
  createNeuralTrainer,
  packNeuralModel,
  rankOf,
  unpackNeuralModel,
} from "@pith/predictors";
import { packNetwork } from "@pith/weights";
import { asLearnt, readBases, symbolsOfBases } from "./static/bases.mjs";
import { readLessons, shuffle } from "./resolver/lessons.mjs";

const HELD_BACK = 64;
/** Of what is held back, so many symbols are predicted at each check. */
const CHECKED = 2 ** 17;
const PATIENCE = 5;

const { values: options } = parseArgs({
  options: {
    text: { type: "string" },
    bases: { type: "string", multiple: true, default: [] },
    out: { type: "string" },
    symbols: { type: "string" },
    repeat: { type: "string", multiple: true, default: [] },
    hidden: { type: "string", default: "128" },
    chunk: { type: "string", default: "64" },
    rate: { type: "string", default: "0.002" },
    from: { type: "string" },
    lesson: { type: "string" },
    check: { type: "string", default: "300000" },
    "least-rate": { type: "string", default: "0.0001" },
    decay: { type: "string", default: "0.99998" },
    test: { type: "string", multiple: true, default: [] },
  },
});
if (options.out === undefined || (options.text === undefined) === (options.bases.length === 0)) {
  console.error(
    "usage: train-static.mjs --text FOLDER | --bases FILE … --out FILE; the head of the script says the rest",
  );
  process.exit(1);
}

const missing = [options.text ?? [], options.bases].flat().find((path) => !existsSync(path));
if (missing !== undefined) {
  console.error(`${missing} is missing: --text takes a folder of texts, --bases a sequence`);
  process.exit(1);
}

const ofBytes = options.text !== undefined;
const repeats = options.repeat.map((repeat) => repeat.split("="));
const all = ofBytes ? readLessons(options.text) : options.bases.flatMap((file) => readBases(file));
const held = all.filter((_, i) => i % HELD_BACK === 0).map(({ text }) => text);
const lessons = all
  .filter((_, i) => i % HELD_BACK !== 0)
  .flatMap(({ path, text }) => {
    const times = repeats.reduce((product, [word, n]) => (path.includes(word) ? product * Number(n) : product), 1);
    return Array.from({ length: times }, () => cut(text, Number(options.lesson ?? (ofBytes ? 2048 : 4096)))).flat();
  });
// Checks shall take little of the time: the same share of each.
const checked = held.map((text) => text.subarray(0, Math.ceil(CHECKED / held.length)));

const from = options.from === undefined ? undefined : unpackNeuralModel(readFileSync(options.from));
const trainer = createNeuralTrainer({
  alphabetSize: ofBytes ? 256 : 4,
  architecture: "lstm",
  hidden: Number(options.hidden),
  ...from?.options,
  weights: from?.weights,
  chunk: Number(options.chunk),
  rate: Number(options.rate),
  leastRate: Number(options["least-rate"]),
  decay: Number(options.decay),
});
const total = Number(options.symbols ?? lessons.reduce((sum, { length }) => sum + length, 0));
const every = Number(options.check);
const started = performance.now();
let [best, weights, worse, done, spent] = [Infinity, trainer.weights(), 0, 0, 0];
for (let round = 1; done < total && worse < PATIENCE; round++) {
  shuffle(lessons, round);
  for (const [i, lesson] of lessons.entries()) {
    if (done >= total || worse === PATIENCE) break;
    const symbols = ofBytes ? lesson : asLearnt(lesson, round * lessons.length + i);
    const loss = run(trainer.train(symbols));
    spent += loss * symbols.length;
    const check = Math.floor((done + symbols.length) / every) > Math.floor(done / every);
    done += symbols.length;
    const minutes = (performance.now() - started) / 60e3;
    const left = (minutes * (total - done)) / done;
    process.stderr.write(
      `\r${((100 * done) / total).toFixed(1)} % learnt, ${(spent / done).toFixed(3)} bits a symbol, ${left.toFixed(1)} minutes left `,
    );
    if (!check) continue;
    const cost = checked.reduce((sum, text) => sum + run(trainer.evaluate(text)), 0) / checked.length;
    if (cost < best) [best, weights, worse] = [cost, trainer.weights(), 0];
    else worse++;
    console.log(
      `\n${done} symbols, ${minutes.toFixed(1)} minutes: ${cost.toFixed(4)} bits a symbol that was held back`,
    );
  }
}

const name = basename(options.out, ".ts");
const constant = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
const packed = packNeuralModel({ options: trainer.shape, weights });
const model = packNetwork(name, ofBytes ? "bytes" : "bases", packed);
const module =
  "// Written by scripts/train-static.mjs. Streams name the network by its hash: once released, it never changes.\n" +
  'import type { PackedNetwork } from "./network-model.ts";\n\n' +
  `export const ${constant}: PackedNetwork = {\n` +
  `  name: ${JSON.stringify(name)},\n` +
  `  hash: ${JSON.stringify(model.hash)},\n` +
  `  symbols: ${JSON.stringify(model.symbols)},\n` +
  `  packed:\n    ${JSON.stringify(model.packed)},\n};\n`;
writeFileSync(options.out, options.out.endsWith(".ts") ? module : packed);
console.log(`${name}: ${packed.length} bytes packed, hash ${model.hash}, ${best.toFixed(4)} bits a symbol held back`);

for (const file of options.test) {
  const symbols = ofBytes ? readFileSync(file) : symbolsOfBases(readFileSync(file));
  const { options: shape, weights: own } = unpackNeuralModel(packed);
  const predictor = createNeuralPredictor({ ...shape, weights: own, learns: false });
  const probabilities = new Uint32Array(shape.alphabetSize);
  const ranks = new Uint32Array(shape.alphabetSize);
  let bits = 0;
  for (const symbol of symbols) {
    predictor.predict(probabilities);
    bits -= Math.log2(probabilities[symbol] / 2 ** 22);
    ranks[rankOf(probabilities, symbol)]++;
    predictor.update(symbol);
  }
  const entropy = ranks.reduce((sum, n) => (n === 0 ? sum : sum - n * Math.log2(n / symbols.length)), 0);
  const [direct, ranked] = [bits, entropy].map((sum) => (sum / symbols.length).toFixed(3));
  console.log(`${basename(file)}: ${direct} bits a symbol, ranks of an entropy of ${ranked}`);
}

/** Pieces of so many symbols. */
function cut(symbols, length) {
  const count = Math.ceil(symbols.length / length);
  return Array.from({ length: count }, (_, i) => symbols.subarray(i * length, (i + 1) * length));
}

/** What a generator returns. */
function run(generator) {
  for (;;) {
    const { done, value } = generator.next();
    if (done) return value;
  }
}
