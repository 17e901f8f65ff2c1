/** What short texts are compared with. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const WINDOWS = [10, 16, 22];
const MODES = [constants.BROTLI_MODE_GENERIC, constants.BROTLI_MODE_TEXT];

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** What brotli makes at most quality, with the best of its modes and windows. */
export function brotliLength(sample: Uint8Array): number {
  const lengths = MODES.flatMap((mode) =>
    WINDOWS.map((window) => {
      const params = {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_MODE]: mode,
        [constants.BROTLI_PARAM_LGWIN]: window,
        [constants.BROTLI_PARAM_SIZE_HINT]: sample.length,
      };
      return brotliCompressSync(sample, { params }).length;
    }),
  );
  return Math.min(...lengths);
}

/** Records as a dictionary. @returns its file */
export function dictionaryOf(records: readonly Uint8Array[], folder: string): string {
  const dictionary = join(folder, "dictionary");
  writeFileSync(dictionary, records.map((line) => `${Buffer.from(line).toString("latin1")}\n`).join(""), "latin1");
  return dictionary;
}

/** The mean of what zstd -22 makes with a dictionary. */
export function zstdMean(dictionary: string, samples: readonly Uint8Array[]): number {
  const options = ["--ultra", "-22", "--no-check", "--no-content-size", "-c", "-q", "-D", dictionary];
  return mean(samples.map((sample) => execFileSync("zstd", options, { input: sample }).length));
}

/** All records in one stream, a line feed behind each: none can be read without those before it. */
export function zstdStreamLength(records: readonly Uint8Array[]): number {
  const input = Buffer.from(records.map((line) => `${Buffer.from(line).toString("latin1")}\n`).join(""), "latin1");
  return execFileSync("zstd", ["--ultra", "-22", "--no-check", "-c", "-q"], { input, maxBuffer: 2 ** 30 }).length;
}
