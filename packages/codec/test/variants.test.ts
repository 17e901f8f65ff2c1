import { describe, expect, test } from "@jest/globals";
// The built package: workers run from there.
import {
  compress,
  compressSync,
  CompressStream,
  decompress,
  decompressSync,
  DecompressStream,
  verify,
  type CompressOptions,
} from "@pith/codec";
import { bases, joined, noise, prose, streamOf } from "./helpers/content.ts";

const CONTENTS: readonly [string, Uint8Array, CompressOptions][] = [
  ["nothing", new Uint8Array(0), {}],
  ["one byte", Uint8Array.of(7), {}],
  ["content of three natures", joined(prose(20_000), noise(20_000), bases(20_000)), { level: 1, blockSize: 16_384 }],
  ["prose, stored", prose(60_000), { method: "stored", blockSize: 4096 }],
  [
    "prose by a network, as ranks of tokens",
    prose(9000),
    { method: "rank", level: 4, blockSize: 4096, neural: { vocabulary: 100, coder: "huffman" } },
  ],
  ["prose at the default level", prose(8000), {}],
];

/** Content through a stream, in chunks of changing length. */
async function piped(content: Uint8Array, through: CompressStream | DecompressStream): Promise<Uint8Array> {
  const lengths = noise(1000, 5);
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < content.length; i++) {
    const end = at + 1 + lengths[i % lengths.length] ** 2;
    chunks.push(content.slice(at, end));
    at = end;
  }
  const parts: Uint8Array[] = [];
  for await (const part of streamOf(chunks).pipeThrough(through)) parts.push(part);
  return joined(...parts);
}

describe.each(CONTENTS)("%s", (_, content, options) => {
  const file = compressSync(content, options);

  test("becomes the same bytes on this thread, on one worker, on three, and in a stream", async () => {
    expect(await compress(content, options)).toEqual(file);
    expect(await compress(content, { ...options, threads: 3 })).toEqual(file);
    expect(await compress(content, { ...options, threads: 0 })).toEqual(file);
    expect(await piped(content, new CompressStream({ ...options, threads: 2 }))).toEqual(file);
  });

  test("comes back on this thread, on one worker, on three, and in a stream", async () => {
    expect(decompressSync(file)).toEqual(content);
    expect(await decompress(file)).toEqual(content);
    expect(await decompress(file, { threads: 3 })).toEqual(content);
    expect(await decompress(file, { threads: 0 })).toEqual(content);
    expect(await piped(file, new DecompressStream({ threads: 2 }))).toEqual(content);
  });

  test("is found whole", async () => {
    const { contentLength, fileLength } = await verify(file, { threads: 2 });
    expect([contentLength, fileLength]).toEqual([content.length, file.length]);
  });
});

test("a worker is handed the weights that English starts from at the highest level", async () => {
  const content = prose(17_000);
  const file = await compress(content, { level: 10 });
  expect(await decompress(file, { threads: 2 })).toEqual(content);
  expect(decompressSync(file)).toEqual(content);
});
