import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";

import { bytesOfName, hasOddBytes, nameOfBytes } from "../src/bytes/names.ts";
import { readPaxRecords, tarNumber } from "../src/tar/index.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("a name", () => {
  test("keeps all bytes, whatever they are", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (name) => {
        expect(bytesOfName(nameOfBytes(name))).toEqual(name);
      }),
      { seed: 17, numRuns: 500 },
    );
  });

  test("that is UTF-8 is its text, with a mark of byte order if it has one", () => {
    expect(nameOfBytes(new TextEncoder().encode("\ufeffgrün 😀"))).toBe("\ufeffgrün 😀");
    expect(nameOfBytes(bytes("gr\xfcn"))).toBe("gr\udcfcn");
    expect([hasOddBytes("grün"), hasOddBytes("gr\udcfcn")]).toEqual([false, true]);
  });
});

describe("a number of a tar", () => {
  test.each<[string, number | undefined]>([
    ["0000644\0", 0o644],
    ["   644 \0", 0o644],
    ["\0\0\0\0\0\0\0\0", undefined],
    ["12345678", undefined],
    ["0000089\0", undefined],
    ["\x80\0\0\x01\0\0\0\0", 2 ** 32],
    ["\xff\xff\xff\xff\xff\xff\xff\xfe", -2],
    ["\x80\xff\xff\xff\xff\xff\xff\xff", undefined],
  ])("%j is %p", (field, value) => {
    expect(tarNumber(bytes(field), 0, 8)).toBe(value);
  });
});

describe("records of pax", () => {
  const value = (text: string, key: string): string | undefined => {
    const found = readPaxRecords(bytes(text))?.get(key);
    return found && nameOfBytes(found);
  };

  test("are read by their lengths, whatever is in them, and the last one counts", () => {
    expect(value("13 path=a=\nb\n10 size=4\n10 size=5\n", "path")).toBe("a=\nb");
    expect(value("10 size=4\n10 size=5\n", "size")).toBe("5");
    expect(value("8 path=\n", "path")).toBe("");
  });

  test.each([
    "5 a=b",
    "6 a=bc",
    "0 a=b\n",
    "-6 a=b\n",
    "99999999 a=b\n",
    "6 ab\n\n",
    "5 =b\n",
    "x",
    " a=b\n",
    "6a=bc\n",
  ])("%j are none", (text) => {
    expect(readPaxRecords(bytes(text))).toBeUndefined();
  });
});
