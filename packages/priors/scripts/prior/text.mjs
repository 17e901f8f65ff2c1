/** The text of the built-in prior. */
import { countParts, cover } from "./cover.mjs";
import { Sampler } from "./sampler.mjs";
import { writeStructured } from "./structured.mjs";

/** Sentences that are sampled in each manner, and how much one of its texts counts. */
const MANNERS = {
  prose: { candidates: 16_000, weight: 1 },
  speech: { candidates: 5_000, weight: 1 },
  jargon: { candidates: 6_000, weight: 2 },
  facts: { candidates: 16_000, weight: 3 },
  chat: { candidates: 24_000, weight: 2 },
};

/** @param {Record<string, string[]>} corpora @param {{ size: number, structured: number }} sizes characters of both parts */
export function writeText(corpora, random, seed, { size, structured }) {
  const candidates = [];
  let counts;
  for (const [manner, { candidates: count, weight }] of Object.entries(MANNERS)) {
    counts = countParts(corpora[manner], counts, weight);
    const sampler = new Sampler(corpora[manner]);
    for (let i = 0; i < count; i++) candidates.push(sampler.sample(random));
    console.log(`${manner}: ${corpora[manner].length} sentences`);
  }
  const known = new Set(Object.values(corpora).flat());
  const own = [...new Set(candidates)].filter((text) => text !== undefined && text.length >= 25 && !known.has(text));
  const english = cover(own, counts, size);
  return mix(writeStructured(structured, seed), english).join("\n") + "\n";
}

/** Two lists as one, each spread over all of it in its own order. */
function mix(first, second) {
  const place = (items) => items.map((item, i) => [(i + 0.5) / items.length, item]);
  return [...place(first), ...place(second)].sort(([a], [b]) => a - b).map(([, item]) => item);
}
