// Counts the words of a folder of texts.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * The texts of a folder. Each file or folder directly in it is a source; a source that is a folder has the files in it.
 *
 * @param {string} folder
 * @returns {{ name: string, files: string[], bytes: number }[]} by name
 */
export function listSources(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const files = statSync(path).isDirectory()
        ? readdirSync(path)
            .sort()
            .map((file) => join(path, file))
            .filter((file) => statSync(file).isFile())
        : [path];
      return { name, files, bytes: files.reduce((sum, file) => sum + statSync(file).size, 0) };
    });
}

/** A text's words, lower case, and in between what is neither letter nor space. @param {string} file */
export function* tokens(file) {
  const text = readFileSync(file, "latin1").toLowerCase();
  for (const [token] of text.matchAll(/[a-z]+|[^a-z\s]+/g)) yield token;
}

export const isWord = (/** @type {string} */ token) => token >= "a" && token < "{";

/**
 * How often each word comes, per thousand million, as a mean over the sources. A source weighs by the root of its size: large ones say
 * more, but no single kind of text decides.
 *
 * @param {ReturnType<typeof listSources>} sources
 * @returns {Map<string, number>} words that at least two files have, so that names of one book and of one chat stay out
 */
export function countWords(sources) {
  const filesWith = new Map();
  const frequencies = new Map();
  const weights = sources.reduce((sum, { bytes }) => sum + Math.sqrt(bytes), 0);
  for (const { files, bytes } of sources) {
    const counts = new Map();
    let total = 0;
    for (const file of files) {
      const seen = new Set();
      for (const token of tokens(file)) {
        if (!isWord(token)) continue;
        counts.set(token, (counts.get(token) ?? 0) + 1);
        seen.add(token);
        total++;
      }
      for (const word of seen) filesWith.set(word, (filesWith.get(word) ?? 0) + 1);
    }
    const scale = (Math.sqrt(bytes) / weights / total) * 1e9;
    for (const [word, count] of counts) frequencies.set(word, (frequencies.get(word) ?? 0) + count * scale);
  }
  for (const word of frequencies.keys()) if (filesWith.get(word) < 2) frequencies.delete(word);
  return frequencies;
}
