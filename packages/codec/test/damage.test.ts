import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { loadModels } from "../src/methods/load-models.ts";
import { METHOD_NAMES } from "../src/methods/registry.ts";
import { noise, prose, joined, bases } from "./helpers/content.ts";
import { acceptedFlips, fileOf, thrownBy } from "./helpers/files.ts";

/** What may happen to a damaged file: a PithError that names a place in it, or the same content all the same. */
function expectFound(damaged: Uint8Array, content: Uint8Array): void {
  let back: Uint8Array;
  try {
    back = decompressSync(damaged, { memoryLimit: 2 ** 28 });
  } catch (error) {
    if (!(error instanceof PithError)) throw error;
    expect(error.offset).toBeGreaterThanOrEqual(0);
    expect(error.offset).toBeLessThanOrEqual(damaged.length);
    return;
  }
  if (Buffer.compare(back, content) !== 0) throw new Error("other content came out, and no error");
}

await loadModels("pairs-small");
const text = prose(140);
const repeated = joined(...Array.from({ length: 5 }, () => noise(300)));
const FILES: readonly [string, Uint8Array, Uint8Array][] = [
  ["empty content", new Uint8Array(0), fileOf(new Uint8Array(0))],
  ["many stored blocks", text, fileOf(text, { blockSize: 20 })],
  ["several frames of blocks", text, fileOf(text, { blockSize: 20, blocksPerFrame: 4 })],
  ...METHOD_NAMES.map((method): [string, Uint8Array, Uint8Array] => {
    const content = method === "dna" ? bases(300) : text;
    return [`a block of the method ${method}`, content, fileOf(content, { method })];
  }),
  ["two mixed blocks", prose(90), fileOf(prose(90), { method: "mix", blockSize: 60 })],
  ["a block of parts, without what comes again", repeated, compressSync(repeated, { method: "dedupe" })],
  ["concatenated files", joined(text, text), joined(fileOf(text), fileOf(text, { blockSize: 100 }))],
];

describe.each(FILES)("a file of %s", (_, content, file) => {
  test("comes back when it is whole", () => {
    expect(decompressSync(file)).toEqual(content);
  });

  test("is refused when one bit is flipped, whichever it is", () => {
    expect(acceptedFlips(file)).toEqual([]);
  });

  test("says of a bit flipped in a payload in which block it lies, and nothing else", async () => {
    const { frames } = await info(file);
    for (const { offset, length, payloadLength, parts, transforms } of frames.flatMap(({ blocks }) => blocks)) {
      const end = offset + length;
      for (let i = 0; i < 40; i++) {
        const at = end - 1 - ((i * 7919) % payloadLength);
        if (!(at < end && payloadLength > 0)) continue;
        const flipped = file.slice();
        flipped[at] ^= 1 << (i % 8);
        const error = thrownBy(() => decompressSync(flipped)) as PithError;
        // The header of a part may name a method that is not there, or ask for memory; so may what a transform reads.
        if (parts.length + transforms.length === 0) expect(error.code).toBe("damaged");
        expect(["damaged", "unknown-method", "memory-limit"]).toContain(error.code);
        expect(error.offset).toBeGreaterThanOrEqual(offset);
        expect(error.offset).toBeLessThanOrEqual(at);
        expect(error.end ?? end).toBeLessThanOrEqual(end);
        expect(error.end ?? end).toBeGreaterThan(at);
      }
    }
  });

  test("never gives other content when one byte is lost or comes twice", () => {
    for (let at = 0; at < file.length; at++) {
      const lost = joined(file.subarray(0, at), file.subarray(at + 1));
      // Where one file is followed by another, losing its end alone cannot make it a file again.
      if (Buffer.compare(lost, file) !== 0) expectFound(lost, content);
      expectFound(joined(file.subarray(0, at), file.subarray(at, at + 1), file.subarray(at)), content);
    }
  });

  test("says where it goes on after its end", () => {
    for (const extra of [Uint8Array.of(0), Uint8Array.of(0x8f, 0x71), new TextEncoder().encode("\nmore")]) {
      const error = thrownBy(() => decompressSync(joined(file, extra)));
      expect(error).toMatchObject({ code: "trailing-data", offset: file.length });
    }
  });
});

