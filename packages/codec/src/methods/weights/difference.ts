/**
 * Values as their differences to those at the same places of another file, the base: where few weights have changed, or all of
 * them by little, that is next to nothing.
 *
 * Floats are numbered in their order first, so that those beside each other differ by one; differences have their sign as the
 * lowest bit. Of values of eight bytes it is the exclusive or.
 */
import type { Segment } from "./segments.ts";

/** How values stand beside each other. */
export type Stretch = Pick<Segment, "bytes" | "isFloat" | "count">;

/** A step from a value and its base to what is coded, or from that and the base to the value. */
type Step = (value: number, base: number, isFloat: boolean) => number;

function number(value: number, isFloat: boolean, sign: number): number {
  if (!isFloat) return value;
  return (value & sign) === 0 ? value | sign : ~value;
}

function float(value: number, isFloat: boolean, sign: number): number {
  if (!isFloat) return value;
  return (value & sign) === 0 ? ~value : value & ~sign;
}

function stepsOf(bits: 8 | 16 | 32): { readonly away: Step; readonly back: Step } {
  const sign = 1 << (bits - 1);
  const unused = 32 - bits;
  return {
    away: (value, base, isFloat) => {
      const difference = ((number(value, isFloat, sign) - number(base, isFloat, sign)) << unused) >> unused;
      return (difference << 1) ^ (difference >> 31);
    },
    back: (coded, base, isFloat) => {
      const difference = (coded >>> 1) ^ -(coded & 1);
      return float(number(base, isFloat, sign) + difference, isFloat, sign);
    },
  };
}

const STEPS = { 1: stepsOf(8), 2: stepsOf(16), 4: stepsOf(32) } as const;

/**
 * What is coded of some values.
 *
 * @param stretches what the values are, from the first on
 * @param base as many bytes
 */
export function differences(
  values: Uint8Array,
  base: Uint8Array,
  stretches: readonly Stretch[],
): Uint8Array<ArrayBuffer> {
  const coded = new Uint8Array(values.length);
  let at = 0;
  for (const stretch of stretches) at = step(values, base, stretch, at, coded, "away");
  return coded;
}

/** Undoes {@link differences} of one stretch in place, from `at` on; returns where the next begins. */
export function addBase(values: Uint8Array, base: Uint8Array, stretch: Stretch, at: number): number {
  return step(values, base, stretch, at, values, "back");
}

function step(
  from: Uint8Array,
  base: Uint8Array,
  { bytes, isFloat, count }: Stretch,
  at: number,
  to: Uint8Array,
  way: "away" | "back",
): number {
  const end = at + bytes * count;
  if (bytes === 8) {
    for (let i = at; i < end; i++) to[i] = from[i] ^ base[i];
    return end;
  }
  const change = STEPS[bytes][way];
  if (bytes === 1) for (let i = at; i < end; i++) to[i] = change(from[i], base[i], isFloat);
  else if (bytes === 2) {
    for (let i = at; i < end; i += 2) {
      const value = change(from[i] | (from[i + 1] << 8), base[i] | (base[i + 1] << 8), isFloat);
      to[i] = value;
      to[i + 1] = value >>> 8;
    }
  } else {
    const [a, b, c] = [from, base, to].map((array) => new DataView(array.buffer, array.byteOffset));
    for (let i = at; i < end; i += 4) c.setInt32(i, change(a.getInt32(i, true), b.getInt32(i, true), isFloat), true);
  }
  return end;
}
