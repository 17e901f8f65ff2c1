import { describe, expect, test } from "@jest/globals";
import { PithError, type PithErrorDetails } from "../src/index.ts";

describe("a PithError", () => {
  test.each<[string, PithErrorDetails | undefined, string]>([
    ["the problem alone", undefined, "the header ends early"],
    ["where", { offset: 0 }, "the header ends early at byte 0"],
    ["between where", { offset: 3, end: 9 }, "the header ends early between bytes 3 and 9"],
    ["both sides", { offset: 12, expected: 8, got: 3 }, "the header ends early at byte 12: expected 8, got 3"],
    ["what was expected", { offset: 12, expected: "8 bytes" }, "the header ends early at byte 12: expected 8 bytes"],
    ["what was there", { offset: 12, got: "0x2a" }, "the header ends early at byte 12: got 0x2a"],
    ["both sides without a place", { expected: 1, got: 0 }, "the header ends early: expected 1, got 0"],
    [
      "64-bit numbers exactly",
      { expected: 2n ** 64n - 1n, got: 2n ** 53n + 1n },
      "the header ends early: expected 18446744073709551615, got 9007199254740993",
    ],
  ])("says %s", (_what, details, message) => {
    expect(new PithError("truncated", "the header ends early", details).message).toBe(message);
  });

  test("gives its facts to programs", () => {
    const error = new PithError("checksum-mismatch", "the block is damaged", { offset: 40, expected: 5n, got: 6n });
    expect(error).toMatchObject({ code: "checksum-mismatch", offset: 40, end: undefined, expected: 5n, got: 6n });
    expect(new PithError("damaged", "a block is damaged", { offset: 40, end: 80 })).toMatchObject({
      offset: 40,
      end: 80,
    });
  });

  test("leaves undefined what is not known", () => {
    const error = new PithError("not-pith", "not a .pith file");
    expect([error.offset, error.expected, error.got]).toEqual([undefined, undefined, undefined]);
  });

  test("is an Error with a name of its own", () => {
    const error = new PithError("not-pith", "not a .pith file");
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("PithError");
    expect(String(error)).toBe("PithError: not a .pith file");
  });

  test("keeps its cause, and has none if none was given", () => {
    const cause = new RangeError("out of bounds");
    expect(new PithError("invalid-field", "bad table", { cause }).cause).toBe(cause);
    expect("cause" in new PithError("invalid-field", "bad table")).toBe(false);
  });
});

test("names another place, with the same problem and numbers", () => {
  const error = new PithError("invalid-field", "a length is wrong", { offset: 3, expected: 4, got: 5 });
  const moved = error.at(103);
  expect(moved.message).toBe("a length is wrong at byte 103: expected 4, got 5");
  expect(moved).toMatchObject({ code: "invalid-field", offset: 103, expected: 4, got: 5, cause: error });
});
