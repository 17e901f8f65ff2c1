/** What a resolver gets wrong of a text's letters: a plain version of kernel/text/corrections.ts, for pairs. */
import { createResolver, type ResolverModel } from "@pith/predictors";
import type { BinaryEncoder } from "@pith/entropy";

const CLASSES = 32;
const CLASS = 8;
const SEEN = 12;
const LIMIT = 1023;
const FIRST_ODDS = 0.7788007830714049;
const ODDS_RATIO = 0.6065306597126334;
const DOUBTFUL_RATIO = 0.7788007830714049;

/** Codes, letter by letter, whether the resolver is wrong. `text` is in small letters. */
export function encodeLetters(
  encoder: BinaryEncoder,
  model: ResolverModel,
  cells: readonly number[],
  text: Uint8Array,
  doubt = false,
): void {
  let odds = FIRST_ODDS;
  const chances = Array.from({ length: CLASSES }, () => {
    const p16 = Math.floor(Math.max(1, (65536 * odds) / (1 + odds)));
    odds *= doubt ? DOUBTFUL_RATIO : ODDS_RATIO;
    return (p16 << 16) | SEEN;
  });
  const resolver = createResolver(model);
  resolver.start(Uint16Array.from(cells));
  for (let found = resolver.next(); found !== undefined; found = resolver.next()) {
    const { place, ranking, margin } = found;
    const sureness = Math.min(CLASSES - 1, Math.floor(margin / CLASS));
    const wrong = Number(ranking[0] !== text[place]);
    encoder.encode(wrong, Math.max(1, chances[sureness] >>> 16));
    chances[sureness] = learnt(chances[sureness], wrong);
    resolver.accept(text[place]);
  }
}

/** A cell of a state map after a bit: probability in the upper 22 bits, count in the lower 10. */
function learnt(cell: number, bit: number): number {
  const count = cell & 1023;
  const reciprocal = Math.floor(16384 / (2 * count + 3));
  const step = Math.imul(((bit << 22) - (cell >>> 10)) >> 3, reciprocal);
  return (cell + (step & -1024) + Number(count < LIMIT)) | 0;
}
