// Builds the dictionary of the `words` transform from a folder of English texts:
//
//     node packages/codec/scripts/build-dictionary.mjs FOLDER [OUTPUT]
//
// and writes it as a module (default: src/transforms/words/english.ts). Build the package first: packing is its own.
// The dictionary is part of the format. Blocks name it by its hash, and a new one makes old files unreadable unless the
// old one stays beside it.
import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildWords } from "./dictionary/build.mjs";

const [folder, output = fileURLToPath(new URL("../src/transforms/words/english.ts", import.meta.url))] =
  process.argv.slice(2);
if (folder === undefined || !existsSync(folder)) {
  console.error(
    `usage: build-dictionary.mjs FOLDER [OUTPUT]; FOLDER holds English texts${folder ? `: ${folder} is missing` : ""}`,
  );
  process.exit(1);
}
const built = new URL("../dist/transforms/words/", import.meta.url);
const slots = await import(new URL("slots.js", built).href);
const packing = await import(new URL("packing.js", built).href);

const words = buildWords(folder, { ...slots, ...packing });
const packed = packing.packWords(words);
writeFileSync(
  output,
  "// Built by scripts/build-dictionary.mjs. Part of the format: never change it.\n" +
    `export const ENGLISH: string =\n  ${JSON.stringify(Buffer.from(packed).toString("base64"))};\n`,
);
console.log(`${words.filter((word) => word !== "").length} words, packed to ${packed.length} bytes: ${output}`);
