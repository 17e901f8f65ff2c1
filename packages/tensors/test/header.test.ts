import { PithError } from "@pith/core";
import { describe, expect, test } from "@jest/globals";

import { headerLength, looksLikeSafetensors, parseHeader } from "../src/header.ts";
import { fileOf, withHeader } from "./sample.ts";

/** What reading a whole file's header throws. */
function errorOf(file: Uint8Array): PithError {
  try {
    parseHeader(file.subarray(8, 8 + headerLength(file.subarray(0, 8), file.length)), file.length);
  } catch (error) {
    if (error instanceof PithError) return error;
    throw error;
  }
  throw new Error("expected an error, got a header");
}

const tensor = (fields: string): string => `{"w":{${fields}}}`;
const good = '"dtype":"U8","shape":[4],"data_offsets":[0,4]';
const four = new Uint8Array(4);

test("a header says type, shape and place of each tensor, in the order of the data", () => {
  const file = fileOf(
    [
      { name: "b", type: "BF16", shape: [2, 3], data: new Uint8Array(12) },
      { name: "a", type: "F32", shape: [], data: new Uint8Array(4) },
      { name: "empty", type: "I64", shape: [3, 0], data: new Uint8Array(0) },
      { name: "packed", type: "F4", shape: [3, 2], data: new Uint8Array(3) },
    ],
    { format: "pt" },
  );
  const header = parseHeader(file.subarray(8, file.length - 19), file.length);
  expect(header.metadata).toEqual({ format: "pt" });
  expect(header.fileLength).toBe(file.length);
  expect(
    header.tensors.map(({ name, type, shape, offset, length }) => [name, type.name, shape, offset, length]),
  ).toEqual([
    ["b", "BF16", [2, 3], file.length - 19, 12],
    ["a", "F32", [], file.length - 7, 4],
    ["empty", "I64", [3, 0], file.length - 3, 0],
    ["packed", "F4", [3, 2], file.length - 3, 3],
  ]);
});

test("tensors may be named in any order, with spaces around, escapes in names and spaces behind", () => {
  const json =
    ' {"\\u00e9\\n" : { "data_offsets":[ 4 , 8 ], "shape" :[2,2],"dtype":"I8"} ,"x":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}  \n';
  const header = parseHeader(new TextEncoder().encode(json.trimStart()), undefined);
  expect(header.tensors.map(({ name }) => name)).toEqual(["x", "é\n"]);
  expect(parseHeader(new TextEncoder().encode("{}"), 10).tensors).toEqual([]);
});

describe("a bad length", () => {
  const length = (value: bigint, total = 16): Uint8Array => {
    const file = new Uint8Array(total);
    new DataView(file.buffer).setBigUint64(0, value, true);
    return file;
  };

  test.each([
    ["that is cut off", new Uint8Array(5), "truncated", 5, "8 bytes", 5],
    ["of none", length(0n), "invalid-field", 0, "2 to 100000000 bytes", 0n],
    ["that is huge", length(2n ** 64n - 1n), "invalid-field", 0, "2 to 100000000 bytes", 2n ** 64n - 1n],
    ["beyond the file", length(9n), "truncated", 0, "at most 8 bytes", 9n],
  ])("%s", (_name, file, code, offset, expected, got) => {
    expect(errorOf(file)).toMatchObject({ code, offset, expected, got });
  });
});

