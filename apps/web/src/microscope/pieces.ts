/** The text in pieces that are laid out one by one, so that a change in one costs little however long the text is. */
import type { Characters } from "../shared/characters.ts";

/** Characters after which a piece ends with the line. */
const LEAST = 256;
/** Characters after which it ends with the word, for want of line breaks; there, the line ends as well. */
const MANY = 1500;
/** Characters after which it ends. */
const MOST = 2000;

/** Where each piece begins, in characters; one more entry than pieces. */
export function pieceStarts({ text, textStarts, count }: Characters): Uint32Array {
  const starts = [0];
  let start = 0;
  for (let end = 1; end < count; end++) {
    const length = end - start;
    if (length < LEAST) continue;
    const last = text[textStarts[end] - 1];
    if (last !== "\n" && length < MOST && (last !== " " || length < MANY)) continue;
    starts.push(end);
    start = end;
  }
  if (count > 0) starts.push(count);
  return Uint32Array.from(starts);
}

/** The piece that a character is in. */
export function pieceOf(starts: Uint32Array, index: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= index) low = middle;
    else high = middle;
  }
  return low;
}
