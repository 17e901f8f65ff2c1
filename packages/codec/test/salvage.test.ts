import { describe, expect, test } from "@jest/globals";
import { compressSync } from "../src/compress.ts";
import { info } from "../src/info.ts";
import { salvage, type MissingContent, type Salvaged } from "../src/salvage/salvage.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { fileOf } from "./helpers/files.ts";
import { versions } from "./helpers/repeats.ts";

async function piecesOf(file: Uint8Array): Promise<Salvaged[]> {
  const pieces: Salvaged[] = [];
  for await (const piece of salvage(file, { threads: 0 })) pieces.push(piece);
  return pieces;
}

/** What is known of content: checks that each piece lies where it lay, as far as one is told how much is missing before. */
function compared(pieces: readonly Salvaged[], content: Uint8Array): { known: number; gaps: MissingContent[] } {
  const text = Buffer.from(content);
  const gaps: MissingContent[] = [];
  let [at, known] = [0, 0];
  let isPlaced = true;
  for (const piece of pieces) {
    if ("content" in piece) {
      if (!isPlaced) at = text.indexOf(piece.content, at);
      isPlaced = true;
      if (at < 0 || text.compare(piece.content, 0, piece.content.length, at, at + piece.content.length) !== 0) {
        throw new Error(`content that was not there, at ${at}`);
      }
      at += piece.content.length;
      known += piece.content.length;
      continue;
    }
    gaps.push(piece);
    if (piece.contentLength === undefined) isPlaced = false;
    else at += piece.contentLength;
  }
  if (isPlaced && at !== content.length) throw new Error(`expected ${content.length} bytes, got ${at}`);
  return { known, gaps };
}

const content = prose(1000);
const BLOCKS = 10;
const frame = fileOf(content, { blockSize: 100 });

describe("of a file", () => {
  test("that is whole, all comes back, and nothing is missing", async () => {
    for (const file of [frame, joined(frame, frame), compressSync(new Uint8Array(0)), compressSync(content)]) {
      expect((await piecesOf(file)).every((piece) => "content" in piece)).toBe(true);
    }
    expect(compared(await piecesOf(frame), content)).toEqual({ known: 1000, gaps: [] });
  });

  test("with an index, a byte that is changed costs one block at most, and is within what is named", async () => {
    const wrong: number[] = [];
    for (let at = 0; at < frame.length; at += 1 + (at % 4)) {
      const damaged = frame.map((byte, i) => (i === at ? byte ^ [1, 0x40, 0xff][at % 3] : byte));
      const { known, gaps } = compared(await piecesOf(damaged), content);
      const isNamed = gaps.some(({ offset, end }) => offset <= at && at < end);
      if (known < 1000 - 100 || !isNamed) wrong.push(at);
    }
    expect(wrong).toEqual([]);
  });

  test("that ends early, all blocks before come back", async () => {
    const { frames } = await info(frame);
    const ends = frames[0].blocks.map(({ offset, length }) => offset + length);
    for (let length = 0; length < frame.length; length += 23) {
      const { known, gaps } = compared(await piecesOf(frame.subarray(0, length)), content);
      expect(known).toBe(100 * ends.filter((end) => end <= length).length);
      expect(gaps.length).toBe(1);
      expect(gaps[0].end).toBe(length);
    }
  });

  test("in which bytes were lost or came in between, the blocks before and behind come back", async () => {
    const cut = joined(frame.subarray(0, 500), frame.subarray(517));
    const more = joined(frame.subarray(0, 500), noise(33), frame.subarray(500));
    for (const damaged of [cut, more]) {
      const { known, gaps } = compared(await piecesOf(damaged), content);
      expect(known).toBe(1000 - 100);
      expect(gaps.length).toBe(1);
    }
  });

  test("of frames without indexes, the next frame is found", async () => {
    const one = (seed: number): Uint8Array => fileOf(prose(300, seed), { method: "lz" });
    const file = joined(one(1), one(2), one(3));
    const whole = joined(prose(300, 1), prose(300, 2), prose(300, 3));
    const second = one(1).length;
    for (let at = second; at < second + one(2).length; at += 11) {
      const { known, gaps } = compared(await piecesOf(file.map((byte, i) => (i === at ? byte ^ 0x55 : byte))), whole);
      expect(known).toBe(600);
      expect([gaps.length, gaps[0].offset <= at && at < gaps[0].end]).toEqual([1, true]);
    }
  });

  test("that was put into another as it is, nothing comes out of what is inside", async () => {
    const outer = fileOf(joined(noise(150), frame, noise(50)), { blockSize: 400 });
    const inside = joined(noise(150), frame, noise(50));
    for (let at = 0; at < outer.length; at += 31) {
      compared(await piecesOf(outer.map((byte, i) => (i === at ? byte ^ 0x10 : byte))), inside);
    }
  });

  test("of noise, or of nothing, nothing comes back, and all of it is named", async () => {
    for (const file of [new Uint8Array(0), noise(3000), joined(Uint8Array.of(0x8f, 0x70), noise(500))]) {
      const pieces = await piecesOf(file);
      expect(pieces.every((piece) => !("content" in piece))).toBe(true);
      expect(pieces.at(0)).toMatchObject({ offset: 0 });
      expect(pieces.at(-1)).toMatchObject({ end: file.length });
    }
  });

  test("that does not say how much is missing, no number is made up", async () => {
    const damaged = joined(frame.subarray(0, 500), noise(400, 5));
    const { gaps } = compared(await piecesOf(damaged), content);
    expect(gaps.at(-1)?.contentLength).toBe(undefined);
    expect(frame.length).toBeGreaterThan(BLOCKS * 100);
  });
});