describe("a bad header", () => {
  // Each with the text at which the error points.
  test.each([
    ["no object", "[]", "[]", "`{`", '"[]"'],
    ["a space first", " {}", " {}", "`{`", "a space"],
    ["an end in the middle", '{"w":', "", "an object that describes a tensor", "the end"],
    ["an open string", '{"w', '"w', "a quote before the header ends", undefined],
    ["a trailing comma", '{"w":{"dtype":"U8",}}', "}}", "a name in quotes", '"}}"'],
    ["something behind it", `${tensor(good)}x`, "x", "the end of the header", '"x"'],
    ["a bad escape", '{"\\q":{}}', '"\\q', "one of JSON", JSON.stringify('"\\q"')],
    ["half a surrogate pair", '{"\\ud800":{}}', '"\\ud', "one of JSON", JSON.stringify('"\\ud800"')],
    ["a name that comes twice", `{"w":{${good}},"w":{${good}}}`, `"w":{${good}}}`, "each once", '"w"'],
    ["a field that comes twice", tensor(`${good},"dtype":"U8"`), '"dtype":"U8"}', "each once", '"dtype"'],
    ["metadata that is no text", '{"__metadata__":{"a":1}}', "1}}", "a string", '"1}}"'],
    ["metadata twice", '{"__metadata__":{"a":"","a":""}}', '"a":""}}', "each once", '"a"'],
    [
      "deep nesting",
      `{"w":${"[".repeat(100_000)}`,
      "[".repeat(100_000),
      "an object that describes a tensor",
      undefined,
    ],
    ["an unknown field", tensor(`${good},"x":[[[[]]]]`), '"x"', "dtype, shape, data_offsets", '"x"'],
    ["a missing field", '{"w":{"dtype":"U8","shape":[4]}}', '"w"', "dtype, shape and data_offsets", undefined],
    ["a type that is none", tensor(good.replace("U8", "F3")), '"F3"', undefined, '"F3"'],
    ["a negative dimension", tensor(good.replace("[4]", "[-4]")), "-4", "a dimension, 0 to 2^53 − 1", undefined],
    ["a fraction", tensor(good.replace("[4]", "[4.5]")), ".5", "`]`", undefined],
    ["a leading zero", tensor(good.replace("[4]", "[04]")), "04", "a dimension, 0 to 2^53 − 1", undefined],
    ["a huge dimension", tensor(good.replace("[4]", "[9007199254740992]")), "9007", undefined, undefined],
    ["too many dimensions", tensor(good.replace("[4]", `[${"1,".repeat(64)}77]`)), "77", "at most 64", undefined],
    [
      "an endless shape",
      tensor(good.replace("[4]", "[9007199254740991,3]")),
      "[9007",
      "whole bytes, at most 2^53 − 1",
      "U8 × [9007199254740991, 3]",
    ],
    ["half a byte", tensor(good.replace("U8", "F4").replace("[4]", "[3]")), "[3]", undefined, "F4 × [3]"],
    ["a place that does not fit", tensor(good.replace("[0,4]", "[0,5]")), "[0,5]", "4 bytes (U8 × [4])", 5],
    ["an end before its start", tensor(good.replace("[0,4]", "[4,0]")), "[4,0]", undefined, "[4, 0]"],
    [
      "an end beyond 2^53",
      tensor(good.replace("[0,4]", "[9007199254740987,9007199254740991]")),
      "[9007",
      undefined,
      undefined,
    ],
    ["a hole at the start", tensor(good.replace("[0,4]", "[1,5]")), "[1,5]", "a start of 0", 1],
  ])("%s", (_name, json, at, expected, got) => {
    expect(errorOf(withHeader(json, four))).toMatchObject({
      code: "invalid-field",
      offset: 8 + (at === "" ? json.length : json.lastIndexOf(at)),
      ...(expected !== undefined && { expected }),
      ...(got !== undefined && { got }),
    });
  });

  test("bytes that are no UTF-8 are named", () => {
    const json = new TextEncoder().encode('{"wide ?":{}}');
    json[7] = 0xff;
    expect(errorOf(withHeader(json))).toMatchObject({
      code: "invalid-field",
      offset: 15,
      expected: "UTF-8",
      got: "0xff",
    });
  });

  test.each([
    ["overlap", [0, 4], [2, 6], "a start of 4", 2],
    ["leave a hole", [0, 4], [5, 9], "a start of 4", 5],
    ["are the same", [0, 4], [0, 4], "a start of 4", 0],
  ])("tensors that %s", (_name, a, b, expected, got) => {
    const describe = (place: number[]): string => `{"dtype":"U8","shape":[4],"data_offsets":[${place.join()}]}`;
    const json = `{"a":${describe(a)},"b":${describe(b)}}`;
    const error = errorOf(withHeader(json, new Uint8Array(9)));
    expect(error).toMatchObject({ code: "invalid-field", offset: 8 + json.lastIndexOf("["), expected, got });
  });

  test("a file that is shorter or longer than its header says", () => {
    const file = withHeader(tensor(good), four);
    expect(errorOf(file.subarray(0, file.length - 1))).toMatchObject({
      code: "truncated",
      offset: file.length - 1,
      expected: `a file of ${file.length} bytes`,
      got: file.length - 1,
    });
    expect(errorOf(withHeader(tensor(good), new Uint8Array(5)))).toMatchObject({
      code: "trailing-data",
      offset: file.length,
      got: file.length + 1,
    });
  });

  test("what a message shows of the file is short and steers no terminal", () => {
    const { message } = errorOf(withHeader(`{"w":{"dtype":"\\u001b[31m${"x".repeat(500)}"}}`));
    expect(message.length).toBeLessThan(300);
    expect(message).not.toMatch(/\p{Cc}/u);
  });
});

test("a beginning is told from that of other files", () => {
  expect(looksLikeSafetensors(fileOf([]))).toBe(true);
  expect(looksLikeSafetensors(fileOf([{ name: "w", type: "U8", shape: [1], data: new Uint8Array(1) }]))).toBe(true);
  expect(looksLikeSafetensors(new TextEncoder().encode('{"json": "but nothing else"}'))).toBe(false);
  expect(looksLikeSafetensors(new Uint8Array(100))).toBe(false);
  expect(looksLikeSafetensors(new Uint8Array(9))).toBe(false);
});
