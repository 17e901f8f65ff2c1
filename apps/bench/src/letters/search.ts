/** Words looked for among codes, and how many that are found are others (thesis, section 6.5: search engines). */
import { encodePairs, findInPairs } from "@pith/pairs";
import { readBytes } from "../measure/bytes.ts";
import type { CorpusFile } from "../measure/corpus.ts";
import type { SearchResult } from "./results.ts";

/** Words that are looked for in each text: those in the middle of its words by frequency, and the most frequent. */
const WORDS = 200;

/** @throws Error if a place of a word was not found */
export async function measureSearch(
  files: readonly CorpusFile[],
  onRun: (what: string) => void,
): Promise<SearchResult[]> {
  const results: SearchResult[] = [];
  for (const { name, path } of files) {
    const text = readBytes(path);
    const { stream } = await encodePairs(text, { decoder: "medium", threads: 0 });
    const places = placesOfWords(text);
    const chosen = chooseWords(places);
    let [found, right, seconds] = [0, 0, 0];
    for (const [i, word] of chosen.entries()) {
      if (i % 20 === 0) onRun(`${name}: word ${i} of ${chosen.length}`);
      const started = process.cpuUsage();
      const hits = await findInPairs(stream, word);
      const { user, system } = process.cpuUsage(started);
      seconds += (user + system) / 1e6;
      const own = places.get(word) ?? [];
      const missed = own.find((place) => !hits.includes(place));
      if (missed !== undefined) throw new Error(`${name}: ${word} at byte ${missed} was not found`);
      found += hits.length;
      right += own.length;
    }
    results.push({ name, length: text.length, coded: stream.length, words: chosen.length, found, right, seconds });
  }
  return results;
}

/** Where each word of ASCII letters stands, in small letters. */
function placesOfWords(text: Uint8Array): Map<string, number[]> {
  const places = new Map<string, number[]>();
  const decoded = Buffer.from(text).toString("latin1");
  for (const { 0: word, index } of decoded.matchAll(/[a-z]+/gi)) {
    const small = word.toLowerCase();
    const own = places.get(small);
    if (own === undefined) places.set(small, [index]);
    else own.push(index);
  }
  return places;
}

/** Half of them the most frequent, half evenly from all the others. */
function chooseWords(places: ReadonlyMap<string, readonly number[]>): string[] {
  const byCount = Array.from(places.keys()).sort(
    (a, b) => (places.get(b)?.length ?? 0) - (places.get(a)?.length ?? 0) || (a < b ? -1 : 1),
  );
  const frequent = byCount.slice(0, WORDS / 2);
  const others = byCount.slice(WORDS / 2);
  const step = Math.max(1, Math.floor(others.length / (WORDS / 2)));
  return [...frequent, ...others.filter((_, i) => i % step === 0).slice(0, WORDS / 2)];
}
