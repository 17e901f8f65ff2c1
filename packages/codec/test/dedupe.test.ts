import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { BinaryDecoder, BinaryEncoder } from "@pith/entropy";
import fc from "fast-check";
import { ByteWriter } from "@pith/core/bytes";
import { decoding, encoding } from "../src/adaptive/bit-coder.ts";
import { byKind, inOrder } from "../src/plan/pages.ts";
import { Deduplicator } from "../src/transforms/dedupe/encode.ts";
import { dedupe } from "../src/transforms/dedupe/index.ts";
import { InstructionModel, type Instruction } from "../src/transforms/dedupe/instructions.ts";
import { neededInput, readAssembly, restoreRange } from "../src/transforms/dedupe/needed.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";
import { thrownBy } from "./helpers/files.ts";
import { versions } from "./helpers/repeats.ts";
import { drain } from "./helpers/steps.ts";

/** What the transform gives out for content. */
function deduplicated(content: Uint8Array): Uint8Array {
  const deduplicator = new Deduplicator(byKind);
  for (let at = 0; at < content.length; at += deduplicator.sliceLength) {
    deduplicator.take(content.subarray(at, at + deduplicator.sliceLength));
  }
  return drain(deduplicator.finish()).output;
}

function restore(output: Uint8Array, length: number, offset = 0): Uint8Array {
  return drain(dedupe.inverse(output, length, offset));
}

