/** Texts to train on: read, cleaned of what is not English, and cut into lessons. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LONGEST_LESSON } from "@pith/predictors";

/** Lines of a chat log: `[09:14] <name> what was said`. */
const CHAT_HEAD = /^\[\d\d:\d\d\] (<[^>\n]*> )?/gm;

/** Writes a text with spaces around each mark ("It 's late , he said .") as it is printed. */
function untokenise(text) {
  return text
    .replace(/ ([,.;:!?)])/g, "$1")
    .replace(/\( /g, "(")
    .replace(/ '(s|t|re|ve|ll|d|m)\b/g, "'$1")
    .replace(/ n't\b/g, "n't")
    .replace(/" ([^"]*?) "/g, '"$1"')
    .replace(/ - (?=\S)/g, "-");
}

function count(text, pattern) {
  return text.match(pattern)?.length ?? 0;
}

function clean(text) {
  if (2 * count(text, CHAT_HEAD) > count(text, /\n/g)) return text.replace(CHAT_HEAD, "");
  if (2 * count(text, / ,/g) > count(text, /,/g)) return untokenise(text);
  return text;
}

/**
 * Every .txt file under a folder, in the order of their paths, cut between words.
 *
 * @param {string} folder
 * @returns {{ path: string; text: Uint8Array }[]} each at most LONGEST_LESSON bytes
 */
export function readLessons(folder) {
  const paths = readdirSync(folder, { recursive: true }).filter((path) => path.endsWith(".txt"));
  return paths.sort().flatMap((path) => {
    // As Latin-1, every byte stays what it is.
    const bytes = Buffer.from(clean(readFileSync(join(folder, path), "latin1")), "latin1");
    const lessons = [];
    for (let at = 0; at < bytes.length; at += lessons.at(-1).text.length) {
      const end = at + LONGEST_LESSON;
      const word = end < bytes.length ? bytes.lastIndexOf(0x20, end - 1) + 1 : 0;
      lessons.push({ path, text: bytes.subarray(at, word > at ? word : end) });
    }
    return lessons;
  });
}

/** Puts a list into another order, the same for the same seed. */
export function shuffle(list, seed) {
  let state = seed;
  for (let i = list.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = Math.floor((state / 2 ** 32) * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
}
