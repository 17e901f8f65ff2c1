import { runInNewContext } from "node:vm";
import { describe, expect, test } from "@jest/globals";
import { checkBytes, checkInteger } from "../src/index.ts";

describe("a checked integer", () => {
  test("is given back within its bounds, which it may reach", () => {
    expect([1, 5, 10].map((value) => checkInteger("level", value, 1, 10))).toEqual([1, 5, 10]);
  });

  test.each([0, 11, 2.5, NaN, Infinity, -1])("is refused as %d, with both sides", (value) => {
    const message = `level: expected an integer from 1 to 10, got ${value}`;
    expect(() => checkInteger("level", value, 1, 10)).toThrow(new RangeError(message));
  });

  test("without a largest one is any that a number holds exactly", () => {
    expect(checkInteger("length", Number.MAX_SAFE_INTEGER, 1)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => checkInteger("length", 2 ** 53, 1)).toThrow(
      new RangeError("length: expected an integer of at least 1, got 9007199254740992"),
    );
  });

  test.each([
    ["5", "string"],
    [null, "null"],
    [undefined, "undefined"],
    [[5], "Array"],
  ])("is a TypeError as %p", (value, name) => {
    const message = `level: expected a number, got ${name}`;
    expect(() => checkInteger("level", value as unknown as number, 1, 10)).toThrow(new TypeError(message));
  });
});

describe("checked bytes", () => {
  test("are a plain view of the same memory", () => {
    const buffer = Buffer.from("pith");
    const bytes = checkBytes("content", buffer);
    expect(bytes.constructor).toBe(Uint8Array);
    expect([bytes.buffer, bytes.byteOffset, bytes.byteLength]).toEqual([buffer.buffer, buffer.byteOffset, 4]);
  });

  test("may be of another realm", () => {
    const foreign: unknown = runInNewContext("Uint8Array.of(1, 2, 3)");
    expect([...checkBytes("content", foreign)]).toEqual([1, 2, 3]);
  });

  test.each([
    ["text", "string"],
    [new ArrayBuffer(1), "ArrayBuffer"],
    [new Uint16Array(1), "Uint16Array"],
    [[1, 2], "Array"],
    [null, "null"],
  ])("are nothing else: %p", (value, name) => {
    expect(() => checkBytes("content", value)).toThrow(new TypeError(`content: expected a Uint8Array, got ${name}`));
  });
});
