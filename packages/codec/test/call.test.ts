import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import fc from "fast-check";
import { call, looksLikeX86 } from "../src/transforms/call.ts";

function expectBack(input: Uint8Array): void {
  const before = input.slice();
  const coded = call.forward(input);
  expect(Buffer.compare(input, before)).toBe(0);
  expect(coded.length).toBe(input.length);
  expect(Buffer.compare(call.inverse(coded, input.length, 0), input)).toBe(0);
}

/** Code as a compiler makes it, nearly: pushes, moves, and calls of a few functions. */
function program(length: number, functions: number): Uint8Array {
  const code = new Uint8Array(length);
  let seed = 7;
  const random = (below: number) => ((seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % 65521) % below;
  let at = 0;
  while (at + 16 < length) {
    code.set([0x55, 0x8b, 0x45, random(64), 0x89, 0x44, 0x24, random(32)], at);
    at += 8;
    const distance = random(functions) * 256 - (at + 5);
    code[at] = 0xe8;
    new DataView(code.buffer).setInt32(at + 1, distance, true);
    at += 5;
  }
  return code;
}

describe("making targets absolute", () => {
  test("writes the target with its high bytes first and leaves the top byte in place", () => {
    // A call at 3, of what lies 0x012345 behind it.
    const input = Uint8Array.of(0x90, 0x90, 0x90, 0xe8, 0x45, 0x23, 0x01, 0x00, 0x90);
    expect([...call.forward(input)]).toEqual([0x90, 0x90, 0x90, 0xe8, 0x01, 0x23, 0x4d, 0x00, 0x90]);
  });

  test("makes calls of one function from two places equal", () => {
    const input = Uint8Array.of(0xe8, 0x20, 0, 0, 0, 0xe8, 0x1b, 0, 0, 0);
    const coded = call.forward(input);
    expect(coded.subarray(0, 5)).toEqual(coded.subarray(5));
  });

  test("takes jumps and conditional jumps, back and forth, and nothing that is far or has no 0F", () => {
    const changed = (...bytes: number[]) =>
      Buffer.compare(call.forward(Uint8Array.from(bytes)), Uint8Array.from(bytes)) !== 0;
    expect(changed(0xe9, 1, 2, 3, 0)).toBe(true);
    expect(changed(0xe9, 1, 2, 3, 0xff)).toBe(true);
    expect(changed(0x0f, 0x84, 1, 2, 3, 0)).toBe(true);
    expect(changed(0x0e, 0x84, 1, 2, 3, 0)).toBe(false);
    expect(changed(0x84, 1, 2, 3, 0)).toBe(false);
    expect(changed(0xe8, 1, 2, 3, 4)).toBe(false);
    expect(changed(0xe8, 1, 2, 3)).toBe(false);
  });
});

describe("any bytes come back", () => {
  test("where they are nothing in particular", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), expectBack), { seed: 1, numRuns: 500 });
  });

  test("where calls and jumps overlap", () => {
    const byte = fc.constantFrom(0x00, 0xff, 0xe8, 0xe9, 0x0f, 0x80, 0x8f, 0x01, 0xfe);
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 60 }), (bytes) => expectBack(Uint8Array.from(bytes))),
      { seed: 2, numRuns: 5000 },
    );
  });

  test("where the place of a call is beyond 2^25", () => {
    const input = new Uint8Array(2 ** 25 + 4096);
    for (let at = 0; at < 4096; at++)
      input[2 ** 25 + at - 5] = at % 9 === 0 ? 0xe8 : at % 9 === 4 ? 0xff : (at * 7) & 255;
    expectBack(input);
  });
});

test("an original of another length is refused", () => {
  try {
    call.inverse(new Uint8Array(10), 11, 5);
    throw new Error("expected a PithError, got none");
  } catch (error) {
    expect(error).toBeInstanceOf(PithError);
    expect(error).toMatchObject({ code: "invalid-field", offset: 5, expected: 11, got: 10 });
  }
});

describe("telling x86 code", () => {
  test("finds programs, also inside a larger file", () => {
    const code = program(50_000, 20);
    expect(looksLikeX86(code)).toBe(true);
    const archive = new Uint8Array(400_000);
    archive.set(code, 100_000);
    expect(looksLikeX86(archive)).toBe(true);
  });

  test("finds none where nothing is called twice: text, noise, zeros, tables of numbers", () => {
    expect(looksLikeX86(new Uint8Array())).toBe(false);
    expect(looksLikeX86(Uint8Array.of(0xe8, 0, 0))).toBe(false);
    expect(looksLikeX86(new Uint8Array(100_000))).toBe(false);
    expect(looksLikeX86(new Uint8Array(100_000).fill(0xe8))).toBe(false);
    expect(looksLikeX86(new TextEncoder().encode("It was the best of times. ".repeat(4000)))).toBe(false);
    expect(looksLikeX86(Uint8Array.from({ length: 200_000 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24))).toBe(false);
    const table = new DataView(new ArrayBuffer(80_000));
    for (let i = 0; i < 10_000; i++) table.setUint32(8 * i, 1000, true);
    expect(looksLikeX86(new Uint8Array(table.buffer))).toBe(false);
  });
});
