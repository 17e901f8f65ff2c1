import { expect, test } from "@jest/globals";
import { Model } from "../src/model.ts";
import { ReferenceNetwork } from "./network-reference.ts";

/** Weights of a network that knows nothing, large and small. */
function weightsOf(length: number, seed: number): Uint8Array {
  let state = seed;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const value = (state >>> 24) - 128;
    return (state & 0x10000) === 0 ? value >> 3 : value;
  });
}

function expectedBy({ kernel }: Model): number[] {
  return [...new Uint32Array(kernel.memory.buffer, kernel.expectedAddress() + 1024, 256)];
}

test("the network expects what the reference does, of any bytes", () => {
  const model = new Model();
  for (const seed of [1, 2, 3]) {
    const weights = weightsOf(model.kernel.networkLength(), seed);
    model.start();
    model.takeNetwork(weights);
    const reference = new ReferenceNetwork(new Int8Array(weights.buffer));
    expect(expectedBy(model)).toEqual(reference.expected());
    for (const byte of new TextEncoder().encode("A line\n\tand é, \0\x7f.")) {
      model.learn(Uint8Array.of(byte));
      reference.learn(byte);
      expect(expectedBy(model)).toEqual(reference.expected());
    }
  }
});

test("a model that goes back has its network where it was", () => {
  const model = new Model();
  model.takeNetwork(weightsOf(model.kernel.networkLength(), 5));
  model.mark();
  const before = expectedBy(model);
  model.learn(new TextEncoder().encode("something else"));
  expect(expectedBy(model)).not.toEqual(before);
  model.back();
  expect(expectedBy(model)).toEqual(before);
});

test("weights that are not the network's are refused", () => {
  expect(() => new Model().takeNetwork(new Uint8Array(7))).toThrow(RangeError);
});
