import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import { MIX_MODELS, createMixPredictor, type MixModel } from "../src/index.ts";

const read = (name: string) => readFileSync(new URL(`golden/${name}`, import.meta.url));
const input = read("input.bin");
const golden = JSON.parse(read("mix.json").toString()) as {
  readonly every: number;
  readonly checksums: Readonly<Record<MixModel, string>>;
};

/** FNV-1a, 64 bits, of four bytes for each word, the lowest first. */
function fnv1a(words: Iterable<number>): string {
  const prime = 0x100000001b3n;
  let hash = 0xcbf29ce484222325n;
  for (const word of words) {
    for (let shift = 0; shift < 32; shift += 8) {
      hash = BigInt.asUintN(64, (hash ^ BigInt((word >> shift) & 255)) * prime);
    }
  }
  return hash.toString(16).padStart(16, "0");
}

test.each(MIX_MODELS)("the probabilities of %s stay as they are", (model) => {
  const predictor = createMixPredictor({ model, capacity: input.length });
  const probabilities = new Uint32Array(256);
  const words: number[] = [];
  input.forEach((byte, at) => {
    if (at % golden.every === 0) {
      predictor.predict(probabilities);
      words.push(...probabilities);
    }
    predictor.update(byte);
  });
  expect(fnv1a(words)).toBe(golden.checksums[model]);
});
