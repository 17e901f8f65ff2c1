import { beforeAll, describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
// The built package: workers run from there.
import {
  compress,
  CompressStream,
  decompress,
  decompressRange,
  DecompressStream,
  verify,
  type CompressOptions,
  type MethodName,
  type NeuralOptions,
} from "@pith/codec";
import { createNeuralTrainer, packNeuralModel, type NeuralArchitecture } from "@pith/predictors";
import { compressSync } from "../src/compress.ts";
import { checksum } from "../src/bytes/checksum.ts";
import { writeBlockHeader } from "../src/format/block-header.ts";
import { split } from "../src/methods/split/index.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { networkHash } from "../src/methods/neural/custom-network.ts";
import { joined, noise } from "./helpers/content.ts";
import { ENGLISH } from "../../pairs/test/helpers/english.ts";
import { thrownBy } from "./helpers/files.ts";

const english = new TextEncoder().encode(ENGLISH);

function trained(architecture: NeuralArchitecture, alphabetSize = 256): Uint8Array {
  const trainer = createNeuralTrainer({ alphabetSize, architecture, hidden: 32, chunk: 16, rate: 0.01 });
  const symbols = english.subarray(0, 400).map((byte) => byte % alphabetSize);
  for (let epoch = 0; epoch < 3; epoch++) for (const _ of trainer.train(symbols));
  return packNeuralModel({ options: trainer.shape, weights: trainer.weights() });
}

let network: Uint8Array;
let other: Uint8Array;
let file: Uint8Array;
let options: Omit<CompressOptions, "repeats">;
beforeAll(() => {
  network = trained("gru");
  other = trained("none");
  options = { method: "neural", neural: { network }, blockSize: 4096 };
  file = compressSync(english, options);
});

describe.each(["neural", "rank"] as const)("a network that is given, by the method %s", (method) => {
  test("gives back all bytes, and those it was trained on small", async () => {
    const content = joined(english, noise(100), english);
    const coded = compressSync(content, { method, neural: { network } });
    expect(coded.length).toBeLessThan(0.7 * content.length);
    expect(decompressSync(coded, { networks: [other, network] })).toEqual(content);
    const [block] = (await info(coded)).frames[0].blocks;
    expect(block).toMatchObject({ method, kind: `static ${networkHash(network)}`, learntLength: 0 });
  });

  test("may be any of the networks", () => {
    for (const architecture of ["residual", "rnn", "lstm", "transformer"] as const) {
      const packed = trained(architecture);
      const coded = compressSync(english.subarray(0, 900), { method, neural: { network: packed } });
      expect(decompressSync(coded, { networks: [packed] })).toEqual(english.subarray(0, 900));
    }
  });
});

test("ranks of a given network may be in a Huffman code", () => {
  const neural: NeuralOptions = { network, coder: "huffman", learning: "static" };
  const coded = compressSync(english, { method: "rank", neural });
  expect(decompressSync(coded, { networks: [network] })).toEqual(english);
});

describe("a network that is given reaches", () => {
  const content = joined(...Array.from({ length: 30 }, () => english));
  const means = () => ({ networks: [network], threads: 2 });

  test("workers and the calling thread, which write the same", async () => {
    const coded = await compress(content, { ...options, threads: 2 });
    expect(await compress(content, { ...options, threads: 0 })).toEqual(coded);
    expect(compressSync(content, options)).toEqual(coded);
    expect(await decompress(coded, means())).toEqual(content);
    expect(await decompress(coded, { ...means(), threads: 0 })).toEqual(content);
    expect(decompressSync(coded, { networks: [network] })).toEqual(content);
    expect(await verify(coded, means())).toMatchObject({ contentLength: content.length });
    expect(await decompressRange(coded, 5000, 5010, means())).toEqual(content.slice(5000, 5010));
  });

  test("streams", async () => {
    const stream = new Blob([content])
      .stream()
      .pipeThrough(new CompressStream({ ...options, threads: 2 }))
      .pipeThrough(new DecompressStream(means()));
    expect(new Uint8Array(await new Response(stream).arrayBuffer())).toEqual(content);
  });
});

test("a part of a block may name a network that is given", async () => {
  const [number, last, contentLength] = [0, true, english.length];
  const payload = file.subarray(2);
  const header = writeBlockHeader({
    number,
    last,
    contentLength,
    stages: [],
    method: split,
    parameters: null,
    payloadLength: payload.length,
    checksum: checksum(english, number),
  });
  const whole = joined(file.subarray(0, 2), header, payload);
  expect(decompressSync(whole, { networks: [network] })).toEqual(english);
  expect(await decompress(whole, { networks: [network], threads: 0 })).toEqual(english);
  const missing = { code: "unknown-method", offset: 2 + header.length };
  expect(thrownBy(() => decompressSync(whole))).toMatchObject(missing);
  await expect(decompress(whole)).rejects.toMatchObject(missing);
});

test("a network that is missing is named, and what was given; a block before it still comes", async () => {
  const missing = { code: "unknown-method", offset: 2, expected: networkHash(network) };
  const error = thrownBy(() => decompressSync(file, { networks: [other] }));
  expect(error).toMatchObject({ ...missing, got: networkHash(other) });
  expect((error as Error).message).toContain("network is not among those that were given (option networks)");
  expect(thrownBy(() => decompressSync(file))).toMatchObject({ ...missing, got: "none" });
  await expect(decompress(file)).rejects.toMatchObject(missing);
  await expect(decompress(file, { threads: 0 })).rejects.toMatchObject(missing);
  await expect(decompressRange(file, 0, 1)).rejects.toMatchObject(missing);
  await expect(verify(file)).rejects.toMatchObject(missing);
  const two = joined(compressSync(noise(50)), file);
  const reader = new Blob([two]).stream().pipeThrough(new DecompressStream()).getReader();
  expect((await reader.read()).value).toEqual(noise(50));
  await expect(reader.read()).rejects.toMatchObject({ code: "unknown-method" });
});

test("a network that was given once is not kept", () => {
  expect(decompressSync(file, { networks: [network] })).toEqual(english);
  expect(thrownBy(() => decompressSync(file))).toMatchObject({ code: "unknown-method" });
});

test("a network that is damaged is refused before anything is coded", () => {
  const inBoth = (packed: Uint8Array): unknown => {
    const error = thrownBy(() => compressSync(english, { method: "neural", neural: { network: packed } }));
    expect(thrownBy(() => decompressSync(file, { networks: [network, packed] }))).toEqual(error);
    return error;
  };
  const flipped = network.slice();
  flipped[flipped.length >> 1] ^= 4;
  expect(inBoth(flipped)).toMatchObject({ code: "checksum-mismatch" });
  expect(inBoth(new Uint8Array(0))).toMatchObject({ code: "truncated" });
  for (let length = 1; length < network.length; length += 997) {
    expect(inBoth(network.subarray(0, length))).toBeInstanceOf(PithError);
  }
  expect(inBoth(trained("rnn", 64))).toMatchObject({ code: "invalid-field", expected: 256, got: 64 });
});

test("data that no encoder wrote is refused", () => {
  for (let length = 2; length < file.length; length += 17) {
    const damaged = file.slice();
    damaged[length] ^= 1 << (length & 7);
    for (const bytes of [damaged, file.subarray(0, length)]) {
      expect(thrownBy(() => decompressSync(bytes, { networks: [network] }))).toBeInstanceOf(PithError);
    }
  }
});

test("a network is bounded by the memory that is allowed", async () => {
  const few = { memoryLimit: 100_000 };
  expect(thrownBy(() => compressSync(english, { ...options, ...few }))).toMatchObject({ code: "memory-limit" });
  expect(thrownBy(() => decompressSync(file, { networks: [network], ...few }))).toMatchObject({ code: "memory-limit" });
  const some = { memoryLimit: 900_000 };
  expect(thrownBy(() => compressSync(english, { ...options, ...some }))).toMatchObject({ name: "RangeError" });
  const error = thrownBy(() => decompressSync(file, { networks: [network], ...some }));
  expect(error).toMatchObject({ code: "memory-limit", offset: 2 });
});

test.each([
  [{ learning: "dynamic" }, "neural", 'network: expected with learning "static", got with "dynamic"'],
  [{ learning: "adaptive" }, "neural", 'network: expected with learning "static", got with "adaptive"'],
  [{ hidden: 64 }, "neural", "hidden: expected with a network that is not given"],
  [{ orders: 2 }, "rank", 'orders: expected with learning "adaptive", got with "static"'],
  [{}, "mix", 'neural: expected with the method "neural" or "rank", got with "mix"'],
] as const)("a network with %j and the method %s is refused", (more, method: MethodName, message) => {
  const error = thrownBy(() => compressSync(english, { method, neural: { network, ...more } }));
  expect(error).toMatchObject({ name: "TypeError", message: expect.stringContaining(message) });
});

test("what is no bytes is no network", () => {
  const text = "network" as unknown as Uint8Array;
  expect(() => compressSync(english, { method: "neural", neural: { network: text } })).toThrow(TypeError);
  expect(() => decompressSync(file, { networks: [text] })).toThrow("networks: expected a Uint8Array, got string");
});
