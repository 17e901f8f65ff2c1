import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
// The built package: workers run from there.
import {
  compress,
  CompressStream,
  compressSync,
  decompress,
  decompressRange,
  decompressSync,
  DecompressStream,
  info,
  sampleRepeats,
  verify,
  type CompressOptions,
  type RepeatSample,
} from "@pith/codec";
import { compressSettings } from "../src/plan/options.ts";
import { gatherSync } from "../src/run/gather.ts";
import { splitContent } from "../src/run/split.ts";
import { sampleRepeats as sampleHere } from "../src/sample-repeats.ts";
import { joined, noise, prose, streamOf } from "./helpers/content.ts";
import { fileOf, thrownBy } from "./helpers/files.ts";
import { versions } from "./helpers/repeats.ts";

const BLOCK = 16_384;
const options = { level: 1, blockSize: BLOCK };
/** Five versions, of which each is longer than a block. */
const repetitive = versions(noise(30_000), 5);
const ordinary = joined(noise(50_000), prose(5000));

async function blocksOf(file: Uint8Array): Promise<{ transforms: readonly string[]; contentLength: number }[]> {
  const { frames } = await info(file);
  return frames.flatMap(({ blocks }) => blocks.map(({ transforms, contentLength }) => ({ transforms, contentLength })));
}

async function piped(
  content: Uint8Array,
  through: CompressStream | DecompressStream,
  chunk: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < content.length; at += chunk) chunks.push(content.slice(at, at + chunk));
  const parts: Uint8Array[] = [];
  for await (const part of streamOf(chunks).pipeThrough(through)) parts.push(part);
  return Buffer.concat(parts);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

describe("content that comes again in later blocks", () => {
  const file = compressSync(repetitive, options);

  test("is coded once", async () => {
    expect(file.length).toBeLessThan(32_000);
    expect(await blocksOf(file)).toEqual([{ transforms: ["dedupe"], contentLength: repetitive.length }]);
    expect(same(decompressSync(file), repetitive)).toBe(true);
  });

  test("becomes the same bytes on this thread, on one worker, on three, and in a stream of any chunks", async () => {
    for (const threads of [0, 1, 3]) expect(same(await compress(repetitive, { ...options, threads }), file)).toBe(true);
    for (const chunk of [999, 50_000]) {
      expect(same(await piped(repetitive, new CompressStream({ ...options, threads: 2 }), chunk), file)).toBe(true);
    }
  });

  test("comes back on this thread, in slices, on workers, in a stream, and in ranges", async () => {
    for (const threads of [0, 1, 3]) expect(same(await decompress(file, { threads }), repetitive)).toBe(true);
    expect(same(await piped(file, new DecompressStream({ threads: 2 }), 10_000), repetitive)).toBe(true);
    const range = await decompressRange(file, 50_000, 100_000, { threads: 2 });
    expect(same(range, repetitive.subarray(50_000, 100_000))).toBe(true);
    expect(await verify(file, { threads: 2 })).toMatchObject({ contentLength: repetitive.length, blocks: 1 });
  });

  test("comes back in as much memory as the file says, and not in less", async () => {
    const { memory } = await info(file);
    expect(memory).toBeGreaterThan(repetitive.length);
    expect(same(decompressSync(file, { memoryLimit: memory }), repetitive)).toBe(true);
    expect(thrownBy(() => decompressSync(file, { memoryLimit: memory - 1 }))).toMatchObject({ code: "memory-limit" });
    const limited = decompress(file, { memoryLimit: repetitive.length, threads: 0 });
    await expect(limited).rejects.toMatchObject({ code: "memory-limit", offset: 2 });
  });

  test("may follow, and come before, what is new", async () => {
    const content = joined(ordinary, repetitive, noise(60_000, 77));
    const mixed = compressSync(content, options);
    expect(mixed.length).toBeLessThan(content.length - 100_000);
    expect(same(decompressSync(mixed), content)).toBe(true);
  });

  test("reports progress that never goes back and ends at the total", async () => {
    for (const threads of [0, 2]) {
      const seen: number[] = [];
      await compress(repetitive, { ...options, threads, onProgress: ({ done }) => seen.push(done) });
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.at(-1)).toBe(repetitive.length);
      const back: number[] = [];
      await decompress(file, { threads, onProgress: ({ done }) => back.push(done) });
      expect(back).toEqual([...back].sort((a, b) => a - b));
      expect(back.at(-1)).toBe(repetitive.length);
    }
  });

  test("can be stopped while it is looked through", async () => {
    const abort = new AbortController();
    const running = compress(repetitive, { ...options, signal: abort.signal, threads: 0 });
    setTimeout(() => abort.abort(new Error("enough")), 0);
    await expect(running).rejects.toThrow("enough");
  });
});

