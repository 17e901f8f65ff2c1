import type { WordList } from "./packing.ts";
import { FIRST_LONG_SLOT, GROUP_SLOTS, ONE_BYTE_SLOTS, SLOTS } from "./slots.ts";

/** Slots whose codes begin with some bytes: the first, and the one behind the last. None where no code does. */
function slotsOf(code: Uint8Array): readonly [from: number, to: number] {
  const [lead, second, third] = [code.at(0) ?? 0, code.at(1), code.at(2)];
  const within = (first: number, each: number, byte: number | undefined, most: number): [number, number] => {
    if (byte === undefined) return [first, first + each * most];
    const index = byte - 0x80;
    return index < 0 || index >= most ? [0, 0] : [first + index * each, first + (index + 1) * each];
  };
  if (lead < 0x80) return [0, 0];
  if (lead < 0xc0) return within(0, 1, lead, ONE_BYTE_SLOTS);
  if (lead < 0xf0) return within(ONE_BYTE_SLOTS + (lead - 0xc0) * 64, 1, second, 64);
  const group = FIRST_LONG_SLOT + (lead - 0xf0) * GROUP_SLOTS;
  const [from, to] = within(group, 64, second, GROUP_SLOTS / 64);
  return third === undefined || from === to ? [from, to] : within(from, 1, third, 64);
}

/**
 * Words whose codes begin with some bytes, the first ones of them.
 *
 * @param code its bytes, or those that it begins with
 * @returns at most `most`, and how many there are in all
 */
export function firstWords(
  { letters, starts }: WordList,
  code: Uint8Array,
  most: number,
): { readonly words: readonly string[]; readonly count: number } {
  const [from, to] = slotsOf(code);
  const words: string[] = [];
  let count = 0;
  for (let slot = from; slot < Math.min(to, SLOTS); slot++) {
    if (starts[slot] === starts[slot + 1]) continue;
    count++;
    if (words.length < most) words.push(String.fromCharCode(...letters.subarray(starts[slot], starts[slot + 1])));
  }
  return { words, count };
}
