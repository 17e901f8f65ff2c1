/** Byte-pair encoding as its definition says, with a pass over everything for each merge. */
import type { Merge, Vocabulary } from "../src/index.ts";

function replaced(tokens: readonly number[], { left, right }: Merge, token: number): number[] {
  const result: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i] === left && tokens[i + 1] === right) {
      result.push(token);
      i++;
    } else result.push(tokens[i]);
  }
  return result;
}

/** Merges of an input that is shorter than a sample; tokens stay below 64 bytes where it has fewer than 64 × 4. */
export function slowMerges(bytes: Uint8Array, vocabularySize: number): Merge[] {
  const alphabet = [...new Set(bytes)].sort((a, b) => a - b);
  let tokens = Array.from(bytes, (byte) => alphabet.indexOf(byte));
  const merges: Merge[] = [];
  while (alphabet.length + merges.length < vocabularySize) {
    const counts = new Map<number, number>();
    for (let i = 0; i + 1 < tokens.length; i++) {
      const pair = tokens[i] * 65536 + tokens[i + 1];
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
    const frequent = [...counts].filter(([, count]) => count >= 4).sort(([a, m], [b, n]) => n - m || a - b);
    if (frequent.length === 0) break;
    const [[pair]] = frequent;
    const merge = { left: Math.floor(pair / 65536), right: pair % 65536 };
    tokens = replaced(tokens, merge, alphabet.length + merges.length);
    merges.push(merge);
  }
  return merges;
}

export function slowTokens(input: Uint8Array, { bytes, merges }: Vocabulary): number[] {
  return merges.reduce<number[]>(
    (tokens, merge, i) => replaced(tokens, merge, bytes.length + i),
    Array.from(input, (byte) => bytes.indexOf(byte)),
  );
}
