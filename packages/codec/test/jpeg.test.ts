import { beforeAll, describe, expect, test } from "@jest/globals";
import { instantiateKernel, PithError } from "@pith/core";
import { finish } from "@pith/core/steps";
import fc from "fast-check";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { jpeg } from "../src/methods/jpeg/index.ts";
import { kernelMemory, STRENGTHS } from "../src/methods/jpeg/parameters.ts";
import { LEVELS } from "../src/plan/levels.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { picture, PICTURES } from "./helpers/pictures.ts";
import { thrownBy } from "./helpers/files.ts";

function encode(input: Uint8Array, level = 5): Uint8Array {
  return finish(jpeg.encodeBlock(input, jpeg.choose(input, level)));
}

function decode(payload: Uint8Array, input: Uint8Array, level = 5): Uint8Array {
  return finish(jpeg.decodeBlock(payload, input.length, jpeg.choose(input, level), 0));
}

describe("the method jpeg gives back", () => {
  test.each([...PICTURES, "arithmetic"])("%s", (name) => {
    const input = picture(name);
    for (const level of [5, 9]) expect(decode(encode(input, level), input, level)).toEqual(input);
  });

  test.each(LEVELS)("a picture at level $level", ({ level }) => {
    const input = picture("progressive");
    expect(decompressSync(compressSync(input, { method: "jpeg", level }))).toEqual(input);
  });

  test("any bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (input) => {
        expect(decode(encode(input), input)).toEqual(input);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test("pictures that were changed anywhere", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...PICTURES),
        fc.array(fc.tuple(fc.nat(2000), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 }),
        (name, changes) => {
          const input = picture(name);
          for (const [at, value] of changes) input[at % input.length] = value;
          expect(decode(encode(input), input)).toEqual(input);
        },
      ),
      { seed: 2, numRuns: 100 },
    );
  });

  test("a picture with others behind it, and inside of its segments", () => {
    const input = joined(picture("gray"), picture("progressive"), noise(20));
    expect(decode(encode(input), input)).toEqual(input);
  });
});

describe("the method jpeg", () => {
  // baseline-420 is so plain a picture that its entropy-coded bytes go on evenly.
  test.each(["progressive", "cmyk"])("makes %s smaller than mix does", (name) => {
    const input = picture(name);
    const size = (method: "jpeg" | "mix"): number => compressSync(input, { method }).length;
    expect(size("jpeg")).toBeLessThan(size("mix"));
  });

  test("keeps nothing from one block to the next", () => {
    const [first, second] = [picture("progressive"), picture("optimised-422")];
    const alone = encode(second);
    encode(first);
    expect(encode(second)).toEqual(alone);
    decode(encode(first), first);
    expect(encode(second)).toEqual(alone);
  });

  test("codes blocks that take turns as it codes them alone", () => {
    const inputs = ["progressive", "baseline-420"].map(picture);
    const alone = inputs.map((input) => encode(input));
    const running = inputs.map((input) => jpeg.encodeBlock(input, jpeg.choose(input, 5)));
    const results: (Uint8Array | undefined)[] = [undefined, undefined];
    while (results.includes(undefined)) {
      running.forEach((generator, i) => {
        const next = results[i] === undefined ? generator.next() : undefined;
        if (next?.done === true) results[i] = next.value;
      });
    }
    expect(results).toEqual(alone);
  });

  test("says what is in a block", async () => {
    const kinds = await Promise.all(
      [picture("gray"), prose(500)].map(async (content) => {
        const { frames } = await info(compressSync(content, { method: "jpeg" }));
        return frames[0].blocks[0].kind;
      }),
    );
    expect(kinds).toEqual(["jpeg", "binary"]);
  });

  test("yields its progress", () => {
    const input = picture("baseline-420");
    const parameters = jpeg.choose(input, 9);
    for (const steps of [
      [...jpeg.encodeBlock(input, parameters)],
      [...jpeg.decodeBlock(encode(input, 9), input.length, parameters, 0)],
    ]) {
      expect(steps.length).toBeGreaterThan(1);
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps.at(-1)).toBe(input.length);
    }
  });

  test("leaves a picture closed that would take more memory than its level may", () => {
    // White, in 65,000 columns and rows: its scan is far too short, which only its memory can tell at first.
    const input = picture("tiny");
    const frame = input.findIndex((byte, at) => byte === 0xff && input[at + 1] === 0xc0);
    input.set([0xfd, 0xe8, 0x03, 0xe8], frame + 5);
    const parameters = jpeg.choose(input, 9);
    expect(jpeg.memory(parameters, input.length)).toBeLessThanOrEqual(jpeg.memoryAt(input.length, 9));
    expect(decode(encode(input, 9), input, 9)).toEqual(input);
  });

  test.each(LEVELS)("takes at level $level no more memory than the level may, for content of any length", (info) => {
    for (const length of [0, 1000, info.blockSize / 16, info.blockSize]) {
      expect(jpeg.memoryAt(length, info.level)).toBeLessThanOrEqual(info.memory);
      expect(jpeg.memoryAt(length, info.level, { halvings: 2 })).toBeLessThanOrEqual(jpeg.memoryAt(length, info.level));
    }
  });

  test.each([
    [0, 10, 1],
    [0, 14, 8 * 8192],
    [1, 16, 8192],
  ])("states the memory of its kernel: strength %d, 2^%d slots, %d blocks", (strength, tableBits, blocks) => {
    const kernel = instantiateKernel(STRENGTHS[strength].kernel);
    kernel.reset();
    // A plane has 8,192 blocks across at the most.
    kernel.addPlane(Math.min(blocks, 8192), Math.floor(blocks / Math.min(blocks, 8192)));
    kernel.start(tableBits);
    const said = kernelMemory({ strength, tableBits, blocks });
    expect(kernel.memory.buffer.byteLength).toBeLessThanOrEqual(said);
    expect(said).toBeLessThanOrEqual(kernel.memory.buffer.byteLength + 2 ** 20);
  });
});

