// Searches for groups of letters that a resolver tells apart best, by training a small one for each that it tries:
//
//     node packages/weights/scripts/search-groups.mjs --text FOLDER
//
//   --text FOLDER       every .txt file under it
//   --start GROUPS      pairs (default), sixes, or the letters of each code, the groups apart by spaces
//   --free              letters may also leave their groups, so that the sizes of groups change
//   --bytes N           of text that each resolver learns, from all over the folder; default 4000000
//   --bits N            log2 of its weights; default 16
//   --steps N           groups to try; default 1000
//   --seed N            of the random choices; default 1
//
// A step lets letters of two or three groups change places, and keeps that if fewer letters are wrong: of those in the
// second half of the text, before they are learnt. It prints what it keeps. Build the packages first.
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { createResolverTrainer } from "@pith/predictors";
import { GROUPS } from "./resolver/groups.mjs";
import { readLessons, shuffle } from "./resolver/lessons.mjs";

const RATE = 0.6;
/** Share of the steps in which three letters change places, not two. */
const THREE = 1 / 4;
/** Share of the steps in which a letter moves alone, if it may. */
const MOVES = 1 / 3;

const { values: options } = parseArgs({
  options: {
    text: { type: "string" },
    start: { type: "string", default: "pairs" },
    free: { type: "boolean", default: false },
    bytes: { type: "string", default: "4000000" },
    bits: { type: "string", default: "16" },
    steps: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
  },
});
if (options.text === undefined || !existsSync(options.text)) {
  console.error("usage: search-groups.mjs --text FOLDER, of English texts; the head of the script says the rest");
  process.exit(1);
}

const tableBits = Number(options.bits);
const steps = Number(options.steps);
const random = randomNumbers(Number(options.seed));
const lessons = sampleOf(readLessons(options.text), Number(options.bytes));

let groups = (GROUPS[options.start] ?? options.start).split(" ");
let share = shareWrong(groups);
report(0);
for (let step = 1; step <= steps; step++) {
  const next = changed(groups);
  const found = shareWrong(next);
  if (found >= share) continue;
  groups = next;
  share = found;
  report(step);
}

/** Lessons of so many bytes together, in an order that is the same each time. */
function sampleOf(all, bytes) {
  shuffle(all, 1);
  let length = 0;
  return all.filter(({ text }) => {
    const wanted = length < bytes;
    length += text.length;
    return wanted;
  });
}

/** The share of letters that are wrong. */
function shareWrong(candidate) {
  const trainer = createResolverTrainer({ groups: candidate, tableBits });
  let letters = 0;
  let errors = 0;
  for (const [i, { text }] of lessons.entries()) {
    const lesson = trainer.learn(text, RATE);
    if (i < lessons.length / 2) continue;
    letters += lesson.letters;
    errors += lesson.errors;
  }
  return errors / letters;
}

/** Groups in which two or three letters have changed places, or one has moved. */
function changed(from) {
  const next = from.map((group) => Array.from(group));
  const chosen = [];
  const count = random() < THREE ? 3 : 2;
  while (chosen.length < Math.min(count, next.length)) {
    const group = Math.floor(random() * next.length);
    if (chosen.every((other) => other.group !== group)) {
      chosen.push({ group, letter: Math.floor(random() * next[group].length) });
    }
  }
  if (options.free && random() < MOVES && next[chosen[0].group].length > 1) {
    const [letter] = next[chosen[0].group].splice(chosen[0].letter, 1);
    next[chosen[1].group].push(letter);
  } else {
    const letters = chosen.map(({ group, letter }) => next[group][letter]);
    for (const [i, { group, letter }] of chosen.entries()) next[group][letter] = letters[(i + 1) % letters.length];
  }
  return next.map((group) => group.join(""));
}

function report(step) {
  console.log(`step ${step}: ${(100 - 100 * share).toFixed(4)} % right  ${groups.join(" ")}`);
}

/** Numbers from 0 to 1 by a linear congruential generator. */
function randomNumbers(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