describe("of a block in which what comes again is coded once", () => {
  const first = noise(20_000);
  const repetitive = joined(versions(first, 3), prose(30_000), first);
  const file = compressSync(repetitive, { level: 1, blockSize: 16_384, method: "dedupe" });

  test("what whole parts make up comes back", async () => {
    const { frames } = await info(file);
    const [{ parts }] = frames[0].blocks;
    expect(parts.length).toBeGreaterThan(2);
    const costs: number[] = [];
    let at = file.length;
    for (const { payloadLength } of parts.toReversed()) {
      const place = at - 20;
      const { known, gaps } = compared(
        await piecesOf(file.map((byte, i) => (i === place ? byte ^ 0x08 : byte))),
        repetitive,
      );
      expect(gaps.every(({ offset, end }) => offset < place && place < end)).toBe(true);
      costs.push(repetitive.length - known);
      at -= payloadLength;
    }
    // Some of it is only in one part; what all of it needs, the instructions, is in the first.
    expect(Math.min(...costs)).toBeGreaterThan(0);
    expect(Math.min(...costs)).toBeLessThan(repetitive.length / 2);
  });
});

describe("of a hostile file, no more is read than some tens of times its length", () => {
  /** Bytes that are read to find that nothing is whole. */
  async function readOf(file: Uint8Array): Promise<number> {
    let bytes = 0;
    const read = async (offset: number, length: number): Promise<Uint8Array> => {
      bytes += length;
      return file.subarray(offset, offset + length);
    };
    for await (const piece of salvage({ size: file.length, read }, { threads: 0 })) {
      expect(piece).not.toHaveProperty("content");
    }
    return bytes;
  }

  test("where an index of 65,009 bytes seems to end every 7 bytes", async () => {
    const file = joined(...Array<Uint8Array>(30_000).fill(Uint8Array.of(0xf1, 0xfd, 0, 0, 0x70, 0x8f, 0)));
    expect(await readOf(file)).toBeLessThan(32 * file.length);
  });

  test("where a frame of 100,000 bytes seems to begin every few bytes", async () => {
    const content = noise(100_000);
    const whole = compressSync(content, { method: "stored" });
    const head = whole.subarray(0, whole.length - content.length);
    const file = joined(Uint8Array.of(0), ...Array<Uint8Array>(5000).fill(head), new Uint8Array(content.length));
    expect(await readOf(file)).toBeLessThan(32 * file.length);
  });
});