test("what comes again further away than a stream is held back is coded once from the second time on", () => {
  const content = versions(noise(60_000), 3);
  const settings = compressSettings(options);
  const dedupe = { ...settings.dedupe!, lookBack: 2 * BLOCK };
  const units = [...gatherSync(splitContent(content, { blockSize: BLOCK }), { ...settings, dedupe })];
  const last = units.at(-1)!;
  expect(units.slice(0, -1).every((unit) => "content" in unit && unit.content.length === BLOCK)).toBe(true);
  expect("parts" in last && last.contentLength > 110_000 && last.input.length < 75_000).toBe(true);
});

describe("content that was sampled beforehand", () => {
  test.each([
    ["that repeats all along", repetitive],
    ["that repeats in the middle", joined(ordinary, repetitive, noise(60_000, 77))],
    ["in which nothing comes again", ordinary],
    ["of less than a block", prose(5000)],
    ["that is empty", new Uint8Array(0)],
  ])("becomes the same bytes in a stream as all at once, %s", async (_, content) => {
    const file = compressSync(content, options);
    for (const source of [content, new Blob([content.slice()])]) {
      const repeats = await sampleRepeats(source, options);
      expect(repeats === undefined).toBe(content.length <= BLOCK);
      expect(same(await piped(content, new CompressStream({ ...options, repeats, threads: 0 }), 30_000), file)).toBe(
        true,
      );
    }
  });

  test("is coded once where it comes again further away than a stream is held back", async () => {
    const content = versions(noise(60_000), 3);
    const settings = compressSettings({ ...options, repeats: await sampleHere(content, options) });
    const dedupe = { ...settings.dedupe!, lookBack: 2 * BLOCK };
    const units = [...gatherSync(splitContent(content, { blockSize: BLOCK }), { ...settings, dedupe })];
    expect(units.map((unit) => "parts" in unit && unit.contentLength)).toEqual([content.length]);
  });

  test("needs a sample only for the method that looks for repeats by itself", async () => {
    for (const method of ["dedupe", "mix", "stored"] as const) {
      expect(await sampleRepeats(repetitive, { ...options, method })).toBeUndefined();
    }
  });

  test("is told of as it goes by, and can be left", async () => {
    const seen: number[] = [];
    await sampleRepeats(repetitive, { ...options, onProgress: ({ done }) => seen.push(done) });
    expect(seen).toEqual([repetitive.length]);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(sampleRepeats(repetitive, { ...options, signal })).rejects.toThrow("enough");
  });

  test("is an error where the sample is none, and where the source ends early", async () => {
    expect(() => compressSync(repetitive, { ...options, repeats: [0] as unknown as RepeatSample })).toThrow(
      new TypeError("repeats: expected what sampleRepeats gives, got object"),
    );
    const short = { size: 100_000, read: () => Promise.resolve(new Uint8Array(10)) };
    await expect(sampleRepeats(short, options)).rejects.toMatchObject({ code: "truncated", offset: 10 });
  });
});

