/** Codes of 2, 3, 4 and 6 bits, and codes for several characters at once (thesis, sections 3.1.1 and 6.3). */
import { AdaptiveModel } from "@pith/entropy";
import { createTableDecoder } from "@pith/predictors";
import { countText, decoderTable, frequencies, tableOf, THESIS_SINGLES, type Counts } from "@pith/statistics";
import { trainTokenizer, writeVocabulary } from "@pith/tokenizer";
import { readBytes } from "../measure/bytes.ts";
import type { CorpusFile } from "../measure/corpus.ts";
import type { TokensResult, WidthResult } from "./results.ts";

/** As in the thesis: what stays as it is beside a run, runs that are coded, bytes of breaks. */
const LEFT = 4;
const RIGHT = 3;
const THRESHOLD = 12;
const BREAKS = 2;
const FIRST_CODE = 256;
/** Characters that share codes of 2 and 3 bits are at most so many, which is what a decoder takes. */
const MOST_MEMBERS = 8;

/** Letters by frequency, dealt in turn to as many groups as there are: what is frequent is so apart. */
function dealtGroups(counts: Counts, groups: number): string[] {
  const shares = frequencies(counts);
  const letters = Array.from(counts.alphabet)
    .filter((character) => !THESIS_SINGLES.includes(character))
    .sort((a, b) => shares[counts.alphabet.indexOf(b)] - shares[counts.alphabet.indexOf(a)])
    .slice(0, groups * MOST_MEMBERS);
  return Array.from({ length: groups }, (_, group) => letters.filter((_letter, i) => i % groups === group).join(""));
}

/** What has which code, for each width. */
function groupsOfWidth(bits: number, counts: Counts, pairs: readonly string[]): string[] {
  if (bits === 4) return [...pairs];
  // Six bits are enough for each character by itself: the letters, capitals too, digits, and what English has most.
  if (bits === 6) return Array.from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ .,\"'\n-;:0");
  // All but the break and the space.
  return [...dealtGroups(counts, 2 ** bits - 2), " "];
}

/** Runs of characters that have a code, as long as can be, from the threshold on. */
function runsOf(
  text: Uint8Array,
  isCoded: (byte: number) => boolean,
  threshold: number,
): [start: number, end: number][] {
  const runs: [number, number][] = [];
  for (let start = 0; start < text.length; start++) {
    let end = start;
    while (end < text.length && isCoded(text[end])) end++;
    if (end - start >= threshold) runs.push([start, end]);
    start = end;
  }
  return runs;
}

/**
 * Each width on each text, letters decided by sums of log-probabilities of their neighbours, as counted in the training text.
 *
 * @param pairs the groups of the codes of 4 bits
 */
export async function measureWidths(
  files: readonly CorpusFile[],
  training: Uint8Array,
  pairs: readonly string[],
  onRun: (what: string) => void,
): Promise<WidthResult[]> {
  const counts = await countText([training]);
  const table = tableOf(counts, { quantity: "log-probability", normalised: "none" });
  const letters = decoderTable(counts, table.values);
  const results: WidthResult[] = [];
  for (const bits of [2, 3, 4, 6]) {
    const groups = groupsOfWidth(bits, counts, pairs);
    // A decoder has to look at no more codes than it can name.
    const decoder = bits === 6 ? undefined : createTableDecoder({ ...letters, groups });
    const codeOf = new Int16Array(256).fill(-1);
    for (const [code, group] of groups.entries()) {
      for (const character of group) codeOf[character.charCodeAt(0)] = code;
    }
    // Without anything to decide, nothing has to stand beside a run.
    const [left, right, threshold] = decoder === undefined ? [0, 0, 8] : [LEFT, RIGHT, THRESHOLD];
    for (const { name, path } of files) {
      onRun(`${name}: codes of ${bits} bits`);
      const text = readBytes(path);
      const cells = Uint16Array.from(text);
      let size = text.length;
      let coded = 0;
      for (const [start, end] of runsOf(text, (byte) => codeOf[byte] >= 0, threshold)) {
        const count = end - start - left - right;
        size += BREAKS + Math.ceil((count * bits) / 8) - count;
        coded += count;
        for (let i = start + left; i < end - right; i++) cells[i] = FIRST_CODE + codeOf[text[i]];
      }
      const guess = decoder?.decode(cells) ?? text;
      const { ambiguous, wrong, corrections } = correctionsOf(text, guess, cells, groups);
      const decided = ambiguous - wrong;
      results.push({ bits, name, length: text.length, coded, size, ambiguous, right: decided, corrections });
    }
  }
  return results;
}

/** What is wrong, and what it would take to store that: which other letter it is, under an adaptive model a code. */
function correctionsOf(
  text: Uint8Array,
  guess: Uint8Array,
  cells: Uint16Array,
  groups: readonly string[],
): { ambiguous: number; wrong: number; corrections: number } {
  const models = groups.map(({ length }) => new AdaptiveModel(Math.max(2, length)));
  let [ambiguous, wrong, bits] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = cells[i] - FIRST_CODE;
    if (code < 0 || groups[code].length === 1) continue;
    ambiguous++;
    if (guess[i] !== text[i]) wrong++;
    const others = groups[code].replace(String.fromCharCode(guess[i]), "");
    const symbol = others.indexOf(String.fromCharCode(text[i])) + 1;
    bits += models[code].cost(symbol);
    models[code].update(symbol);
  }
  return { ambiguous, wrong, corrections: Math.ceil(bits / 8) };
}

/** Sizes of vocabularies: as many as a byte can name beside the break, and as twelve bits can. */
const VOCABULARIES = [
  { bits: 8, tokens: 255 },
  { bits: 12, tokens: 2047 },
];

/**
 * Codes of one to many characters each: byte pairs, joined as often as the vocabulary has room, in the runs of the thesis's
 * characters. Each code has one meaning, so nothing has to be decided, and nothing stays as it is beside a run.
 */
export function measureTokens(
  files: readonly CorpusFile[],
  training: Uint8Array,
  onRun: (what: string) => void,
): TokensResult[] {
  const isCoded = (byte: number): boolean => byte === 0x20 || byte === 0x2e || (byte >= 0x61 && byte <= 0x7a);
  const runs = runsOf(training, isCoded, THRESHOLD).map(([start, end]) => training.subarray(start, end));
  const joined = Buffer.concat(runs);
  return VOCABULARIES.flatMap(({ bits, tokens }) => {
    onRun(`vocabulary of ${tokens} tokens`);
    const tokenizer = trainTokenizer(joined, { vocabularySize: tokens });
    const vocabulary = writeVocabulary(tokenizer.vocabulary).length;
    return files.map(({ name, path }): TokensResult => {
      onRun(`${name}: ${tokens} tokens`);
      const text = readBytes(path);
      let size = text.length;
      let [coded, codes] = [0, 0];
      const started = process.cpuUsage();
      for (const [start, end] of runsOf(text, isCoded, THRESHOLD)) {
        const count = tokenizer.encode(text.subarray(start, end)).length;
        coded += end - start;
        codes += count;
        size += BREAKS + Math.ceil((count * bits) / 8) - (end - start);
      }
      const { user, system } = process.cpuUsage(started);
      return {
        bits,
        tokens,
        name,
        length: text.length,
        coded,
        codes,
        size,
        vocabulary,
        seconds: (user + system) / 1e6,
      };
    });
  });
}
