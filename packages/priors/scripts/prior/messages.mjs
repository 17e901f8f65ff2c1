/** Texts that a message may hold, as they stand in the corpora: parameters are learnt from them, and nothing of them ships. */
import { writeStructured } from "./structured.mjs";

/** How often a text is of each manner. */
const SHARES = { prose: 5, speech: 1, jargon: 1, facts: 4, chat: 4 };
/** Of a hundred texts: how many are records, logs, code; how many of the others are one, three or fourteen sentences. */
const STRUCTURED = 35;
const LENGTHS = [
  [40, 1],
  [15, 3],
  [10, 14],
];

/** @param {Record<string, string[]>} corpora @param {number} size characters in all @param {number} seed of what is written @returns {{ bytes: Uint8Array, isWritten: boolean }[]} */
export function messagesOf(corpora, random, size, seed) {
  const written = writeStructured(size * (STRUCTURED / 100), seed);
  const manners = Object.entries(SHARES).flatMap(([manner, share]) => Array(share).fill(corpora[manner]));
  const lengths = LENGTHS.flatMap(([share, count]) => Array(share).fill(count));
  const messages = [];
  for (let length = 0; length < size;) {
    const isWritten = random.below(100) < STRUCTURED;
    const message = isWritten ? random.pick(written) : sentences(random, random.pick(manners), random.pick(lengths));
    messages.push({ bytes: new Uint8Array(Buffer.from(message)), isWritten });
    length += message.length;
  }
  return messages;
}

/** Some sentences that follow each other. */
function sentences(random, all, count) {
  const first = random.below(all.length - count);
  return all.slice(first, first + count).join(" ");
}
