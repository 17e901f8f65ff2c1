import { expect, test } from "@jest/globals";
import { analysisSettingsOf } from "../src/patterns/analysis-settings.ts";
import { sampleOf } from "../src/patterns/sample.ts";

test.each([
  [{}, 1000, "xxh64"],
  [{ block: "10000", signature: "md5" }, 10_000, "md5"],
  [{ block: "150", signature: "crc" }, 1000, "xxh64"],
])("%j in the address means patterns of %d bytes, told apart by %s", (settings, blockSize, signature) => {
  expect(analysisSettingsOf(settings)).toEqual({ blockSize, signature });
});

test("a short file is its own sample", () => {
  const file = new Blob(["1234"]);
  expect(sampleOf(file, 4)).toEqual({ content: file, pieces: 1 });
});

test("of a long one, pieces from its start to its end are taken, evenly spread", async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const { content, pieces } = sampleOf(new Blob([bytes]), 16);
  expect(pieces).toBe(8);
  const sample = [...new Uint8Array(await content.arrayBuffer())];
  expect(sample).toEqual([0, 1, 36, 37, 72, 73, 108, 109, 145, 146, 181, 182, 217, 218, 254, 255]);
});
