import { emptyCounts, type Counts } from "@pith/statistics";

/** Counts of the thesis's alphabet and window, as scripts/make-english-counts.mjs packs them: varints, as base64. */
export function unpackCounts(base64: string): Counts {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  let at = 0;
  const next = (): bigint => {
    let number = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      number |= (byte & 127) << shift;
      if (byte < 128) return BigInt(number);
    }
  };
  const counts = emptyCounts();
  for (let i = 0; i < counts.pairs.length; i++) counts.pairs[i] = next();
  for (let i = 0; i < counts.characters.length; i++) counts.characters[i] = next();
  return { ...counts, total: next() };
}
