import { crc32 } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import { PithError, type PithErrorCode } from "@pith/core";
import { choicesOf } from "../src/compress/choices.ts";
import { compressedName, contentName, freeName, isCompressedName } from "../src/compress/names.ts";
import { fileType } from "../src/compress/file-types.ts";
import { foundIn, foundText } from "../src/compress/found.ts";
import { compress, info } from "@pith/codec";
import { compareRows, csvOfResults, type ResultRow } from "../src/compress/results.ts";
import { BlobSpace } from "../src/compress/output.ts";
import { explain } from "../src/shared/problems.ts";
import { stepsOf } from "../src/compress/save-all.ts";
import { zipOf } from "../src/compress/zip.ts";
import { RateMeter } from "../src/compress/rate.ts";

describe("names", () => {
  test("a file and its compressed form are told apart by the suffix, as the command does", () => {
    expect(compressedName("book.txt")).toBe("book.txt.pith");
    expect(contentName("book.txt.pith")).toBe("book.txt");
    expect(isCompressedName("BOOK.TXT.PITH")).toBe(true);
    expect(isCompressedName("pith")).toBe(false);
    expect(contentName(".pith")).toBe("content");
  });

  test("a name that is taken gets a number before its endings", () => {
    const taken = new Set(["a.txt.pith", "a (2).txt.pith", ".profile"]);
    expect(freeName("a.txt.pith", taken)).toBe("a (3).txt.pith");
    expect(freeName("b.txt.pith", taken)).toBe("b.txt.pith");
    expect(freeName(".profile", taken)).toBe(".profile (2)");
  });
});

describe("choices", () => {
  test.each([
    [{}, 5, "auto", "none"],
    [{ level: "9", method: "dna" }, 9, "dna", "none"],
    [{ level: "10", prior: "auto" }, 10, "auto", "auto"],
    [{ level: "11", method: "zip", prior: "own" }, 5, "auto", "none"],
    [{ level: "2.5", method: "mix", prior: "auto" }, 5, "mix", "none"],
  ])("%j in the address means level %d, method %s, prior %s", (settings, level, method, prior) => {
    expect(choicesOf(settings)).toEqual({ level, method, prior });
  });
});

describe("what was found inside", () => {
  const pictures = { count: 0, length: 0 };

  test("is told by kind, without the frames around it", () => {
    const kinds = [
      { kind: "deflate", count: 91, length: 362_000, insideLength: 1_110_000 },
      { kind: "zip directory", count: 1, length: 900, insideLength: 300 },
      { kind: "base64", count: 1, length: 4000, insideLength: 3000 },
    ];
    const found = { type: "a PDF", coding: "", kinds, pictures: { count: 2, length: 240_000 }, parts: [], more: 0 };
    expect(foundText(found)).toBe(
      "a PDF: 91 streams of deflate opened (362 kB, 1.11 MB inside), one text in base64 opened (4.00 kB, 3.00 kB inside), " +
        "2 JPEGs (240 kB)",
    );
    expect(foundText({ ...found, type: undefined })).toMatch(/^inside: 91 streams/);
  });

  test("is what it is taken for, where nothing is opened; of nothing, nothing is told", () => {
    const found = { type: undefined, coding: "English, by its words", kinds: [], pictures, parts: [], more: 0 };
    expect(foundText(found)).toBe("taken for English, by its words");
    expect(foundText({ ...found, type: "a tar archive" })).toBe("a tar archive, taken for English, by its words");
    expect(foundText({ ...found, coding: "" })).toBe("");
  });

  test("parts within parts are told with how deep they lie, and what most of it is, by what has none", async () => {
    const file = await info(await compress(new Uint8Array(0)));
    const part = { method: "stored", kind: undefined, transforms: [], payloadLength: 10, contentLength: 10, parts: [] };
    const words = { ...part, method: "mix", kind: "text", transforms: ["words"], payloadLength: 20, contentLength: 90 };
    const inner = { ...part, method: "split", payloadLength: 30, contentLength: 100, parts: [part, words] };
    const [frame] = file.frames;
    const block = { ...part, method: "split", parts: [part, inner] };
    const found = foundIn({ ...file, frames: [{ ...frame, blocks: [block as never] }] }, new Uint8Array(0));
    expect(found.coding).toBe("English, by its words");
    expect(found.parts.map(({ depth, length, codedLength }) => [depth, length, codedLength])).toEqual([
      [0, 10, 10],
      [0, 100, 30],
      [1, 10, 10],
      [1, 90, 20],
    ]);
    expect(foundIn(file, new Uint8Array(0)).parts).toEqual([]);
  });

  test("a type is known by its first bytes", () => {
    const text = new TextEncoder();
    expect(fileType(text.encode("%PDF-1.7\n"))).toBe("a PDF");
    expect(fileType(Uint8Array.of(0x1f, 0x8b, 8, 0))).toBe("a gzip file");
    expect(fileType(text.encode(`${"\0".repeat(257)}ustar`))).toBe("a tar archive");
    expect(fileType(text.encode("a text"))).toBeUndefined();
    expect(fileType(new Uint8Array(0))).toBeUndefined();
  });
});

describe("results", () => {
  const row = { id: 1, name: "a", bytes: 10, gzip: 8, pith: 4, share: 0.4, level: 5, seconds: 1 };
  const rows: ResultRow[] = [
    row,
    { ...row, name: "file 10", gzip: undefined, pith: 3 },
    { ...row, name: "file 9, new" },
  ];

  test("are sorted by any column, names as people count", () => {
    const by = (column: "name" | "gzip" | "pith"): string[] =>
      [...rows].sort((a, b) => compareRows(a, b, column)).map(({ name }) => name);
    expect(by("name")).toEqual(["a", "file 9, new", "file 10"]);
    expect(by("gzip")[0]).toBe("file 10");
    expect(by("pith")[0]).toBe("file 10");
  });

  test("are a table for other programs", () => {
    expect(csvOfResults(rows).split("\r\n")).toEqual([
      "name,bytes,gzip,pith,share,level,seconds",
      "a,10,8,4,0.4,5,1",
      "file 10,10,,3,0.4,5,1",
      '"file 9, new",10,8,4,0.4,5,1',
      "",
    ]);
  });
});

