/** Files as other tools write them; test/hdf5-files/make.py made them with h5py. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "@jest/globals";

import { readStatistics, type Statistics } from "../src/index.ts";

function read(name: string): Promise<Statistics> {
  return readStatistics(new Uint8Array(readFileSync(join(import.meta.dirname, "hdf5-files", name))));
}

const expected: Statistics = {
  counts: {
    alphabet: "abc",
    window: { before: 1, after: 1 },
    characters: BigUint64Array.of(10n, 20n, 30n),
    total: 100n,
    inRuns: 50n,
    pairs: BigUint64Array.from({ length: 18 }, (_, i) => BigInt(i % 5)),
  },
};

describe("statistics of another writer are read", () => {
  test.each([
    ["contiguous", "plain.h5"],
    ["most significant byte first", "big-endian.h5"],
    ["strings of 200 bytes", "long-strings.h5"],
    ["a block of the user's in front", "user-block.h5"],
    ["shuffled, deflated and with checksums", "shuffled.h5"],
    ["scale and offset", "scale-offset.h5"],
  ])("%s", async (_what, name) => {
    expect(await read(name)).toEqual(expected);
  });

  test("but not through a filter that is not there: the error names it and says what to do", async () => {
    await expect(read("lzf.h5")).rejects.toThrow(/^dataset counts: .*h5repack -f GZIP=9.* got lzf \(32000\)$/);
    await expect(read("lzf.h5")).rejects.toMatchObject({ code: "unknown-method" });
  });
});
