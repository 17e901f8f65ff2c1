import { describe, expect, test } from "@jest/globals";
import { instantiateKernel } from "@pith/core";
import { mix } from "../src/methods/mix/index.ts";
import { MODELS } from "../src/methods/mix/models.ts";

describe("the memory that a block of mix says it takes", () => {
  const all = [
    [10, 1],
    [14, 1000],
    [22, 4_000_000],
  ];
  const cases = MODELS.flatMap(({ name }, model) =>
    // Of those that are only read, which are the same but for their parts, one.
    (/-\d$/.test(name) ? all.slice(2) : all).map(([tableBits, length]) => ({ name, model, tableBits, length })),
  );

  test.each(cases)("covers the kernel's: $name, 2^$tableBits, $length bytes", ({ model, tableBits, length }) => {
    const kernel = instantiateKernel(MODELS[model].kernel);
    kernel.start(length, tableBits, 0);
    kernel.networkAddress();
    const said = mix.memory({ model, tableBits, words: false, x64: false }, length);
    expect(kernel.memory.buffer.byteLength).toBeLessThanOrEqual(said);
    expect(said).toBeLessThanOrEqual(kernel.memory.buffer.byteLength + 3 * length + 2 ** 16);
  });
});
