import { expect, test } from "@jest/globals";
import { Model } from "../src/model.ts";

const encoder = new TextEncoder();
const text = (lines: number, salt: number): Uint8Array =>
  encoder.encode(
    Array.from(
      { length: lines },
      (_, i) => `{"id":${i * salt},"name":"sensor ${i % 7}"}\nThe ${i % 5}th of them.\n`,
    ).join(""),
  );

/** All that the model goes by: what it keeps to go back to lies behind it. */
function memoryOf({ kernel }: Model): Uint8Array {
  return new Uint8Array(kernel.memory.buffer, 0, kernel.modelEnd());
}

function encode(model: Model, content: Uint8Array): void {
  model.kernel.startInterval();
  for (const byte of content) model.kernel.encodeByte(byte);
}

test("a model that goes back has every byte as it was when it was marked", () => {
  const model = new Model();
  model.learn(text(20, 3));
  model.mark();
  const before = memoryOf(model).slice();
  const { globals } = model.keep();
  for (const salt of [5, 7, 9]) {
    encode(model, text(10, salt));
    expect(Buffer.compare(memoryOf(model), before)).not.toBe(0);
    model.back();
    expect(Buffer.compare(memoryOf(model), before)).toBe(0);
    expect(model.keep().globals).toEqual(globals);
  }
});

test("a model that was marked again goes back no further", () => {
  const model = new Model();
  model.mark();
  encode(model, text(5, 3));
  model.mark();
  const learnt = memoryOf(model).slice();
  encode(model, text(5, 9));
  model.back();
  expect(Buffer.compare(memoryOf(model), learnt)).toBe(0);
});

test("priming teaches the same as learning does, but for what mixes and corrects", () => {
  const learnt = new Model();
  const primed = new Model();
  const content = text(60, 11);
  learnt.learn(content);
  primed.prime(content);
  const finals = 1024 * 16 * 4;
  const start = learnt.kernel.weightsAddress() + 9 * 2048 * learnt.kernel.weightBytes() + finals;
  const [a, b] = [memoryOf(learnt), memoryOf(primed)];
  const differing: number[] = [];
  for (let i = start; i < a.length; i++) if (a[i] !== b[i]) differing.push(i);
  expect(differing.length).toBeGreaterThan(0);
  // The maps of both secondary estimations, which lie together.
  expect((differing.at(-1) ?? 0) - differing[0]).toBeLessThan(2 * 8192 * 100);
});

test("priming first leaves what priming leaves", () => {
  const [first, other] = [new Model(), new Model()];
  const content = text(400, 11);
  first.primeFirst(content);
  other.prime(content);
  expect(Buffer.compare(memoryOf(first), memoryOf(other))).toBe(0);
  expect(first.keep().globals).toEqual(other.keep().globals);
});

test("parameters that are not the model's are refused", () => {
  const model = new Model();
  expect(() => model.takeParameters(new Uint8Array(100))).toThrow(RangeError);
  expect(() => model.takeParameters(new Uint8Array(100_000).fill(255))).toThrow(RangeError);
});
