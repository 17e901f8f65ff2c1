import { describe, expect, test } from "@jest/globals";
import { instantiateKernel } from "@pith/core";
import { kernel as dnaKernel } from "../src/generated/dna.ts";
import { detectDna } from "../src/methods/dna/detect.ts";
import { dna } from "../src/methods/dna/index.ts";
import { kernelMemory, tableBitsFor } from "../src/methods/dna/levels.ts";
import { mostNumbers } from "../src/methods/dna/parts.ts";
import { decodeSide, encodeSide } from "../src/methods/dna/side.ts";
import { splitDna } from "../src/methods/dna/split.ts";

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe("splitting a file of sequences", () => {
  test("tells bases, lines, cases, exceptions and headers apart", () => {
    expect(splitDna(ascii(">chr1 x\nACGTAC\nGTnnAC\nGT\n>chr2\nacgtN\n"))).toEqual({
      bases: Uint8Array.from([0, 2, 1, 3, 0, 2, 1, 3, 0, 2, 1, 3, 0, 2, 1, 3]),
      crlf: false,
      terminated: true,
      headers: ascii("chr1 x\nchr2\n"),
      width: 6,
      records: [
        { header: true, residues: 14 },
        { header: true, residues: 5 },
      ],
      lowerFirst: false,
      caseRuns: [8, 2, 4, 4],
      exceptions: [
        { gap: 8, byte: 0x4e, length: 2 },
        { gap: 8, byte: 0x4e, length: 1 },
      ],
    });
  });

  test("takes CR LF for the line end only where every line has it", () => {
    expect(splitDna(ascii("ACGT\r\nACGT\r\nAC"))).toMatchObject({
      crlf: true,
      terminated: false,
      width: 4,
      exceptions: [],
    });
    expect(splitDna(ascii("ACGT\r\nACGT\nACGTACGTACGT"))).toMatchObject({
      crlf: false,
      exceptions: [{ gap: 4, byte: 0x0d, length: 1 }],
    });
  });

  test("keeps the lines of a record that the width does not explain", () => {
    expect(splitDna(ascii(">a\nACGT\nACGT\nA\n>b\nAC\nAC\nA\n\n"))).toMatchObject({
      width: 4,
      records: [
        { header: true, residues: 9 },
        {
          header: true,
          residues: 5,
          lines: [
            [2, 2],
            [1, 1],
            [0, 1],
          ],
        },
      ],
    });
  });

  test("gives up on what is hardly DNA", () => {
    expect(splitDna(ascii("The quick brown fox jumps over the lazy dog. ".repeat(20)))).toBeUndefined();
  });
});

describe("the numbers of a block", () => {
  const side = {
    width: 70,
    records: [
      { header: false, residues: 1000 },
      { header: true, residues: 2 ** 20, lines: [[2 ** 19, 2]] as const },
    ],
    caseRuns: [5, 1, 100_000],
    exceptions: [
      { gap: 0, byte: 255, length: 1 },
      { gap: 2 ** 20, byte: 0, length: 900 },
    ],
  };

  test("come back", () => {
    expect(decodeSide(encodeSide(side), 2 ** 21, 0)).toEqual(side);
  });

  test("take about their Elias-gamma code", () => {
    expect(
      encodeSide({ width: 0, records: [{ header: true, residues: 10 ** 6 }], caseRuns: [], exceptions: [] }).length,
    ).toBeLessThan(9);
  });

  test("are refused where they make more than the block has", () => {
    expect(() => decodeSide(encodeSide(side), 2 ** 20, 77)).toThrow(
      expect.objectContaining({ code: "invalid-field", offset: 77, expected: expect.stringMatching("at most") }),
    );
  });

  test("are refused where there are more than any encoder writes", () => {
    const caseRuns = Array.from({ length: mostNumbers(100) }, () => 1);
    const many = encodeSide({ width: 0, records: [{ header: false, residues: 100 }], caseRuns, exceptions: [] });
    expect(() => decodeSide(many, 100, 0)).toThrow(/changes of case/);
  });
});

describe("detecting DNA", () => {
  const bases = (length: number, letters = "ACGT"): string =>
    Array.from({ length }, (_, i) => letters[Math.imul(i + 1, 0x9e3779b1) >>> 30]).join("");

  test.each([
    ["bare bases", bases(1000)],
    ["bare bases in lower case", bases(1000).toLowerCase()],
    ["sixteen bases", "ACGTACGTTGCATGCA"],
    ["FASTA", `>NC_1 a chromosome, complete sequence\n${bases(700).replace(/.{70}/g, "$&\n")}`],
    ["FASTA with CR LF", `>NC_1 a chromosome\r\n${bases(700).replace(/.{70}/g, "$&\r\n")}`],
    ["many short records", Array.from({ length: 900 }, (_, i) => `>read_${i} instrument:42\n${bases(60)}\n`).join("")],
    ["long runs of N", `${"N".repeat(20_000)}${bases(20_000)}`],
    ["soft masks and ambiguity codes", `${bases(2000)}RYK${bases(2000).toLowerCase()}NNNN`],
  ])("says yes to %s", (_, text) => {
    expect(detectDna(ascii(text))).toBe(true);
  });

  test.each([
    ["nothing", ""],
    ["fewer than sixteen bases", "ACGTACGTACGTACG"],
    ["English", "It is a truth universally acknowledged, that a cat at a gate can get a tag. ".repeat(50)],
    ["words of the four letters", "A CAT AT A GATE TAGGED A GAG; ".repeat(100)],
    ["protein", `>sp|P1\n${"MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQ\n".repeat(20)}`],
    ["FASTQ", Array.from({ length: 50 }, (_, i) => `@r${i}\n${bases(50)}\n+\n${"FFFF:,#I".repeat(7)}\n`).join("")],
    ["one letter again and again", "A".repeat(5000)],
    ["nothing but N", "N".repeat(5000)],
    ["only headers", ">ACGTACGTACGTACGTACGT\n".repeat(40)],
    ["text behind DNA", bases(50_000) + "and then it was all over, they said. ".repeat(1000)],
    ["zeros", "\0".repeat(5000)],
  ])("says no to %s", (_, text) => {
    expect(detectDna(ascii(text))).toBe(false);
  });
});

describe("the tables of the method dna", () => {
  test("scale with the block", () => {
    expect([1, 1000, 100_000, 2 ** 20, 2 ** 23].map((length) => tableBitsFor(length, 5))).toEqual([12, 12, 18, 20, 21]);
    expect(dna.choose(new Uint8Array(2 ** 20), 1)).toEqual({ tableBits: 16 });
  });

  test("fit the memory that the method says it needs", () => {
    const megabytes = 2 ** 20;
    for (const [length, tableBits] of [
      [1, 10],
      [1000, 12],
      [2 ** 20, 20],
      [2 ** 22, 21],
      [2 ** 20, 16],
    ]) {
      const kernel = instantiateKernel(dnaKernel);
      kernel.start(length, tableBits);
      expect(kernel.memory.buffer.byteLength).toBeLessThanOrEqual(kernelMemory(length, tableBits));
    }
    expect(dna.memory(dna.choose(new Uint8Array(2 * megabytes), 1), 2 * megabytes)).toBeLessThanOrEqual(32 * megabytes);
    expect(dna.memory(dna.choose(new Uint8Array(8 * megabytes), 5), 8 * megabytes)).toBeLessThanOrEqual(
      128 * megabytes,
    );
  });
});