describe("content in which nothing comes again", () => {
  test.each<[string, Uint8Array, CompressOptions]>([
    ["by itself", ordinary, options],
    ["where deduplication is asked for", ordinary, { ...options, method: "dedupe" }],
    ["where little comes again", joined(ordinary, noise(800)), options],
    [
      "where little comes again and deduplication is asked for",
      joined(ordinary, noise(800)),
      { ...options, method: "dedupe" },
    ],
    ["where it comes again within a block", joined(noise(8000), noise(8000), noise(30_000, 2)), options],
    ["where there is nothing", new Uint8Array(0), { ...options, method: "dedupe" }],
  ])("is coded as ever %s", async (_, content, given) => {
    const usual = fileOf(content, { ...options, method: "auto" });
    expect(same(compressSync(content, given), usual)).toBe(true);
    expect(same(await piped(content, new CompressStream({ ...given, threads: 0 }), 30_000), usual)).toBe(true);
    expect((await blocksOf(usual)).every(({ transforms }) => !transforms.includes("dedupe"))).toBe(true);
  });
});

/** Bytes of memory that a block takes at least. */
function leastMemory(): number {
  const refused = thrownBy(() => compressSettings({ ...options, memoryLimit: 1 })) as RangeError;
  return Number(/\d+/u.exec(refused.message)?.[0]);
}

describe("deduplication that is asked for", () => {
  test("takes out what comes again in less than a block", async () => {
    const content = versions(noise(4000), 3);
    const file = compressSync(content, { method: "dedupe" });
    expect(file.length).toBeLessThan(4800);
    expect(await blocksOf(file)).toEqual([{ transforms: ["dedupe"], contentLength: content.length }]);
    expect(same(decompressSync(file), content)).toBe(true);
  });

  test("needs memory, and says how much", () => {
    expect(
      thrownBy(() => compressSync(repetitive, { ...options, method: "dedupe", memoryLimit: leastMemory() + 1000 })),
    ).toMatchObject({
      name: "RangeError",
      message: /^memoryLimit: expected at least the \d+ bytes that dedupe takes with blocks of 16384 bytes, got \d+$/u,
    });
  });

  test("begins anew where memory ends, so that content may be of any length", async () => {
    const memoryLimit = leastMemory() + 400_000;
    const content = versions(noise(60_000), 10);
    const file = compressSync(content, { ...options, method: "dedupe", memoryLimit });
    const blocks = await blocksOf(file);
    expect(blocks.length).toBeGreaterThan(1);
    expect(blocks.every(({ transforms }) => transforms.includes("dedupe"))).toBe(true);
    expect((await info(file)).memory).toBeLessThanOrEqual(memoryLimit);
    expect(same(decompressSync(file, { memoryLimit }), content)).toBe(true);
    expect(same(await decompressRange(file, 400_000, 500_000), content.subarray(400_000, 500_000))).toBe(true);
  });
});

describe("a damaged file", () => {
  const content = versions(noise(3000), 4);
  const file = compressSync(content, { method: "dedupe" });

  test("is found out, wherever it is cut", () => {
    for (let length = 0; length < file.length; length += 7) {
      expect(thrownBy(() => decompressSync(file.subarray(0, length)))).toMatchObject({
        code: "truncated",
        offset: length,
      });
    }
  });

  test("is the same error on workers", async () => {
    for (const at of [40, 100, file.length - 5]) {
      const damaged = file.slice();
      damaged[at] ^= 1;
      const { code, offset, message } = thrownBy(() => decompressSync(damaged)) as PithError;
      for (const threads of [0, 2])
        await expect(decompress(damaged, { threads })).rejects.toMatchObject({ code, offset, message });
    }
  });
});

