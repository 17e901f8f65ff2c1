import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compressSync } from "../src/compress.ts";
import { CompressStream } from "../src/streams/compress-stream.ts";
import { DecompressStream } from "../src/streams/decompress-stream.ts";
import { joined, noise, prose, streamOf } from "./helpers/content.ts";
import { fileOf } from "./helpers/files.ts";

type Through = CompressStream | DecompressStream;

async function piped(chunks: readonly Uint8Array[], through: Through): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of streamOf(chunks).pipeThrough(through)) parts.push(part);
  return joined(...parts);
}

/** Content cut at any places. */
function cut(content: Uint8Array): fc.Arbitrary<Uint8Array[]> {
  return fc.array(fc.integer({ min: 0, max: content.length }), { maxLength: 20 }).map((places) => {
    const ends = [...places.sort((a, b) => a - b), content.length];
    return ends.map((end, i) => content.slice(i === 0 ? 0 : ends[i - 1], end));
  });
}

describe("a stream", () => {
  const content = noise(9000);
  const options = { blockSize: 4096, method: "stored" } as const;
  const file = compressSync(content, options);

  test("does not depend on how its chunks are cut", async () => {
    await fc.assert(
      fc.asyncProperty(cut(content), cut(file), async (contentChunks, fileChunks) => {
        expect(await piped(contentChunks, new CompressStream(options))).toEqual(file);
        expect(await piped(fileChunks, new DecompressStream())).toEqual(content);
      }),
      { seed: 8, numRuns: 15 },
    );
  });

  test("takes a byte at a time", async () => {
    const bytes = Array.from({ length: file.length }, (_, i) => file.slice(i, i + 1));
    expect(await piped(bytes, new DecompressStream())).toEqual(content);
  });

  test("of nothing is a file of empty content", async () => {
    const empty = await piped([], new CompressStream());
    expect(empty).toEqual(compressSync(new Uint8Array(0)));
    expect(await piped([empty], new DecompressStream())).toEqual(new Uint8Array(0));
  });

  test("does not keep the writer's memory", async () => {
    const stream = new CompressStream(options);
    const writer = stream.writable.getWriter();
    const chunk = new Uint8Array(1000);
    const reading = new Response(stream.readable).arrayBuffer();
    for (let i = 0; i < 9; i++) {
      chunk.set(content.subarray(1000 * i, 1000 * (i + 1)));
      await writer.write(chunk);
    }
    await writer.close();
    expect(new Uint8Array(await reading)).toEqual(file);
  });

  test("gives what comes before the damage, then fails with the error that names it", async () => {
    const damaged = file.slice();
    damaged[5000] ^= 1;
    const reader = streamOf([damaged]).pipeThrough(new DecompressStream()).getReader();
    expect((await reader.read()).value).toEqual(content.slice(0, 4096));
    await expect(reader.read()).rejects.toMatchObject({ code: "damaged" });
  });

  test.each([
    ["cut", "truncated", file.slice(0, -1)],
    ["followed by something", "trailing-data", joined(file, Uint8Array.of(1))],
    ["no file", "not-pith", Uint8Array.of(1, 2, 3)],
    ["empty", "truncated", new Uint8Array(0)],
  ])("of a file that is %s fails so: %s", async (_, code, bytes) => {
    await expect(piped([bytes], new DecompressStream())).rejects.toMatchObject({ code });
  });

  test("fails the writer too", async () => {
    const { readable, writable } = new DecompressStream();
    const writer = writable.getWriter();
    const reading = readable.getReader().read();
    const writing = writer.write(Uint8Array.of(1, 2, 3));
    await expect(reading).rejects.toMatchObject({ code: "not-pith" });
    await expect(writing).rejects.toMatchObject({ code: "not-pith" });
    await expect(writer.closed).rejects.toMatchObject({ code: "not-pith" });
  });

  test("takes bytes as the platform's streams do: views, also of a part, and memory, also shared", async () => {
    const shared = new SharedArrayBuffer(content.length);
    new Uint8Array(shared).set(content);
    const around = new Uint8Array(content.length + 2);
    around.set(content, 1);
    const chunks = [content.buffer, shared, new DataView(around.buffer, 1, content.length), Buffer.from(content)];
    for (const chunk of chunks) {
      const stream = new CompressStream(options);
      const writer = stream.writable.getWriter();
      const written = writer.write(chunk).then(() => writer.close());
      const parts: Uint8Array[] = [];
      for await (const part of stream.readable) parts.push(part);
      await written;
      expect(joined(...parts)).toEqual(file);
    }
  });

  test("refuses chunks that are not bytes", async () => {
    const { readable, writable } = new CompressStream();
    const writer = writable.getWriter();
    writer.closed.catch(() => {});
    const reading = readable.getReader().read();
    await expect(writer.write("text" as unknown as Uint8Array)).rejects.toThrow(TypeError);
    await expect(reading).rejects.toThrow(TypeError);
  });
});