describe("a file that is cut", () => {
  const files = FILES.filter(([name]) => !/frames|concatenated/.test(name));

  test.each(files)("of %s says that it is truncated, and where it ends", (_, __, file) => {
    for (let length = 0; length < file.length; length++) {
      const error = thrownBy(() => decompressSync(file.subarray(0, length)));
      expect(error).toMatchObject({ code: "truncated", offset: length });
    }
  });

  test("between two frames is a file; elsewhere it is truncated", () => {
    const [one, two] = [fileOf(text), fileOf(text, { blockSize: 100 })];
    const file = joined(one, two);
    for (let length = 0; length < file.length; length++) {
      const cut = file.subarray(0, length);
      if (length === one.length) expect(decompressSync(cut)).toEqual(text);
      else expect(thrownBy(() => decompressSync(cut))).toMatchObject({ code: "truncated", offset: length });
    }
  });
});

describe("bytes that are no file", () => {
  test("are refused, whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(thrownBy(() => decompressSync(bytes))).toBeInstanceOf(PithError);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  test("are refused also behind a magic and a version", () => {
    const limited = { memoryLimit: 2 ** 24 };
    fc.assert(
      fc.property(fc.integer({ min: 0x40, max: 0x7f }), fc.uint8Array({ maxLength: 100 }), (head, bytes) => {
        const file = joined(Uint8Array.of(0x8f, 0x70, head), bytes);
        expect(thrownBy(() => decompressSync(file, limited))).toBeInstanceOf(PithError);
      }),
      { seed: 6, numRuns: 1000 },
    );
  });

  test.each([
    ["no magic", "not-pith", 0, [0x50, 0x4b, 3, 4]],
    ["half a magic, then something else", "not-pith", 0, [0x8f, 0x71, 0x60]],
    ["a version that comes later", "unsupported-version", 2, [0x8f, 0x70, 0xe0, 4]],
    ["version 0", "invalid-field", 2, [0x8f, 0x70, 0x20, 0]],
    ["a method that is not known", "unknown-method", 2, [0x8f, 0x70, 0x6e, 5, 1]],
    ["a transform that is not known", "unknown-method", 4, [0x8f, 0x70, 0x71, 5, 0x7f, 5]],
    ["a transform of id 0", "unknown-method", 4, [0x8f, 0x70, 0x71, 5, 0, 5]],
    ["five transforms", "invalid-field", 12, [0x8f, 0x70, 0x71, 5, 0x81, 5, 0x81, 5, 0x81, 5, 0x81, 5, 1, 5]],
    ["a transform that leaves nothing", "invalid-field", 4, [0x8f, 0x70, 0x71, 5, 1, 0]],
    ["a stored block with a transform", "invalid-field", 2, [0x8f, 0x70, 0x70, 5, 1, 5]],
    ["an empty block that is not the last", "invalid-field", 2, [0x8f, 0x70, 0x40, 0, 0]],
    ["an empty block that is not stored", "invalid-field", 2, [0x8f, 0x70, 0x61, 0, 0]],
    ["a block of more than 2^30 bytes", "invalid-field", 3, [0x8f, 0x70, 0x60, 0x81, 0x80, 0x80, 0x80, 0x04]],
    ["a content length of more than 35 bits", "invalid-field", 3, [0x8f, 0x70, 0x60, 255, 255, 255, 255, 255, 1]],
  ])("are refused by name: %s", (_, code, offset, bytes) => {
    expect(thrownBy(() => decompressSync(Uint8Array.from(bytes)))).toMatchObject({ code, offset });
  });

  test("are named by what was expected and what was there", () => {
    expect(thrownBy(() => decompressSync(Uint8Array.of(0x8f, 0x70, 0x6e)))).toMatchObject({ got: "method 14" });
    expect(thrownBy(() => decompressSync(new TextEncoder().encode("PK")))).toMatchObject({
      message: "this is not a .pith file at byte 0: expected 8f 70, got 50 4b",
    });
  });
});

describe("an index", () => {
  const file = fileOf(noise(100), { blockSize: 30 });

  test("that differs from the blocks is refused where it differs", () => {
    // tag, count 4, then lengths; the first block has 1 + 1 + 8 + 30 bytes.
    const start = file.lastIndexOf(0xf1);
    expect([...file.subarray(start, start + 4)]).toEqual([0xf1, 4, 40, 30]);
    const damaged = file.slice();
    damaged[start + 3]++;
    expect(thrownBy(() => decompressSync(damaged))).toMatchObject({
      code: "invalid-field",
      offset: start + 3,
      expected: 30,
      got: 31,
    });
  });

  test("does not hide that two blocks changed places", () => {
    const [first, second] = [file.slice(2, 42), file.slice(42, 82)];
    const changed = joined(file.subarray(0, 2), second, first, file.subarray(82));
    expect(thrownBy(() => decompressSync(changed))).toMatchObject({ code: "damaged", offset: 2, end: 42 });
  });
});
