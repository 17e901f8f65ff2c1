/** English to count, encode and search with: written for these tests, repetitive enough to learn from. */

const SENTENCES = [
  "the river runs down from the hills and past the old mill. ",
  "nobody knew why the miller had gone away that winter. ",
  "when the snow melted, the wheel began to turn again by itself. ",
  "a quiet dog kept watch over the empty house and its garden. ",
  "children came from the village to look for gold under the bridge. ",
  "they found a box of letters, a broken clock and seven keys. ",
  "every key was made for a door that no longer existed. ",
  "the youngest girl kept one of them and put it in her pocket. ",
  "years later she would open a very small shop with it. ",
  "jugs, quilts, axes and puzzles hung from the black ceiling. ",
  "Mr. Finch said: \u201cThis is the best jam in 12 counties!\u201d\n",
  "it was extremely cold, and both travellers were glad of the fire. ",
];

/** Sentences in an order that the seed gives. */
export function sampleText(length: number, seed = 1): Uint8Array {
  let state = seed;
  let text = "";
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    text += SENTENCES[(state >>> 16) % SENTENCES.length];
  }
  return new TextEncoder().encode(text.slice(0, length));
}
