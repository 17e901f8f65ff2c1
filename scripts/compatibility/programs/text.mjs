/* global TextEncoder */

/** Words in an order that repeats nothing: `length` bytes, more than what is coded without workers. */
export function makeText(length = 600_000) {
  const words = "it was a dark and stormy night the rain fell in torrents except at occasional intervals".split(" ");
  let state = 1;
  let text = "";
  while (text.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    text += `${words[state % words.length]} `;
  }
  return new TextEncoder().encode(text.slice(0, length));
}
