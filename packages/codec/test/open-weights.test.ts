import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { compressSync } from "../src/compress.ts";
import { openFile, type OpenFile } from "../src/random-access/range.ts";
import type { RandomAccessSource } from "../src/random-access/source.ts";
import { openWeights } from "../src/random-access/weights.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { bytesOf, normal, safetensors, toBf16, type Tensor } from "./helpers/tensors.ts";

const TENSORS: readonly Tensor[] = [
  { name: "first", type: "F32", shape: [300, 50], data: bytesOf(normal(15_000, 50)) },
  { name: "bias", type: "F32", shape: [50], data: bytesOf(normal(50)) },
  { name: "second", type: "BF16", shape: [200, 10, 20], data: toBf16(normal(40_000, 200, 5)) },
  { name: "none", type: "F32", shape: [0, 3], data: new Uint8Array(0) },
  { name: "one", type: "F32", shape: [], data: Uint8Array.of(0, 0, 128, 63) },
  { name: "packed", type: "F4", shape: [3, 2, 3], data: noise(9) },
];
const content = safetensors(...TENSORS);
const file = compressSync(content, { level: 1, blockSize: 40_000 });

/** A file that counts the bytes that are read of it. */
function counted(bytes: Uint8Array): RandomAccessSource & { read: RandomAccessSource["read"]; count: number } {
  const source = {
    size: bytes.length,
    count: 0,
    read: async (offset: number, length: number) => {
      source.count += length;
      return bytes.subarray(offset, offset + length);
    },
  };
  return source;
}

describe("weights that are open", () => {
  test.each(TENSORS)("give the tensor $name", async ({ name, data, shape }) => {
    const weights = await openWeights(file);
    expect(await weights.tensor(name)).toEqual(data);
    expect(weights.header.tensors.find((tensor) => tensor.name === name)?.shape).toEqual(shape);
  });

  test("read their header, and what a tensor needs, and nothing else", async () => {
    const source = counted(file);
    const weights = await openWeights(source);
    expect(source.count).toBeLessThan(2500);
    const before = source.count;
    await weights.tensor("bias");
    expect(source.count - before).toBeLessThan(40_000);
  });

  test("give some rows of a tensor, from the blocks that these lie in", async () => {
    const weights = await openWeights(file);
    const { data } = TENSORS[2];
    expect(await weights.tensor("second", { rows: [7, 9] })).toEqual(data.subarray(7 * 400, 9 * 400));
    expect(await weights.tensor("second", { rows: [200, 200] })).toEqual(new Uint8Array(0));
    await expect(weights.tensor("second", { rows: [7, 201] })).rejects.toThrow(RangeError);
    await expect(weights.tensor("second", { rows: [9, 7] })).rejects.toThrow(RangeError);
    await expect(weights.tensor("packed", { rows: [0, 1] })).resolves.toEqual(TENSORS[5].data.subarray(0, 3));
  });

  test("say what each tensor takes of the file", async () => {
    const weights = await openWeights(file);
    const lengths = TENSORS.map(({ name }) => weights.codedLength(name));
    expect(lengths[3]).toBe(0);
    expect(lengths[2]).toBeLessThan(0.7 * 80_000);
    const sum = lengths.reduce((all, length) => all + length, 0);
    expect(sum).toBeLessThan(file.length);
    expect(sum).toBeGreaterThan(0.98 * file.length);
  });

  test("are found in files whose tensors are not apart, too", async () => {
    const weights = await openWeights(compressSync(content, { level: 1, open: false, blockSize: 4096 }));
    expect(await weights.tensor("second")).toEqual(TENSORS[2].data);
  });

  test("say what is wrong", async () => {
    await expect(openWeights(compressSync(prose(4000), { level: 1 }))).rejects.toBeInstanceOf(PithError);
    await expect(openWeights(compressSync(new Uint8Array(0)))).rejects.toMatchObject({ code: "truncated" });
    await expect(openWeights(compressSync(content.subarray(0, 9000)))).rejects.toMatchObject({ code: "truncated" });
    await expect(openWeights(content)).rejects.toMatchObject({ code: "not-pith" });
    const weights = await openWeights(file);
    await expect(weights.tensor("third")).rejects.toThrow(
      new RangeError('tensor: expected one of the 6 in the file, got "third"'),
    );
  });
});

/** A `fetch` that has the files of a model: what a page gives to a library that asks for them by their addresses. */
function fetchFrom(files: ReadonlyMap<string, OpenFile>): typeof fetch {
  return async (input, init) => {
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const open = files.get(pathname);
    if (open === undefined) return new Response(null, { status: 404 });
    const range = /^bytes=(\d+)-(\d+)$/.exec(new Headers(init?.headers).get("range") ?? "");
    const [start, end] = range === null ? [0, open.contentLength] : [Number(range[1]), Number(range[2]) + 1];
    return new Response(await open.range(start, end), {
      status: range === null ? 200 : 206,
      headers: { "content-length": `${end - start}` },
    });
  };
}

test("a program that fetches a model's files gets them from what was compressed", async () => {
  const fetchModel = fetchFrom(new Map([["/model.safetensors", await openFile(file)]]));
  const whole = await fetchModel("https://model.example/model.safetensors");
  expect(Buffer.compare(new Uint8Array(await whole.arrayBuffer()), content)).toBe(0);
  const part = await fetchModel("https://model.example/model.safetensors", { headers: { range: "bytes=8-107" } });
  expect(part.status).toBe(206);
  expect(new Uint8Array(await part.arrayBuffer())).toEqual(joined(content.subarray(8, 108)));
  expect((await fetchModel("https://model.example/other.bin")).status).toBe(404);
});
