import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import type { Dataset, File } from "h5wasm";

import { writeHdf5 } from "../src/hdf5/library.ts";
import { countRange, readStatistics, tableOf, writeStatistics, type Counts, type Statistics } from "../src/index.ts";
import { sampleText } from "./support/text.ts";

const text = sampleText(3000);
const counts: Counts = { ...countRange(text, 0, text.length), total: 2n ** 60n + 1n };
const statistics: Statistics = { counts, table: tableOf(counts) };

describe("a file and back", () => {
  test("with a table", async () => {
    expect(await readStatistics(await writeStatistics(statistics))).toEqual(statistics);
  });

  test("without one, of another alphabet and window", async () => {
    const other = countRange(text, 0, text.length, { alphabet: "ab\0~", window: { before: 0, after: 2 } });
    expect(await readStatistics(await writeStatistics({ counts: other }))).toEqual({ counts: other });
  });
});

function runs(command: string, ...words: string[]): boolean {
  return spawnSync(command, words).status === 0;
}

function withFile(bytes: Uint8Array, use: (path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "pith-statistics-"));
  try {
    writeFileSync(join(folder, "statistics.h5"), bytes);
    use(join(folder, "statistics.h5"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const hasDump = runs("h5dump", "--version");
(hasDump ? test : test.skip)(
  `h5dump reads names, axes, units, filters and numbers${hasDump ? "" : " (it is not installed here)"}`,
  async () => {
    withFile(await writeStatistics(statistics), (path) => {
      const { stdout } = spawnSync("h5dump", ["-p", path], { encoding: "utf8" });
      const datasetAt = (name: string): string =>
        stdout.slice(stdout.indexOf(`DATASET "${name}"`)).split("\n   DATASET")[0];
      const flat = (name: string): string => datasetAt(name).replace(/\s+/g, " ");
      expect(stdout).toContain('(0): "pith character statistics"');
      expect(flat("counts")).toContain("H5T_STD_U64LE DATASPACE SIMPLE { ( 28, 28, 7 ) / ( 28, 28, 7 ) }");
      expect(flat("counts")).toMatch(/CHUNKED \( 28, 28, 1 \) .*COMPRESSION DEFLATE/);
      expect(flat("counts")).toContain('(0): "character, neighbour, distance"');
      expect(flat("counts")).toContain('(0): "occurrences"');
      expect(flat("distance")).toContain("(0): -4, -3, -2, -1, 1, 2, 3");
      expect(flat("table")).toContain("H5T_IEEE_F64LE");
      expect(flat("table")).toContain('(0): "standard deviations"');
      expect(flat("occurrences")).toContain(`(0): ${counts.total}`);
      // Neighbours of h, the eighth: how often t stood 1 before it.
      const place = (7 * 28 + 19) * 7 + 3;
      expect(datasetAt("counts")).toMatch(new RegExp(`\\(7,19,0\\): (\\d+, ){3}${counts.pairs[place]},`));
    });
  },
);

const python = ["/usr/bin/python3", "python3"].find((command) => runs(command, "-c", "import h5py"));
(python === undefined ? test.skip : test)(
  `h5py reads it${python === undefined ? " (it is not installed here)" : ""}`,
  async () => {
    const bytes = await writeStatistics(statistics);
    withFile(bytes, (path) => {
      const script = `
import h5py
with h5py.File(${JSON.stringify(path)}, "r") as file:
    counts = file["counts"]
    print(counts[7, 19, 3], counts.attrs["axes"].decode(), file["occurrences"].attrs["total_characters"])
`;
      const { stdout } = spawnSync(python!, ["-c", script], { encoding: "utf8" });
      const place = (7 * 28 + 19) * 7 + 3;
      expect(stdout).toBe(`${counts.pairs[place]} character, neighbour, distance ${counts.total}\n`);
    });
  },
);

type Numbers = Uint8Array | Int32Array | BigUint64Array | Float64Array;

interface Part {
  readonly data: Numbers;
  readonly shape: number[];
  readonly axes: string;
  readonly units: string;
}

/** The smallest file of the format, as another program might write it: without chunks and compression. */
const PARTS = {
  character: { data: Uint8Array.of(97, 98), shape: [2], axes: "character", units: "ASCII code" },
  distance: { data: Int32Array.of(-1, 1), shape: [2], axes: "distance", units: "characters" },
  occurrences: { data: BigUint64Array.of(2n, 1n), shape: [2], axes: "character", units: "occurrences" },
  counts: {
    data: new BigUint64Array(8),
    shape: [2, 2, 2],
    axes: "character, neighbour, distance",
    units: "occurrences",
  },
} satisfies Record<string, Part>;

function setText(object: File | Dataset, name: string, value: string): void {
  object.create_attribute(name, value, [], `S${value.length}`);
}

/** Writes such a file with other parts, and changes it before it is closed. */
function write(
  parts: Readonly<Record<string, Partial<Part> | "absent">>,
  change: (file: File) => void = () => {},
): Promise<Uint8Array> {
  return writeHdf5((file) => {
    setText(file, "format", "pith character statistics");
    file.create_attribute("format_version", 1, [], "<I");
    for (const [name, part] of Object.entries(PARTS)) {
      const other = parts[name];
      if (other === "absent") continue;
      const { data, shape, axes, units }: Part = { ...part, ...other };
      const dataset = file.create_dataset({ name, data, shape });
      setText(dataset, "axes", axes);
      setText(dataset, "units", units);
      if (name !== "occurrences") continue;
      dataset.create_attribute("total_characters", BigUint64Array.of(3n), [], "<Q");
      dataset.create_attribute("characters_in_runs", BigUint64Array.of(3n), [], "<Q");
    }
    change(file);
  });
}

function replaceAttribute(object: File | Dataset, name: string, value: string | number, type: string): void {
  object.delete_attribute(name);
  object.create_attribute(name, value, [], type);
}

function at(file: File, name: string): Dataset {
  return file.get(name) as Dataset;
}

describe("a file that another program wrote", () => {
  test("is read where it has what it must", async () => {
    const { counts: read } = await readStatistics(await write({}));
    expect(read).toMatchObject({ alphabet: "ab", window: { before: 1, after: 1 }, total: 3n });
  });

  test.each<[string, Record<string, Partial<Part>>, string]>([
    [
      "another shape",
      { counts: { shape: [2, 2, 1], data: new BigUint64Array(4) } },
      "dataset counts: shape: expected 2 × 2 × 2, got 2 × 2 × 1",
    ],
    ["another number of axes", { counts: { shape: [8] } }, "dataset counts: shape: expected 2 × 2 × 2, got 8"],
    [
      "another type",
      { counts: { data: new Float64Array(8) } },
      "dataset counts: type: expected unsigned 64-bit integers, got 64-bit floats, 2 × 2 × 2",
    ],
    [
      "axes in another order",
      { counts: { axes: "neighbour, character, distance" } },
      "attribute axes of dataset counts: expected character, neighbour, distance, got neighbour, character, distance",
    ],
    [
      "other units",
      { distance: { units: "words" } },
      "attribute units of dataset distance: expected characters, got words",
    ],
    [
      "an alphabet of one",
      { character: { shape: [1], data: Uint8Array.of(97) } },
      "dataset character: shape: expected 2 to 64, got 1",
    ],
    [
      "a character twice",
      { character: { data: Uint8Array.of(97, 97) } },
      'dataset character: alphabet: expected each character once, got "a" twice',
    ],
    [
      "distances with a gap",
      { distance: { data: Int32Array.of(-2, 1) } },
      "dataset distance: expected -2 -1 1, got -2 1",
    ],
    [
      "a distance too far",
      { distance: { shape: [1], data: Int32Array.of(40) } },
      "dataset distance: window.after: expected an integer from 0 to 16, got 40",
    ],
  ])("with %s is refused", async (_name, parts, message) => {
    await expect(readStatistics(await write(parts))).rejects.toThrow(message);
  });

  test.each<[string, (file: File) => void, string]>([
    [
      "no format",
      (file) => void file.delete_attribute("format"),
      "attribute format of file: expected an attribute, got nothing of that name",
    ],
    [
      "another format",
      (file) => replaceAttribute(file, "format", "photographs", "S11"),
      "attribute format of the file: expected pith character statistics, got photographs",
    ],
    [
      "a format of variable length",
      (file) => replaceAttribute(file, "format", "pith character statistics", "S"),
      "attribute format of file: expected a string of fixed length, got strings of variable length, a single value",
    ],
    [
      "another version",
      (file) => replaceAttribute(file, "format_version", 2, "<I"),
      "attribute format_version of the file: expected 1, got 2",
    ],
    [
      "a version that is no number",
      (file) => replaceAttribute(file, "format_version", "1", "S1"),
      "attribute format_version of file: expected one of unsigned 32-bit integers, got strings, a single value",
    ],
    [
      "no axes",
      (file) => void at(file, "counts").delete_attribute("axes"),
      "attribute axes of dataset counts: expected an attribute, got nothing of that name",
    ],
    [
      "a total that is too small",
      (file) => {
        at(file, "occurrences").delete_attribute("total_characters");
        at(file, "occurrences").create_attribute("total_characters", BigUint64Array.of(2n), [], "<Q");
      },
      "attribute total_characters of dataset occurrences: expected at least 3, got 2",
    ],
    [
      "more in runs than there are",
      (file) => {
        at(file, "occurrences").delete_attribute("characters_in_runs");
        at(file, "occurrences").create_attribute("characters_in_runs", BigUint64Array.of(4n), [], "<Q");
      },
      "attribute characters_in_runs of dataset occurrences: expected at most 3, got 4",
    ],
    [
      "a table that does not say of what",
      (file) =>
        setText(
          file.create_dataset({ name: "table", data: new Float64Array(8), shape: [2, 2, 2] }),
          "axes",
          PARTS.counts.axes,
        ),
      "attribute quantity of dataset table: expected an attribute, got nothing of that name",
    ],
    [
      "a table that is no dataset",
      (file) => void file.create_group("table"),
      "dataset table: expected a dataset, got a Group",
    ],
  ])("with %s is refused", async (_name, change, message) => {
    const bytes = await write({}, change);
    await expect(readStatistics(bytes)).rejects.toThrow(message);
    await expect(readStatistics(bytes)).rejects.toBeInstanceOf(PithError);
  });

  test.each(Object.keys(PARTS))("without its dataset %s is refused", async (name) => {
    const bytes = await write({ [name]: "absent" });
    await expect(readStatistics(bytes)).rejects.toThrow(
      `dataset ${name}: expected a dataset, got nothing of that name`,
    );
  });
});

describe("a file that is damaged", () => {
  test("by being something else says so", async () => {
    const error = await readStatistics(new TextEncoder().encode("not HDF5")).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "not-pith", offset: 0, expected: "89", got: "6e" });
  });

  test("by being cut says so, wherever", async () => {
    const bytes = await writeStatistics(statistics);
    for (let length = 0; length < bytes.length; length += length < 60 ? 1 : 997) {
      const error = await readStatistics(bytes.subarray(0, length)).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ name: "PithError", code: "truncated", offset: length });
    }
  });

  test("by flipped bits or random bytes is refused or holds what it should, and never hangs", async () => {
    const bytes = await writeStatistics(statistics);
    let state = 7;
    const random = (bound: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return (state >>> 8) % bound;
    };
    let refused = 0;
    for (let round = 0; round < 240; round++) {
      const damaged = bytes.slice();
      const start = random(damaged.length);
      if (round % 4 === 0)
        damaged.set(
          Array.from({ length: 64 }, () => random(256)),
          Math.min(start, damaged.length - 64),
        );
      else damaged[start] ^= 1 << random(8);
      try {
        expect(await readStatistics(damaged)).toEqual(statistics);
      } catch (error) {
        expect(error).toBeInstanceOf(PithError);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(120);
  });
});
