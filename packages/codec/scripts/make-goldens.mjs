// Makes the golden files of test/golden that are missing, with the built package. Run inside the package.
//
// A golden that is there is left alone: once released, it must decode forever. Before a release, --replace makes all
// again.
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { compressSync } from "@pith/codec";

const folder = new URL("../test/golden/", import.meta.url);
const replace = process.argv.includes("--replace");

for (const { name, content, options } of JSON.parse(await readFile(new URL("cases.json", folder), "utf8"))) {
  const golden = new URL(`${name}.pith`, folder);
  if (existsSync(golden) && !replace) continue;
  const file = compressSync(await readFile(new URL(content, folder)), options);
  await writeFile(golden, file);
  console.log(`${name}.pith: ${file.length} bytes`);
}