/** What the transform would give out for these instructions and streams. */
function outputOf(
  instructions: readonly Instruction[],
  streams: readonly string[] = ["", "", ""],
): Uint8Array<ArrayBuffer> {
  const encoder = new BinaryEncoder();
  const model = new InstructionModel(encoding(encoder));
  for (const instruction of instructions) model.code(instruction);
  const coded = encoder.finish();
  const writer = new ByteWriter();
  writer.varint(coded.length);
  for (const stream of streams.slice(0, -1)) writer.varint(stream.length);
  writer.bytes(coded);
  for (const stream of streams) writer.bytes(new TextEncoder().encode(stream));
  return writer.finish();
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("content", () => {
  const pieces = [noise(300), noise(700, 2), prose(600), bases(500), new Uint8Array(400), noise(30, 3)];

  test("comes back, whatever was repeated in it", () => {
    const indexes = fc.array(fc.tuple(fc.nat(pieces.length - 1), fc.nat(300)), { maxLength: 30 });
    fc.assert(
      fc.property(indexes, (chosen) => {
        const content = joined(...chosen.map(([i, from]) => pieces[i].subarray(from)));
        expect(Buffer.compare(restore(deduplicated(content), content.length), content)).toBe(0);
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  test.each([
    ["versions of noise", versions(noise(30_000), 8)],
    ["versions of text", versions(prose(30_000), 8)],
    ["a long run", new Uint8Array(500_000).fill(7)],
    ["more than a slice", joined(noise(1_200_000), noise(1_200_000).subarray(100_000))],
  ])("loses what comes again: %s", (_, content) => {
    const output = deduplicated(content);
    expect(output.length).toBeLessThan(0.6 * content.length);
    expect(Buffer.compare(restore(output, content.length), content)).toBe(0);
  });

  test("is divided into text, nucleotides and the rest, each in its order", () => {
    const [words, codes, letters] = [prose(8192), noise(8192), bases(8192)];
    const content = joined(
      words,
      codes,
      letters,
      words.subarray(4096),
      letters.map((base) => (base === 65 ? 67 : 65)),
    );
    const output = deduplicated(content);
    const streams = joined(
      words,
      letters,
      letters.map((base) => (base === 65 ? 67 : 65)),
      codes,
    );
    const order = [words, codes, letters].map((part) => Buffer.from(output).indexOf(part.subarray(0, 4000)));
    expect(order.every((at) => at > 0)).toBe(true);
    expect(order[0] < order[1] && order[1] < order[2]).toBe(true);
    expect(output.length).toBeLessThan(streams.length + 60);
  });
});

describe("instructions", () => {
  const literal = fc.record({ stream: fc.nat(2), length: fc.integer({ min: 1, max: 2 ** 30 }) });
  const copied = fc.record({
    length: fc.integer({ min: 32, max: 2 ** 30 }),
    distance: fc.oneof(fc.constantFrom(1, 2, 3, 500, 501), fc.integer({ min: 1, max: 2 ** 30 })),
  });

  test("come back", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(literal, copied), { maxLength: 200 }), (instructions) => {
        const encoder = new BinaryEncoder();
        const model = new InstructionModel(encoding(encoder));
        for (const instruction of instructions) model.code(instruction);
        const bytes = encoder.finish();
        const decoder = new BinaryDecoder(bytes);
        const back = new InstructionModel(decoding(decoder));
        expect(instructions.map(() => back.code({ stream: 0, length: 1 }))).toEqual(instructions);
        decoder.checkEnd();
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test("take hardly more than their lengths do where distances stay the same, as between two versions", () => {
    const lengths = noise(4000, 5);
    const instructions = Array.from({ length: 1000 }, (_, i): Instruction[] => [
      { length: 32 + lengths[4 * i] * 256, distance: 1_000_000 },
      { stream: 0, length: 1 + (lengths[4 * i + 1] & 15) },
    ]).flat();
    // 8 bits and 4 that nothing predicts, and where they stand: sizes of numbers.
    expect(outputOf(instructions).length).toBeLessThan(2700);
  });

  test("say what is put together, also from copies that reach into themselves", () => {
    const output = outputOf(
      [
        { stream: 0, length: 2 },
        { length: 33, distance: 2 },
        { stream: 2, length: 3 },
        { length: 32, distance: 38 },
      ],
      ["ab", "", "CGT"],
    );
    const start = `${"ab".repeat(17)}aCGT`;
    expect(text(restore(output, 70))).toBe(start + start.slice(0, 32));
  });
});

describe("an output that no encoder gives out", () => {
  const long = "x".repeat(64);

  test.each<[string, string, number, readonly Instruction[], readonly string[], string]>([
    [
      "a copy from before the start",
      "invalid-field",
      96,
      [
        { stream: 0, length: 64 },
        { length: 32, distance: 65 },
      ],
      [long, "", ""],
      "1 to 64 bytes back, got 65",
    ],
    [
      "a copy of what is not there yet",
      "invalid-field",
      96,
      [{ length: 32, distance: 1 }],
      ["", "", ""],
      "1 to 0 bytes back, got 1",
    ],
    [
      "a copy at distance 0",
      "invalid-field",
      96,
      [
        { stream: 0, length: 64 },
        { length: 32, distance: 0 },
      ],
      [long, "", ""],
      "1 to 64 bytes back, got 0",
    ],
    [
      "a copy from the future",
      "invalid-field",
      96,
      [
        { stream: 0, length: 64 },
        { length: 32, distance: -5 },
      ],
      [long, "", ""],
      "1 to 64 bytes back, got -5",
    ],
    [
      "a copy beyond the end",
      "invalid-field",
      96,
      [
        { stream: 0, length: 64 },
        { length: 33, distance: 64 },
      ],
      [long, "", ""],
      "at most 32 bytes, got 33",
    ],
    [
      "a copy of more than there can be",
      "invalid-field",
      96,
      [
        { stream: 0, length: 64 },
        { length: 2 ** 31 - 1, distance: 64 },
      ],
      [long, "", ""],
      `at most 32 bytes, got ${2 ** 31 - 1}`,
    ],
    [
      "a literal beyond the end",
      "invalid-field",
      63,
      [{ stream: 0, length: 64 }],
      [long, "", ""],
      "at most 63 bytes, got 64",
    ],
    [
      "a literal that its stream does not have",
      "invalid-field",
      64,
      [{ stream: 1, length: 64 }],
      ["", "x".repeat(63), ""],
      "at least 64 bytes, got 63",
    ],
    [
      "a stream that is left over",
      "invalid-field",
      32,
      [{ stream: 0, length: 32 }],
      [long, "", ""],
      "expected 64, got 32",
    ],
    [
      "a last stream that is left over",
      "invalid-field",
      64,
      [{ stream: 0, length: 64 }],
      [long, "", "x"],
      "expected 1, got 0",
    ],
  ])("is refused by name: %s", (_, code, length, instructions, streams, message) => {
    const error = thrownBy(() => restore(outputOf(instructions, streams), length, 1000));
    expect(error).toMatchObject({ code, offset: 1000, message: expect.stringContaining(message) });
  });

  test("is refused where instructions go on after the content, or end before", () => {
    const some = [
      { stream: 0, length: 64 },
      ...Array.from({ length: 60 }, (_, i) => ({ length: 32 + i, distance: 64 - i })),
    ];
    const length = some.reduce((sum, instruction) => sum + instruction.length, 0);
    const output = outputOf(some, [long, "", ""]);
    expect(restore(output, length).length).toBe(length);
    const last = some.at(-1)?.length ?? 0;
    expect(thrownBy(() => restore(output, length - last))).toMatchObject({ code: "trailing-data" });
    expect(thrownBy(() => restore(output, length + 1000))).toBeInstanceOf(PithError);
    expect(thrownBy(() => restore(output, 2 ** 26))).toBeInstanceOf(PithError);
  });

  const content = versions(noise(3000), 5);
  const output = deduplicated(content);

  test("is refused when it is cut anywhere", () => {
    for (let length = 0; length < output.length; length++) {
      const error = thrownBy(() => restore(output.subarray(0, length), content.length, 50)) as PithError;
      expect(error).toBeInstanceOf(PithError);
      expect(error.offset).toBeGreaterThanOrEqual(50);
    }
  });

  test("is refused or gives content of the right length when any bit is flipped, or anything comes instead", () => {
    const tried = (damaged: Uint8Array): void => {
      try {
        expect(restore(damaged, content.length).length).toBe(content.length);
      } catch (error) {
        expect(error).toBeInstanceOf(PithError);
      }
    };
    for (let bit = 0; bit < 8 * 200; bit++) {
      const damaged = output.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      tried(damaged);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => tried(bytes)),
      { seed: 3, numRuns: 1000 },
    );
  });
});

describe("a range of content", () => {
  /** Instructions for some content, from numbers; copies reach into themselves as often as not. */
  function instructionsOf(numbers: readonly (readonly [number, number, number])[]): Instruction[] {
    let at = 0;
    return numbers.map(([kind, length, distance]): Instruction => {
      const isLiteral = at === 0 || kind === 0;
      const bytes = isLiteral ? 1 + (length % 50) : 32 + length;
      const instruction = isLiteral
        ? { stream: length % 3, length: bytes }
        : { length: bytes, distance: 1 + (distance % Math.min(at, kind === 1 ? 40 : at)) };
      at += bytes;
      return instruction;
    });
  }

  test("is put together as it is in the whole, from nothing but what it needs", () => {
    const number = fc.tuple(fc.nat(2), fc.nat(400), fc.nat());
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 40 }), fc.nat(), fc.nat(), (numbers, a, b) => {
        const instructions = instructionsOf(numbers);
        const streams = ["", "", ""];
        for (const { stream, length } of instructions) {
          if (stream === undefined) continue;
          for (let i = 0; i < length; i++)
            streams[stream] += String.fromCharCode(33 + ((i * 7 + streams[stream].length) % 90));
        }
        const length = instructions.reduce((sum, instruction) => sum + instruction.length, 0);
        const output = outputOf(instructions, streams);
        const [start, end] = [a % (length + 1), b % (length + 1)].sort((one, other) => one - other);
        const assembly = readAssembly(output, output.length, length, 0);
        const needed = (assembly && neededInput(assembly, { start, end })) ?? [];
        const input = new Uint8Array(output.length);
        for (const range of needed) input.set(output.subarray(range.start, range.end), range.start);
        const part = assembly && restoreRange(assembly, input, { start, end });
        expect(part).toEqual(restore(output, length).slice(start, end));
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test("of instructions that no encoder gives out is refused", () => {
    const beyond = outputOf(
      [
        { stream: 0, length: 4 },
        { length: 32, distance: 5 },
      ],
      ["abcd", "", ""],
    );
    expect(thrownBy(() => readAssembly(beyond, beyond.length, 36, 9))).toMatchObject({
      code: "invalid-field",
      offset: 9,
      expected: "1 to 4 bytes back",
      got: 5,
    });
    const short = outputOf(
      [
        { stream: 0, length: 4 },
        { stream: 2, length: 9 },
      ],
      ["abcd", "", "efgh"],
    );
    expect(thrownBy(() => readAssembly(short, short.length, 13, 9))).toMatchObject({
      code: "invalid-field",
      offset: 9,
    });
  });
});

describe("bounded content", () => {
  const again = noise(1000, 9);
  // Borders differ, so that repeats are as long as they are meant to be.
  const bordered = (bytes: Uint8Array, border: number): Uint8Array =>
    joined(Uint8Array.of(border), bytes, Uint8Array.of(border));
  const content = joined(again, bordered(noise(5000), 1), again, bordered(noise(400_000, 2), 2), again);

  function taken(stretch: { start: number; length: number }, near = { distance: 0, least: 0 }, least?: number): number {
    const deduplicator = new Deduplicator(inOrder, 128, near);
    deduplicator.allow(stretch, least);
    for (let at = 0; at < content.length; at += deduplicator.sliceLength) {
      deduplicator.take(content.subarray(at, at + deduplicator.sliceLength));
    }
    const { output } = drain(deduplicator.finish());
    expect(restore(output, content.length)).toEqual(content);
    return deduplicator.repeatedLength;
  }

  test("stays as it is outside of the bounds, where they leave little, and where what is near comes again", () => {
    expect(taken({ start: 0, length: content.length })).toBe(2000);
    expect(taken({ start: 6502, length: 200 })).toBe(200);
    expect(taken({ start: 6502, length: 100 })).toBe(0);
    expect(taken({ start: 0, length: content.length }, { distance: 10_000, least: 1001 })).toBe(1000);
    expect(taken({ start: 0, length: content.length }, undefined, 1001)).toBe(0);
  });
});
