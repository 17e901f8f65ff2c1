/** What `pith stats` reads. */

import { open, readFile, stat } from "node:fs/promises";

import { PithError } from "@pith/core";
import type { Statistics } from "@pith/statistics";

import { BadFile, Failure, Skipped } from "../../errors.ts";
import { explain } from "../../explain.ts";
import { formatBytes } from "../../format.ts";

/** Statistics are much smaller; what is larger is something else. */
const LARGEST_STATISTICS = 2 ** 26;
/** Texts that are measured or learned are held in memory. */
const LARGEST_TEXT = 2 ** 30;

/** Reads a file of statistics. */
export async function readStatisticsFile(path: string): Promise<Statistics> {
  const { readStatistics } = await import("@pith/statistics");
  await refuse(path, LARGEST_STATISTICS);
  const bytes = await readFile(path);
  return advising("make it again with pith stats count", () => readStatistics(bytes));
}

/** Reads a whole text, and refuses what is none. */
export async function readText(path: string): Promise<Uint8Array> {
  await refuse(path, LARGEST_TEXT);
  return requireText(new Uint8Array(await readFile(path)));
}

/** Reads texts and joins them: of each, the first `sample` bytes, up to the last whole character. */
export async function readTexts(paths: readonly string[], sample: number | undefined): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const path of paths) {
    await naming(path, async () =>
      parts.push(sample === undefined ? await readText(path) : await readHead(path, sample)),
    );
  }
  return Buffer.concat(parts);
}

/** Says of bad data what to do. */
export async function advising<Result>(advice: string, action: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof PithError ? new BadFile(error, advice) : error;
  }
}

/** Says in an error which file it is about, where that is not the operand. */
export async function naming<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const { message, code } = explain(error);
    throw new Failure(`${path}: ${message}`, code);
  }
}

async function readHead(path: string, length: number): Promise<Uint8Array> {
  await refuse(path, Infinity);
  const file = await open(path, "r");
  try {
    const buffer = new Uint8Array(length);
    const { bytesRead } = await file.read(buffer, 0, length, 0);
    let end = bytesRead;
    // A character that goes on beyond the sample is left out.
    if (bytesRead === length) {
      while (end > 0 && (buffer[end - 1] & 0xc0) === 0x80) end--;
      if (end > 0 && buffer[end - 1] >= 0xc0) end--;
      else end = bytesRead;
    }
    return await requireText(buffer.subarray(0, end));
  } finally {
    await file.close();
  }
}

async function requireText(bytes: Uint8Array): Promise<Uint8Array> {
  const { encodeFraming } = await import("@pith/framing");
  await advising("convert it to UTF-8 first", () => encodeFraming(bytes));
  return bytes;
}

async function refuse(path: string, largest: number): Promise<void> {
  const stats = await stat(path);
  if (stats.isDirectory()) throw new Skipped("is a directory; name the files in it");
  if (stats.size > largest) {
    throw new Failure(`expected at most ${formatBytes(largest)}, got ${formatBytes(stats.size)}`);
  }
}