describe("damaged data for the method jpeg", () => {
  const input = picture("tiny");
  let payload: Uint8Array;
  beforeAll(() => {
    payload = encode(input);
  });

  /** What the bytes decode to; undefined if they are refused. */
  function attempt(bytes: Uint8Array, length: number): Uint8Array | undefined {
    try {
      const output = finish(jpeg.decodeBlock(bytes, length, jpeg.choose(input, 5), 1000));
      expect(output.length).toBe(length);
      return output;
    } catch (error) {
      expect(error).toBeInstanceOf(PithError);
      expect((error as PithError).offset).toBeGreaterThanOrEqual(1000);
      return undefined;
    }
  }

  test("cut short is a PithError, or does not give the block back; with bytes behind it, it is one", () => {
    for (let length = 0; length < payload.length; length++) {
      expect(attempt(payload.subarray(0, length), input.length)).not.toEqual(input);
    }
    expect(attempt(joined(payload, Uint8Array.of(0)), input.length)).toBeUndefined();
  });

  test("with any byte changed decodes to the declared length, or is a PithError", () => {
    for (let at = 0; at < payload.length; at++) {
      const damaged = payload.slice();
      damaged[at] ^= 1 << (at % 8);
      attempt(damaged, input.length);
    }
  });

  test("of the wrong length is a PithError", () => {
    for (const length of [0, 1, input.length - 1, input.length + 1, 10 * input.length]) {
      expect(attempt(payload, length)).toBeUndefined();
    }
  });

  test("made of random bytes decodes to the declared length, or is a PithError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 400 }), (bytes, length) => {
        bytes[0] &= 3;
        attempt(bytes, length);
      }),
      { seed: 3, numRuns: 150 },
    );
  });

  test("with a bit flipped anywhere is refused by the file's checksum at the latest", () => {
    const file = compressSync(input, { method: "jpeg" });
    for (let bit = 0; bit < 8 * file.length; bit += 11) {
      const damaged = file.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      expect(thrownBy(() => decompressSync(damaged, { memoryLimit: 2 ** 28 }))).toBeInstanceOf(PithError);
    }
  });

  test("that names a picture of another size is refused before memory is taken", () => {
    const file = compressSync(input, { method: "jpeg" });
    const blocks = jpeg.choose(input, 5).blocks;
    // Magic, head, two bytes of length, the models; then the blocks.
    expect(file[6]).toBe(blocks);
    const huge = joined(file.subarray(0, 6), Uint8Array.of(0xff, 0xff, 0xff, 0x07), file.subarray(7));
    expect(thrownBy(() => decompressSync(huge))).toMatchObject({ code: "memory-limit" });
    const more = joined(file.subarray(0, 6), Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x7f), file.subarray(7));
    expect(thrownBy(() => decompressSync(more))).toMatchObject({ code: "invalid-field", offset: 6 });
  });
});
