/**
 * Names of files as text, whatever their bytes are. Most are UTF-8, but systems other than Windows and macOS allow any
 * bytes. Those that are no UTF-8 stand in a name as lone surrogates, U+DC80 to U+DCFF for 0x80 to 0xFF, as in Python
 * (PEP 383): a name can be joined, cut and compared as any text can, and no byte is lost on the way.
 */

import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";

const ESCAPE = 0xdc00;
/** With `u`, halves of pairs do not match. */
const ESCAPED = /[\udc80-\udcff]/gu;

/** A name that the system gave. */
export function nameOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  let name = "";
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at];
    const end = at + (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
    const character = bytes.subarray(at, end);
    const valid = end <= bytes.length && isUtf8(character);
    name += valid ? character.toString() : String.fromCharCode(ESCAPE + lead);
    at = valid ? end : at + 1;
  }
  return name;
}

/** A name as the functions of `node:fs` take it. */
export function systemPath(name: string): string | Buffer {
  if (process.platform === "win32" || name.search(ESCAPED) < 0) return name;
  const parts: Buffer[] = [];
  let done = 0;
  for (const { index } of name.matchAll(ESCAPED)) {
    parts.push(Buffer.from(name.slice(done, index)), Buffer.of(name.charCodeAt(index) - ESCAPE));
    done = index + 1;
  }
  return Buffer.concat([...parts, Buffer.from(name.slice(done))]);
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
  return words.every((word, i) => raw.at(i)?.toString() === word) ? raw.map(nameOf) : words;
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
