/** Level 4 in plain words: strings of bytes in a `Map`, pairs of bytes one after the other. */

export const STRETCH = 65_536;

/** A part of the file that is counted by itself, and what each count in it stands for. */
export interface Window {
  readonly bytes: Uint8Array;
  readonly weight: number;
}

/** Stretches of a file, all of weight 1. */
export function stretches(content: Uint8Array): Window[] {
  return Array.from({ length: Math.ceil(content.length / STRETCH) }, (_, i) => ({
    bytes: content.subarray(i * STRETCH, (i + 1) * STRETCH),
    weight: 1,
  }));
}

/** The window of `size` bytes of stretch `number`. */
export function windowOf(stretch: Uint8Array, number: number, size: number, weight: number): Window {
  if (stretch.length <= size) return { bytes: stretch, weight };
  const random = BigInt.asUintN(64, BigInt(number + 1) * 0x9e3779b97f4a7c15n) >> 32n;
  const start = Number((random * BigInt(stretch.length - size + 1)) >> 32n);
  return { bytes: stretch.subarray(start, start + size), weight };
}

/** The bytes before a place, as one number. */
function contextAt(bytes: Uint8Array, place: number, order: number): number {
  return bytes.subarray(place - order, place).reduce((context, byte) => 256 * context + byte, 0);
}

/** What follows each context of `order` bytes, by weight. */
export function contexts(windows: readonly Window[], order: number): Map<number, Map<number, number>> {
  const found = new Map<number, Map<number, number>>();
  for (const { bytes, weight } of windows) {
    for (let i = order; i < bytes.length; i++) {
      const context = contextAt(bytes, i, order);
      const followers = found.get(context) ?? new Map<number, number>();
      followers.set(bytes[i], (followers.get(bytes[i]) ?? 0) + weight);
      found.set(context, followers);
    }
  }
  return found;
}

/** Entropy of a byte where its context is known. */
export function conditionalEntropy(counts: ReadonlyMap<number, ReadonlyMap<number, number>>): number {
  let bits = 0;
  let total = 0;
  for (const followers of counts.values()) {
    const all = [...followers.values()].reduce((a, b) => a + b, 0);
    total += all;
    for (const count of followers.values()) bits += count * Math.log2(all / count);
  }
  return total === 0 ? 0 : bits / total;
}

/** Bits a byte that a coder needs which counts as it goes, starting each of the 256 bytes of a context at 1/32. */
export function adaptiveBits(windows: readonly Window[], order: number): number {
  const counts = new Map<number, { all: number; followers: Map<number, number> }>();
  let bits = 0;
  let bytesCoded = 0;
  for (const { bytes } of windows) {
    for (let i = order; i < bytes.length; i++) {
      const context = contextAt(bytes, i, order);
      const known = counts.get(context) ?? { all: 0, followers: new Map<number, number>() };
      const times = known.followers.get(bytes[i]) ?? 0;
      bits += Math.log2((known.all + 8) / (times + 1 / 32));
      known.followers.set(bytes[i], times + 1);
      known.all++;
      counts.set(context, known);
      bytesCoded++;
    }
  }
  return bits / bytesCoded;
}

/** Correlation and share of equal bytes over all pairs a lag apart. */
export function atLag(windows: readonly Window[], lag: number): { product: number; match: number } {
  let [n, x, y, xx, yy, xy, equal] = [0, 0, 0, 0, 0, 0, 0];
  for (const { bytes, weight } of windows) {
    for (let i = 0; i + lag < bytes.length; i++) {
      const [a, b] = [bytes[i], bytes[i + lag]];
      n += weight;
      x += weight * a;
      y += weight * b;
      xx += weight * a * a;
      yy += weight * b * b;
      xy += weight * a * b;
      if (a === b) equal += weight;
    }
  }
  const variances = (n * xx - x * x) * (n * yy - y * y);
  return { product: variances > 0 ? (n * xy - x * y) / Math.sqrt(variances) : 0, match: equal / n };
}
