import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { compressSync } from "../src/compress.ts";
import { decompress, decompressSync } from "../src/decompress.ts";
import { encodeBlock } from "../src/block/encode.ts";
import { checksum } from "../src/bytes/checksum.ts";
import { writeBlockHeader } from "../src/format/block-header.ts";
import { split } from "../src/methods/split/index.ts";
import { decompressRange } from "../src/random-access/range.ts";
import { finish } from "@pith/core/steps";
import { info } from "../src/info.ts";
import type { MethodName } from "../src/plan/names.ts";
import { verify } from "../src/verify.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { thrownBy } from "./helpers/files.ts";

/** A file of one block whose payload is these bytes. */
function fileOf(content: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = writeBlockHeader({
    number: 0,
    last: true,
    contentLength: content.length,
    stages: [],
    method: split,
    parameters: null,
    payloadLength: payload.length,
    checksum: checksum(content, 0),
  });
  return joined(Uint8Array.of(0x8f, 0x70), header, payload);
}

function part(content: Uint8Array, number: number, last: boolean, method: MethodName = "mix"): Uint8Array {
  return finish(encodeBlock({ content, number, last }, { level: 1, method, kind: "text" }), () => undefined);
}

const [first, second] = [prose(5000), prose(4000, 2)];
const content = joined(first, second);
const parts = [part(first, 0, false), part(second, 1, true)];
const file = fileOf(content, joined(...parts));
/** A part of three bytes, of any number but the last. */
const tinyAt = (number: number): Uint8Array => part(noise(3), number, false, "stored");
const tiny = tinyAt(0);
/** Of the payload. */
const start = file.length - parts[0].length - parts[1].length;

describe("a block of parts", () => {
  test("comes back on this thread, in slices, on workers, and in ranges", async () => {
    expect(decompressSync(file)).toEqual(content);
    expect(await decompress(file, { threads: 0 })).toEqual(content);
    expect(await decompressRange(file, 4990, 5010, { threads: 0 })).toEqual(content.slice(4990, 5010));
    expect(await verify(file)).toMatchObject({ contentLength: 9000, blocks: 1 });
  });

  test("says what it takes: itself and its largest part", async () => {
    const { frames, memory } = await info(file);
    expect(frames[0].blocks[0]).toMatchObject({ method: "split", kind: undefined, parameters: null, memory });
    const [alone] = (await info(joined(Uint8Array.of(0x8f, 0x70), part(first, 0, true)))).frames[0].blocks;
    expect(memory).toBeGreaterThan(alone.memory + content.length);
    expect(decompressSync(file, { memoryLimit: memory })).toEqual(content);
    const limit = { memoryLimit: memory - 1 };
    expect(thrownBy(() => decompressSync(file, limit))).toMatchObject({ code: "memory-limit", offset: start });
    await expect(decompress(file, { ...limit, threads: 0 })).rejects.toMatchObject({
      code: "memory-limit",
      offset: start,
    });
  });

  test.each<[string, string, number, Uint8Array]>([
    ["no part", "truncated", 0, new Uint8Array(0)],
    ["a part that has no end", "truncated", 9, joined(parts[0].subarray(0, 9))],
    ["no last part", "truncated", parts[0].length, parts[0]],
    [
      "something behind its last part",
      "trailing-data",
      parts[0].length + parts[1].length,
      joined(...parts, Uint8Array.of(0x40)),
    ],
    ["parts that changed places", "checksum-mismatch", 20, joined(part(second, 0, false), part(first, 1, true))],
    ["too little content", "invalid-field", 0, part(first, 0, true)],
    ["too much content", "invalid-field", 0, joined(parts[0], part(second, 1, false), part(second, 2, true))],
    [
      "too many parts",
      "invalid-field",
      1024 * tiny.length,
      joined(...Array.from({ length: 1025 }, (_, i) => tinyAt(i))),
    ],
    ["nothing in its part", "invalid-field", 0, part(new Uint8Array(0), 0, true)],
  ])("is refused by name if it has %s", async (_, code, at, payload) => {
    // A payload is shorter than its content.
    const damaged = fileOf(prose(Math.max(content.length, payload.length + 1)), payload);
    const error = thrownBy(() => decompressSync(damaged)) as PithError;
    expect(error).toMatchObject({ code: "damaged", end: damaged.length, cause: { code } });
    const { offset } = error.cause as PithError;
    if (code !== "checksum-mismatch") expect(offset).toBe(damaged.length - payload.length + at);
    await expect(decompress(damaged, { threads: 0 })).rejects.toMatchObject({ code: "damaged", offset: error.offset });
  });

  test("may have parts that have parts, whose memory counts, and no deeper ones", async () => {
    const inner = joined(...parts);
    const outer = fileOf(content, fileOf(content, inner).subarray(2));
    expect(decompressSync(outer)).toEqual(content);
    for (const threads of [0, 2]) expect(await decompress(outer, { threads })).toEqual(content);
    const { memory, frames } = await info(outer);
    expect(frames[0].blocks[0].parts).toMatchObject([
      { method: "split", parts: [{ method: "mix" }, { method: "mix" }] },
    ]);
    expect(memory).toBeGreaterThan((await info(file)).memory + content.length);
    expect(decompressSync(outer, { memoryLimit: memory })).toEqual(content);
    for (const threads of [0, 2]) {
      await expect(decompress(outer, { memoryLimit: memory - 1, threads })).rejects.toMatchObject({
        code: "memory-limit",
      });
    }
    const deeper = fileOf(content, outer.subarray(2));
    expect(thrownBy(() => decompressSync(deeper))).toMatchObject({ code: "damaged" });
    await expect(info(deeper)).rejects.toMatchObject({ code: "invalid-field" });
  });

  const whole = joined(prose(70), noise(30));
  const flat = fileOf(whole, joined(part(prose(70), 0, false), part(noise(30), 1, true, "stored")));

  test.each([
    ["", flat],
    [" of a part", fileOf(whole, flat.subarray(2))],
  ])("is refused, or comes back, when any bit%s is flipped", (_, intact) => {
    for (let bit = 0; bit < 8 * intact.length; bit++) {
      const damaged = intact.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      let error: unknown;
      try {
        expect(decompressSync(damaged, { memoryLimit: 2 ** 28 })).toEqual(whole);
      } catch (thrown) {
        error = thrown;
      }
      if (error !== undefined) expect(error).toBeInstanceOf(PithError);
    }
  });
});

test("what compress writes has no parts where one method does", async () => {
  const { frames } = await info(compressSync(content));
  expect(frames[0].blocks.map(({ method }) => method)).toEqual(["mix"]);
});
