/** Reading a text a character at a time or in large pieces, before it is framed (thesis, Figure 9). */
import { closeSync, openSync, readSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FramingEncoder } from "@pith/framing";
import type { BufferingResult } from "./results.ts";

/** Bytes that are read at a time: one, and as many as are usual. */
const SIZES = [1, 65_536];
/** Of a text: a call of the system for each byte takes its time. */
const LENGTH = 1_000_000;

/** @param rounds of which each counts */
export function measureBuffering(text: Uint8Array, folder: string, rounds: number): BufferingResult {
  const path = join(folder, "buffering");
  const content = text.subarray(0, LENGTH);
  writeFileSync(path, content);
  const rows = SIZES.map((size) => ({ size, seconds: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { size, seconds } of rows) seconds.push(encode(path, size));
  }
  return { length: content.length, rows };
}

/** @returns seconds of processor time */
function encode(path: string, size: number): number {
  const before = process.cpuUsage();
  const file = openSync(path, "r");
  try {
    const encoder = new FramingEncoder();
    const buffer = new Uint8Array(size);
    for (let count = readSync(file, buffer); count > 0; count = readSync(file, buffer)) {
      encoder.push(buffer.subarray(0, count));
    }
    encoder.finish();
  } finally {
    closeSync(file);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
