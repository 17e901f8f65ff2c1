import { expect, test } from "@jest/globals";
import {
  formatBytes,
  formatCounted,
  formatDuration,
  formatMemory,
  formatPercent,
  formatShare,
} from "../src/shared/format.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.00 kB"],
  [99_949, "99.9 kB"],
  [99_950, "100 kB"],
  [999_499, "999 kB"],
  [999_500, "1.00 MB"],
  [12_345_678, "12.3 MB"],
  [2e9, "2.00 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, "0.0 %"],
  [0.00001, "< 0.1 %"],
  [0.5, "50.0 %"],
  [0.9999, "> 99.9 %"],
  [1, "100.0 %"],
])("a share of %d is %s", (share, text) => {
  expect(formatPercent(share)).toBe(text);
});

test.each([
  [0.04, "0.0 s"],
  [9.94, "9.9 s"],
  [9.96, "10 s"],
  [59.6, "1 min 0 s"],
  [200, "3 min 20 s"],
  [7500, "2 h 5 min"],
])("%d seconds are %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("what is counted agrees with its number", () => {
  expect(formatCounted(1, "file")).toBe("one file");
  expect(formatCounted(1200, "file")).toBe("1,200 files");
});

test("of nothing there is no share", () => {
  expect(formatShare(0, 0)).toBe("–");
  expect(formatMemory(3 * 2 ** 20)).toBe("3 MiB");
});
