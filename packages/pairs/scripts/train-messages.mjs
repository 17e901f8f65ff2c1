// Trains the model of units that messages of 3 or 4 bits are written under, and writes it as a module of @pith/weights:
//
//     node packages/pairs/scripts/train-messages.mjs FOLDER 3|4 OUTPUT
//
// FOLDER holds English texts (scripts/messages/texts.mjs says which). Build the package first. The same texts give the
// same model on every machine. It is part of the format: messages of this generation are read with no other.
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { instantiateKernel } from "@pith/core";
import { packWeights } from "@pith/weights";
import { compileKernel } from "../../../scripts/compile-kernel.mjs";
import { readTexts, LONGEST } from "./messages/texts.mjs";

const TABLE_BITS = 18;
const RATE = 0.1;
/** Every so many texts, one is only measured. */
const HELD_OUT = 50;

const [folder, bitsText, file] = process.argv.slice(2);
const bits = Number(bitsText);
if (file === undefined || (bits !== 3 && bits !== 4)) {
  console.error("usage: train-messages.mjs FOLDER 3|4 OUTPUT; FOLDER holds English texts");
  process.exit(1);
}
const output = resolve(file);
const texts = await readTexts(folder);
process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const { addEscapes } = await import("../dist/coding/escapes.js");
const { messageEscapes } = await import("../dist/messages/escapes.js");
const { messageGroups } = await import("../dist/messages/models.js");

const groups = await messageGroups(bits);
const { wasm } = await compileKernel("kernel/unit-trainer.ts", {});
const kernel = instantiateKernel({ name: "pairs-unit-trainer", base64: Buffer.from(wasm).toString("base64") });
kernel.clear(bits);
for (const [code, group] of groups.entries()) {
  for (const character of group) kernel.addMember(code, character.charCodeAt(0));
}
addEscapes(kernel, messageEscapes(bits, true));
kernel.startTraining(TABLE_BITS, LONGEST);

const learned = texts.filter((_, i) => i % HELD_OUT !== 0);
const held = texts.filter((_, i) => i % HELD_OUT === 0);
console.log(`${learned.length} texts, ${lengthOf(learned)} bytes; ${held.length} more to measure`);
console.log(`while learning: ${cost(learned, RATE)} bits a byte`);
kernel.round();
console.log(`held out: ${cost(held, 0)} bits a byte`);

const weights = Int8Array.from({ length: 2 ** TABLE_BITS }, (_, i) => kernel.weight(i));
const name = bits === 3 ? "units-three-bit" : "units-four-bit";
const model = packWeights(name, { groups, tableBits: TABLE_BITS, weights });
await writeFile(
  output,
  `// Written by packages/pairs/scripts/train-messages.mjs. Part of the format: never change it.\n` +
    `import type { PackedResolver } from "./resolver-model.ts";\n\n` +
    `export const ${bits === 3 ? "unitsThreeBit" : "unitsFourBit"}: PackedResolver = {\n` +
    Object.entries(model)
      .map(([key, value]) => `  ${key}: ${JSON.stringify(value)},\n`)
      .join("") +
    `};\n`,
);
console.log(`${output}: ${Math.floor((model.packed.length * 3) / 4)} bytes packed, ${model.hash}`);

/** Bits a byte that texts cost while they are learned at a rate. */
function cost(from, rate) {
  kernel.setRate(rate);
  for (const text of from) {
    new Uint8Array(kernel.memory.buffer, kernel.textAddress(), text.length).set(text);
    kernel.learn(text.length);
  }
  return (kernel.costInBits() / lengthOf(from)).toFixed(4);
}

function lengthOf(items) {
  return items.reduce((sum, { length }) => sum + length, 0);
}