test("several results are one ZIP, whose members come out as they are, and the same ZIP at any time", async () => {
  const members = [
    { name: "a.txt.pith", content: new Blob(["first"]) },
    { name: "zwölf.pith", content: new Blob(["second, and longer"]) },
  ];
  const zip = await zipOf(members);
  expect(zip.type).toBe("application/zip");
  const bytes = Buffer.from(await zip.arrayBuffer());
  expect(bytes.equals(Buffer.from(await (await zipOf(members)).arrayBuffer()))).toBe(true);
  // The end of the directory says how many there are, and where it begins.
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  expect(bytes.readUInt16LE(end + 10)).toBe(2);
  let at = bytes.readUInt32LE(end + 16);
  for (const { name, content } of members) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const [sum, length] = [bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 20)];
    const nameLength = bytes.readUInt16LE(at + 28);
    expect(bytes.toString("utf8", at + 46, at + 46 + nameLength)).toBe(name);
    const start = bytes.readUInt32LE(at + 42) + 30 + nameLength;
    const found = bytes.subarray(start, start + length);
    expect(found.toString()).toBe(await content.text());
    expect(sum).toBe(crc32(found));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30);
  }
  expect(at).toBe(end);
});

test.each([
  ["a/b.txt", ["a", "b.txt"]],
  ["./a//b", ["a", "b"]],
  ["..", undefined],
  ["a/../../b", undefined],
  ["/etc/passwd", undefined],
  ["C:\\b", undefined],
  ["a\0b", undefined],
  ["./", undefined],
])("what a folder takes of the name %j", (name, steps) => {
  expect(stepsOf(name)).toEqual(steps);
});

describe("the rate", () => {
  test("is that of a steady task, from the first report on", () => {
    const meter = new RateMeter(10);
    expect(meter.rate).toBe(0);
    expect(meter.secondsLeft(100)).toBeUndefined();
    for (let i = 1; i <= 5; i++) {
      meter.report(50 * i, 10 + 0.5 * i);
      expect(meter.rate).toBeCloseTo(100);
    }
    expect(meter.secondsLeft(1250)).toBeCloseTo(10);
  });

  test("follows a change within seconds, without jumping", () => {
    const meter = new RateMeter(0);
    for (let i = 1; i <= 40; i++) meter.report(10 * i, 0.1 * i);
    const fast = meter.rate;
    meter.report(401, 4.1);
    expect(meter.rate).toBeGreaterThan(0.9 * fast);
    for (let i = 1; i <= 150; i++) meter.report(401 + i, 4.1 + 0.1 * i);
    expect(meter.rate).toBeLessThan(0.2 * fast);
  });

  test("does not mind two reports at one time", () => {
    const meter = new RateMeter(0);
    meter.report(10, 1);
    meter.report(20, 1);
    expect(Number.isFinite(meter.rate)).toBe(true);
  });
});

describe("problems", () => {
  test("bad data keeps its place and what was expected there, and says what to do", () => {
    const problem = explain(
      new PithError("checksum-mismatch", "the content is damaged", { offset: 77, expected: "aa", got: "bb" }),
    );
    expect(problem).toMatchObject({ title: "damaged", offset: 77 });
    expect(problem.what).toBe("the content is damaged at byte 77: expected aa, got bb");
    expect(problem.remedy).not.toBe("");
  });

  test("damage keeps the bounds that it lies in", () => {
    const error = new PithError("damaged", "a block is damaged", { offset: 10, end: 77 });
    expect(explain(error)).toMatchObject({ title: "damaged", offset: 10, end: 77 });
    expect(explain(error).what).toBe("a block is damaged between bytes 10 and 77");
  });

  test.each(["prior", "reference"])("a file that builds on a %s is not told to be of a newer Pith", (what) => {
    const error = new PithError("unknown-method", `a block was made with a ${what}, which was not given`, {
      offset: 2,
    });
    expect(explain(error).title).toBe(`needs a ${what}`);
    expect(explain(error).remedy).toContain("pith -d --reference OLD");
  });

  test.each<PithErrorCode>(["damaged", "truncated", "trailing-data"])("%s never says to cut anything off", (code) => {
    expect(explain(new PithError(code, "wrong", { offset: 1 })).remedy).not.toMatch(/cut/);
  });

  test.each(["QuotaExceededError", "NotReadableError", "RangeError", "Whatever"])("%s has a remedy", (name) => {
    const problem = explain(Object.assign(new Error("it failed"), { name }));
    expect(problem.what).toBe("it failed");
    expect(problem.remedy.length).toBeGreaterThan(20);
    expect(problem.offset).toBeUndefined();
  });
});

test("without disk space, a result is put together from its parts", async () => {
  const space = new BlobSpace();
  const output = await space.open();
  output.write(Uint8Array.of(1, 2));
  output.write(new Uint8Array(3_000_000).fill(7));
  output.write(Uint8Array.of(3));
  const content = new Uint8Array(await (await output.finish()).arrayBuffer());
  expect(content.length).toBe(3_000_003);
  expect([content[1], content[2], content[3_000_001], content[3_000_002]]).toEqual([2, 7, 7, 3]);
});
