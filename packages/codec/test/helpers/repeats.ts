import { joined, noise } from "./content.ts";

/** Versions of content, one after the other, each with a few bytes changed, inserted and removed since the last. */
export function versions(first: Uint8Array, count: number, seed = 1): Uint8Array<ArrayBuffer> {
  const chance = noise(12 * count, seed);
  const all: Uint8Array[] = [first];
  for (let i = 1; i < count; i++) {
    let version = all[i - 1];
    for (let edit = 0; edit < 3; edit++) {
      const [a, b, c, d] = chance.subarray(12 * i + 4 * edit - 12);
      const at = Math.floor((version.length * (256 * a + b)) / 65_536);
      const removed = edit === 1 ? 0 : c % 60;
      const inserted = edit === 2 ? 0 : d % 60;
      version = joined(version.subarray(0, at), noise(inserted, seed + 100 * i + edit), version.subarray(at + removed));
    }
    all.push(version);
  }
  return joined(...all);
}
