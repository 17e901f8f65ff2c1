// Counts which letters stand beside which in English texts, for the letter pairs view: writes src/pairs/english-counts.ts.
//
//   node scripts/make-english-counts.mjs FILE…
//
// Texts are UTF-8. Their counts are scaled down to a total of about 2^22 characters, so that they take few bytes.
import { createReadStream, writeFileSync } from "node:fs";
import { Counter } from "@pith/statistics";

const TOTAL = 2 ** 22;
const TARGET = new URL("../src/pairs/english-counts.ts", import.meta.url);
const WIDTH = 110;

const counter = new Counter();
for (const path of process.argv.slice(2)) {
  for await (const chunk of createReadStream(path)) counter.add(chunk);
  // Neighbours do not reach from one text into the next.
  counter.skip(Buffer.from("\n".repeat(16)));
}
const { pairs, characters, total } = counter.counts();
if (total === 0n) throw new Error("expected texts, got none: name their files");

const scaled = (count) => Math.round((Number(count) * TOTAL) / Number(total));
const bytes = [...pairs, ...characters, total].flatMap((count) => varint(scaled(count)));
const base64 = Buffer.from(bytes).toString("base64");
const lines = base64.match(new RegExp(`.{1,${WIDTH}}`, "g")).map((line) => `  "${line}"`);
writeFileSync(
  TARGET,
  `// Written by scripts/make-english-counts.mjs from ${total.toLocaleString("en")} characters.\n` +
    "/** Counts of English, for `unpackCounts`. */\n" +
    `export const ENGLISH_COUNTS =\n${lines.join(" +\n")};\n`,
);

/** Seven bits a byte, the lowest first; bit 7 says that another follows. */
function varint(number) {
  const groups = [];
  for (let rest = number; ; rest >>>= 7) {
    if (rest < 128) return [...groups, rest];
    groups.push((rest & 127) | 128);
  }
}
