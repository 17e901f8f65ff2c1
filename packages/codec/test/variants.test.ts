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
import { bases, joined, noise, prose } from "./helpers/content.ts";

const CONTENTS: readonly [string, Uint8Array, CompressOptions][] = [
  ["nothing", new Uint8Array(0), {}],
  ["one byte", Uint8Array.of(7), {}],
  ["prose", prose(60_000), { level: 1, blockSize: 16_384 }],
  ["noise", noise(60_000), { level: 1, blockSize: 16_384 }],
  ["bases", bases(60_000), { level: 1, blockSize: 16_384 }],
  ["all of them", joined(prose(30_000), noise(30_000), bases(30_000)), { level: 2, blockSize: 20_000 }],
  ["prose, stored", prose(60_000), { method: "stored", blockSize: 4096 }],
  ["prose, as DNA", prose(20_000), { method: "dna", level: 1 }],
  ["prose at the default level", prose(30_000), {}],
];

/** Content through a stream, in chunks of changing length. */
async function piped(content: Uint8Array, through: CompressStream | DecompressStream): Promise<Uint8Array> {
  const lengths = noise(1000, 5);
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0, i = 0; at < content.length; i++) {
        const end = at + 1 + lengths[i % lengths.length] ** 2;
        controller.enqueue(content.slice(at, end));
        at = end;
      }
      controller.close();
    },
  });
  const parts: Uint8Array[] = [];
  for await (const part of source.pipeThrough(through)) parts.push(part);
  return joined(...parts);
}

describe.each(CONTENTS)("%s", (_, content, options) => {
  const file = compressSync(content, options);

  test("becomes the same bytes on this thread, on one worker, on three, and in a stream", async () => {
    expect(await compress(content, options)).toEqual(file);
    expect(await compress(content, { ...options, threads: 3 })).toEqual(file);
    expect(await piped(content, new CompressStream(options))).toEqual(file);
    expect(await piped(content, new CompressStream({ ...options, threads: 3 }))).toEqual(file);
  });

  test("comes back on this thread, on one worker, on three, and in a stream", async () => {
    expect(decompressSync(file)).toEqual(content);
    expect(await decompress(file)).toEqual(content);
    expect(await decompress(file, { threads: 3 })).toEqual(content);
    expect(await piped(file, new DecompressStream())).toEqual(content);
    expect(await piped(file, new DecompressStream({ threads: 3 }))).toEqual(content);
  });

  test("is found whole", async () => {
    const { contentLength, fileLength } = await verify(file, { threads: 2 });
    expect([contentLength, fileLength]).toEqual([content.length, file.length]);
  });
});
