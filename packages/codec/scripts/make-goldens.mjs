// Makes the golden files of test/golden that are missing, with the built package. Run inside the package.
//
// A golden that is there is left alone: once released, it must decode forever. Before a release, --replace makes all
// again.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { compressSync, loadModels } from "@pith/codec";

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

// Files of letter pairs are short enough to lie in one file, in hexadecimal; an empty one is missing.
const lettersFile = new URL("letters.json", folder);
const letters = JSON.parse(await readFile(lettersFile, "utf8"));
let made = 0;
for (const golden of letters.files.filter(({ coded }) => coded === "" || replace)) {
  const coded = compressSync(Buffer.from(golden.text), golden.options);
  golden.coded = Buffer.from(coded).toString("hex");
  console.log(`letters.json: ${coded.length} bytes`);
  made++;
}
if (made > 0) await writeFile(lettersFile, `${JSON.stringify(letters, undefined, 2)}\n`);
