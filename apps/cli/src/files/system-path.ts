/** Names of files, which may have any bytes, as the functions of `node:fs`, people and the command's arguments have them. */

import { readFileSync } from "node:fs";

import { bytesOfName, hasOddBytes, nameOfBytes } from "@pith/core/bytes";

const ESCAPE = 0xdc00;
/** Bytes that are no UTF-8, as names have them. */
const ESCAPED = /[\udc80-\udcff]/gu;

/** A name as the functions of `node:fs` take it. */
export function systemPath(name: string): string | Buffer {
  return process.platform === "win32" || !hasOddBytes(name) ? name : Buffer.from(bytesOfName(name).buffer);
}

/** A name for people: bytes that are no UTF-8 as `\xFF`, and control characters, which could steer a terminal, as `?`. */
export function printableName(name: string): string {
  return name
    .replace(ESCAPED, (byte) => `\\x${(byte.charCodeAt(0) - ESCAPE).toString(16).toUpperCase()}`)
    .replace(/\p{Cc}/gu, "?");
}

/** What Node makes of bytes that are no UTF-8. */
const REPLACEMENT = "\ufffd";

/** Whether a name may have lost bytes before it came here. */
export function mayHaveLostBytes(name: string): boolean {
  return name.includes(REPLACEMENT);
}

/**
 * The arguments of the command as names: Node decodes them as UTF-8 and so loses other bytes, but Linux has them still.
 *
 * @param words as Node gives them
 */
export function argumentNames(words: readonly string[]): readonly string[] {
  if (!words.some(mayHaveLostBytes)) return words;
  let line: Buffer;
  try {
    line = readFileSync("/proc/self/cmdline");
  } catch {
    return words; // Not every system has it.
  }
  const raw = splitBytes(line, 0).slice(-words.length);
  return words.every((word, i) => raw.at(i)?.toString() === word) ? raw.map(nameOfBytes) : words;
}

/** The parts of a list in which each part ends with a byte; the last may do without. */
export function splitBytes(list: Buffer, end: number): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let at = list.indexOf(end); at >= 0; at = list.indexOf(end, start)) {
    parts.push(list.subarray(start, at));
    start = at + 1;
  }
  if (start < list.length) parts.push(list.subarray(start));
  return parts;
}
