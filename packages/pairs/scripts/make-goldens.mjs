// Makes the golden messages and raw streams of test/golden/letters.json that are missing (an empty one is), with the built
// package. Run inside the package.
//
// A golden that is there is left alone: once released, it must decode forever. Before a release, --replace makes all
// again.
import { readFile, writeFile } from "node:fs/promises";
import { encodeMessage, encodePairs } from "@pith/pairs";

const replace = process.argv.includes("--replace");
const lettersFile = new URL("../test/golden/letters.json", import.meta.url);
const letters = JSON.parse(await readFile(lettersFile, "utf8"));
const encoders = {
  messages: encodeMessage,
  streams: async (text, options) => (await encodePairs(text, { ...options, threads: 0 })).stream,
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