describe("a stream that is stopped", () => {
  test("fails at both ends with the reason of its signal", async () => {
    const abort = new AbortController();
    const { readable, writable } = new CompressStream({ signal: abort.signal });
    const writer = writable.getWriter();
    writer.closed.catch(() => {});
    const reading = readable.getReader().read();
    await writer.write(noise(100));
    abort.abort(new Error("enough"));
    await expect(reading).rejects.toThrow("enough");
    await expect(writer.write(noise(100))).rejects.toThrow("enough");
  });

  test("fails at once if the signal was aborted before", async () => {
    const { readable } = new DecompressStream({ signal: AbortSignal.abort(new Error("never")) });
    await expect(readable.getReader().read()).rejects.toThrow("never");
  });

  test("by its reader fails its writer", async () => {
    const { readable, writable } = new CompressStream();
    const writer = writable.getWriter();
    writer.closed.catch(() => {});
    await readable.cancel(new Error("no more"));
    await expect(writer.write(noise(10))).rejects.toThrow("no more");
  });

  test("by its writer fails its reader", async () => {
    const { readable, writable } = new DecompressStream();
    const reading = readable.getReader().read();
    await writable.abort(new Error("lost"));
    await expect(reading).rejects.toThrow("lost");
  });
});

describe("memory of a stream", () => {
  test("is bounded: nobody reads, so no more than threads + 1 blocks are taken in", async () => {
    const threads = 2;
    const { readable, writable } = new CompressStream({ blockSize: 4096, method: "stored", threads });
    const writer = writable.getWriter();
    let written = 0;
    const writing = (async () => {
      for (; written < 100; written++) await writer.write(noise(4096));
    })();
    writing.catch(() => {});
    const reader = readable.getReader();
    // The magic, then the first block; then the reader stops.
    await reader.read();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 300));
    // Given away; running; the one that is gathered; and a chunk that waits.
    expect(written).toBeLessThanOrEqual(1 + threads + 1 + 1);
    await reader.cancel();
  });

  test("is bounded: of many blocks in one chunk, one is decoded at a time", async () => {
    const file = fileOf(new Uint8Array(64 * 10_000), { method: "mix", blockSize: 10_000 });
    let done = 0;
    const { readable, writable } = new DecompressStream({ onProgress: (progress) => (done = progress.done) });
    const writer = writable.getWriter();
    writer.write(file).catch(() => {});
    const reader = readable.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(done).toBeLessThanOrEqual(2 * 10_000);
    await reader.cancel();
  });
});

test("prose comes back through both streams", async () => {
  const content = prose(30_000);
  const chunks: Uint8Array[] = [];
  const source = streamOf([content.slice(0, 7), content.slice(7)]);
  const both = source.pipeThrough(new CompressStream({ level: 1 })).pipeThrough(new DecompressStream());
  for await (const chunk of both) chunks.push(chunk);
  expect(joined(...chunks)).toEqual(content);
});

describe("a stream that is flushed", () => {
  const message = (n: number): Uint8Array => prose(900, n + 1);

  test.each([
    ["as it is by default", { level: 1 }],
    ["with blocks that are shorter than what is flushed", { level: 1, blockSize: 4096, threads: 2 }],
    ["without a look for repeats", { method: "stored" }],
    ["with repeats taken out", { method: "dedupe", level: 1 }],
  ] as const)("can be read up to what was written, before more is: %s", async (_, options) => {
    const compressing = new CompressStream(options);
    const decompressing = new DecompressStream();
    const piping = compressing.readable.pipeTo(decompressing.writable);
    const writer = compressing.writable.getWriter();
    const reader = decompressing.readable.getReader();
    for (let n = 0; n < 4; n++) {
      // The last ones are of several blocks, and as long as blocks are.
      const sent =
        n < 2 ? message(n) : joined(...Array.from({ length: 10 }, (_, i) => message(i))).subarray(0, n * 4096);
      await writer.write(sent);
      const flushing = compressing.flush();
      let got = new Uint8Array(0);
      while (got.length < sent.length) got = joined(got, (await reader.read()).value ?? new Uint8Array(0));
      await flushing;
      expect(Buffer.compare(got, sent)).toBe(0);
    }
    await writer.close();
    expect(await reader.read()).toEqual({ done: true, value: undefined });
    await piping;
  });

  test("gives a whole file each time, and nothing where nothing was written", async () => {
    const stream = new CompressStream({ level: 1 });
    const writer = stream.writable.getWriter();
    const files: Uint8Array[] = [];
    const reading = (async () => {
      for await (const part of stream.readable) files.push(part);
    })();
    await stream.flush();
    await writer.write(message(0));
    await stream.flush();
    await stream.flush();
    await writer.write(message(1));
    await writer.close();
    await stream.flush();
    await reading;
    const one = joined(compressSync(message(0), { level: 1 }), compressSync(message(1), { level: 1 }));
    expect(Buffer.compare(joined(...files), one)).toBe(0);
  });

  test("tells who flushes that it has failed", async () => {
    const stream = new CompressStream();
    const flushing = stream.flush();
    await stream.readable.cancel(new Error("no more"));
    await expect(flushing).rejects.toThrow("no more");
  });
});
