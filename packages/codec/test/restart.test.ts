import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { encodeBlock } from "../src/block/encode.ts";
import { loadModels } from "../src/methods/load-models.ts";
import { compressSettings, type CompressOptions } from "../src/plan/options.ts";
import { bases, noise, prose } from "./helpers/content.ts";
import { tone, wav } from "./helpers/samples.ts";
import { bytesOf, normal } from "./helpers/tensors.ts";
import { picture } from "./helpers/pictures.ts";

await loadModels();

/** Of each kernel and network that keeps something of its own from symbol to symbol. */
const CASES: readonly [string, Uint8Array, CompressOptions][] = [
  ["text", prose(250), { level: 3, kind: "text" }],
  ["text, with a network", prose(250), { level: 9, kind: "text" }],
  ["text, with a trained network", prose(250), { level: 10, kind: "text" }],
  ["records", prose(250), { level: 9, kind: "binary" }],
  ["the longest context", prose(250), { method: "ppm" }],
  ["bases", bases(400), { method: "dna" }],
  ["copies", prose(250), { method: "lz" }],
  ["pairs", prose(250), { method: "pairs" }],
  ["pictures", picture("progressive"), { method: "jpeg" }],
  ["weights", bytesOf(normal(600, 60)), { method: "weights" }],
  ["sound", wav(tone(400, 2, 2), 2, 2), { method: "samples" }],
  ...(["lstm", "gru", "rnn", "residual", "transformer"] as const).map((architecture) => {
    const neural = { architecture, hidden: 8, chunk: 4, orders: 2, tableBits: 8 };
    return [architecture, prose(250), { method: "neural", neural }] as [string, Uint8Array, CompressOptions];
  }),
  ["a network that does not learn", prose(250), { method: "neural", neural: { learning: "static" } }],
];

/** What a kernel has done, and how far, must not be seen in what it does next: the same instance does it. */
describe.each(CASES)("a kernel for %s", (_, content, options) => {
  const again = (): void => {
    expect(compressSync(content, options)).toEqual(file);
    expect(decompressSync(file)).toEqual(content);
  };
  const file = compressSync(content, options);

  test("starts anew after damaged data, wherever that ended", () => {
    const chance = noise(8);
    for (let i = 0; i < 4; i++) {
      const damaged = file.slice();
      damaged[10 + (chance[2 * i] % (file.length - 10))] ^= 1 << (chance[2 * i + 1] & 7);
      expect(() => decompressSync(damaged)).toThrow(PithError);
      again();
    }
  });

  test("starts anew after a longer block that nobody wanted the rest of", () => {
    const longer = Uint8Array.from({ length: 8_000 }, (_, i) => content[i % content.length]);
    const steps = encodeBlock({ content: longer, number: 0, last: true }, compressSettings(options).block);
    while ((steps.next().value as number) <= 0);
    steps.return(longer);
    again();
  });
});