describe("content that repeats itself within blocks", () => {
  const period = (length: number): Uint8Array => {
    const unit = noise(length, 5);
    return Uint8Array.from({ length: 300_000 }, (_, i) => unit[i % length]);
  };

  test.each<[string, Uint8Array, number]>([
    ["zeros", new Uint8Array(300_000), 80],
    ["another byte", new Uint8Array(300_000).fill(255), 80],
    ["a period of two bytes", period(2), 80],
    ["a period of 40 bytes", period(40), 200],
    ["a period of 512 bytes", period(512), 660],
  ])("is coded once, in one block or several, at once or in a stream: %s", async (_, content, most) => {
    for (const blockSize of [BLOCK, 2 ** 21]) {
      const given = { level: 1, blockSize };
      const file = compressSync(content, given);
      expect(file.length).toBeLessThan(most);
      expect((await blocksOf(file)).map(({ transforms }) => transforms)).toEqual([["dedupe"]]);
      expect(same(decompressSync(file), content)).toBe(true);
      expect(same(await piped(content, new CompressStream({ ...given, threads: 0 }), 99_999), file)).toBe(true);
    }
  });

  test("is no reason to deduplicate what follows, where that is known", async () => {
    const content = joined(new Uint8Array(100_000), noise(100_000));
    const repeats = await sampleRepeats(content, options);
    const file = await piped(content, new CompressStream({ ...options, repeats, threads: 0 }), 30_000);
    expect(same(file, compressSync(content, { ...options, repeats }))).toBe(true);
    const [first, ...others] = await blocksOf(file);
    expect(first.transforms).toEqual(["dedupe"]);
    expect(first.contentLength).toBeLessThan(100_000 + 2 * BLOCK);
    expect(others.length).toBeGreaterThan(4);
    expect(others.every(({ transforms }) => transforms.length === 0)).toBe(true);
    expect(same(decompressSync(file), content)).toBe(true);
  });

  test("is coded with the level that was asked for, with smaller tables where content that is longer needs the memory", () => {
    const { dedupe } = compressSettings({ level: 9 }, 2 ** 21);
    expect(dedupe).toMatchObject({
      near: { part: { level: 9, halvings: 0 } },
      far: { part: { level: 9, halvings: 1 } },
    });
  });
});

describe("a range of what is coded once", () => {
  const text = prose(60_000);
  const first = noise(40_000);
  const content = joined(
    first,
    text,
    first.subarray(1000, 30_000),
    prose(90_000).subarray(60_000),
    new Uint8Array(50_000),
    text,
  );
  const file = compressSync(content, { level: 1, blockSize: BLOCK, method: "dedupe" });

  test("is the same as of the whole, wherever it lies", async () => {
    expect(await blocksOf(file)).toEqual([{ transforms: ["dedupe"], contentLength: content.length }]);
    let state = 17;
    for (let count = 0; count < 40; count++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const start = state % content.length;
      const end = Math.min(content.length, start + ((state >>> 8) % 60_000));
      const range = await decompressRange(file, start, end, { threads: 0 });
      expect([start, end, same(range, content.subarray(start, end))]).toEqual([start, end, true]);
    }
  });

  test("needs no part but those that it is made of, and notices damage in these", async () => {
    const [{ blocks }] = (await info(file)).frames;
    const { parts, offset, length } = blocks[0];
    expect(parts.length).toBeGreaterThan(5);
    // The last part holds the last of the noise: no text is made of it.
    const damaged = file.slice();
    damaged[offset + length - 100] ^= 1;
    const [start, end] = [content.length - 20_000, content.length - 10_000];
    const inText = await decompressRange(damaged, start, end, { threads: 0 });
    expect(same(inText, content.subarray(start, end))).toBe(true);
    for (const behind of [40_000, content.length]) {
      await expect(decompressRange(damaged, 0, behind, { threads: 0 })).rejects.toBeInstanceOf(PithError);
    }
  });

  test("is right or refused, whatever byte is changed", async () => {
    for (let at = 3; at < file.length; at += 499) {
      const damaged = file.slice();
      damaged[at] ^= 4;
      const range = decompressRange(damaged, 50_000, 60_000, { threads: 0 }).then(
        (bytes) => same(bytes, content.subarray(50_000, 60_000)),
        (error: unknown) => error instanceof PithError,
      );
      expect([at, await range]).toEqual([at, true]);
    }
    for (let at = 2; at < 40; at++) {
      const damaged = file.slice();
      damaged[at] ^= 1;
      const range = decompressRange(damaged, 50_000, 60_000, { threads: 0 }).then(
        (bytes) => same(bytes, content.subarray(50_000, 60_000)),
        (error: unknown) => error instanceof PithError,
      );
      expect([at, await range]).toEqual([at, true]);
    }
  });
});
