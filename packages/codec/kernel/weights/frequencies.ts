/**
 * Frequencies of bytes: what is written of them, and what follows from that. They are written on a scale of eight steps an
 * octave, for each symbol or for groups of symbols beside each other, which then share one; both sides make them add up.
 */
import { SCALE } from "../../../entropy/kernel/rans";
import { number } from "./side";

/** Contexts of what is written, up to 32 of them. */
const PRESENT: i32 = 0;
const FIRST: i32 = 1;
const LAST: i32 = 9;
const STEPS: i32 = 17;
/** Bits of a step on the scale. */
const STEP_BITS: i32 = 7;
const STEP_MASK: i32 = (1 << STEP_BITS) - 1;

/** The place of a frequency on the scale: exact below 16, then eight to an octave. */
function placeOf(frequency: i32): i32 {
  if (frequency < 16) return frequency;
  const shift = 28 - clz(frequency);
  const rounded = (frequency + (1 << (shift - 1))) >> shift;
  return (shift << 3) + rounded;
}

// @ts-ignore: decorator
@inline
function frequencyAt(place: i32): i32 {
  return place < 16 ? place : (8 + (place & 7)) << ((place >> 3) - 1);
}

function sumOf(counts: usize, length: i32): u32 {
  let sum: u32 = 0;
  for (let i = 0; i < length; i++) sum += load<u32>(counts + (i << 2));
  return sum;
}

/**
 * Writes or reads the frequencies of a table.
 *
 * @param counts u32 of each of 256 symbols, of whoever writes
 * @param frequencies u16 of each, that come of it: together 4096
 * @param groupBits log2 of the symbols that share a frequency
 * @returns false for what nobody writes
 */
export function codeFrequencies(counts: usize, frequencies: usize, groupBits: i32): bool {
  memory.fill(frequencies, 0, 512);
  const total = counts == 0 ? 0 : sumOf(counts, 256);
  if (number(<i32>(total > 0), 1, PRESENT) == 1) {
    const bits = 8 - groupBits;
    let first = 0;
    let last = (1 << bits) - 1;
    if (counts != 0) {
      while (sumOf(counts + (first << (groupBits + 2)), 1 << groupBits) == 0) first++;
      while (sumOf(counts + (last << (groupBits + 2)), 1 << groupBits) == 0) last--;
    }
    first = number(first, bits, FIRST + groupBits);
    last = number(last, bits, LAST + groupBits);
    if (last < first) return false;
    let place = 0;
    const kind = STEPS + (groupBits > 0 ? 2 : 0);
    for (let group = first; group <= last; group++) {
      let next = 0;
      if (counts != 0) {
        const sum = sumOf(counts + (group << (groupBits + 2)), 1 << groupBits);
        if (sum > 0) next = placeOf(max(1, <i32>(((<u64>sum << 12 >> groupBits) + (total >> 1)) / total)));
      }
      place = (place + number((next - place) & STEP_MASK, STEP_BITS, kind + <i32>(place == 0))) & STEP_MASK;
      if (place > 80) return false;
      const frequency = frequencyAt(place);
      for (let i = 0; i < 1 << groupBits; i++) {
        store<u16>(frequencies + (((group << groupBits) + i) << 1), frequency);
      }
    }
  }
  complete(frequencies);
  return true;
}

/** Scales frequencies so that they add up to 4096, each below it: none that is there vanishes. */
function complete(frequencies: usize): void {
  let count = 0;
  let sum = 0;
  let any = 0;
  for (let symbol = 0; symbol < 256; symbol++) {
    const frequency: i32 = load<u16>(frequencies + (symbol << 1));
    if (frequency == 0) continue;
    count++;
    sum += frequency - 1;
    any = symbol;
  }
  if (count <= 1) {
    store<u16>(frequencies + (any << 1), SCALE - 1);
    store<u16>(frequencies + ((any ^ 1) << 1), 1);
    return;
  }
  // Each has one; what is left is shared by what it has above that, or evenly.
  const left = SCALE - count;
  const shares = sum == 0 ? count : sum;
  let seen = 0;
  let given = 0;
  for (let symbol = 0; symbol < 256; symbol++) {
    const at = frequencies + (symbol << 1);
    const frequency: i32 = load<u16>(at);
    if (frequency == 0) continue;
    seen += sum == 0 ? 1 : frequency - 1;
    const next = <i32>((<i64>left * seen) / shares);
    store<u16>(at, 1 + next - given);
    given = next;
  }
}
