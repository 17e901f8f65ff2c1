// Makes the golden files of test/golden that are missing, with the built package. Run inside the package.
//
// A golden that is there is left alone: once released, it must decode forever. Before a release, --replace makes all
// again.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { compressSync, encodeMessage, encodePairs, loadModels } from "@pith/codec";

const folder = new URL("../test/golden/", import.meta.url);
const replace = process.argv.includes("--replace");
await loadModels();

for (const { name, content, options } of JSON.parse(await readFile(new URL("cases.json", folder), "utf8"))) {
  const golden = new URL(`${name}.pith`, folder);
  if (existsSync(golden) && !replace) continue;
  const file = compressSync(await readFile(new URL(content, folder)), options);
  await writeFile(golden, file);
  console.log(`${name}.pith: ${file.length} bytes`);
}

// Messages, raw streams and files of letter pairs are short enough to lie in one file, in hexadecimal; an empty one is
// missing.
const lettersFile = new URL("letters.json", folder);
const letters = JSON.parse(await readFile(lettersFile, "utf8"));
const encoders = {
  messages: encodeMessage,
  streams: async (text, options) => (await encodePairs(text, { ...options, threads: 0 })).stream,
  files: (text, options) => compressSync(Buffer.from(text), options),
};
let made = 0;
for (const [kind, encode] of Object.entries(encoders)) {
  for (const golden of letters[kind].filter(({ coded }) => coded === "" || replace)) {
    const coded = await encode(golden.text, golden.options);
    golden.coded = Buffer.from(coded).toString("hex");
    console.log(`letters.json, ${kind}: ${coded.length} bytes`);
    made++;
  }
}
if (made > 0) await writeFile(lettersFile, `${JSON.stringify(letters, undefined, 2)}\n`);
