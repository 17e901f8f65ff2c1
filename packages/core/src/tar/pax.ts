/** Records of pax: `27 path=name of any length\n`, each with its own length in front. */

import { nameOfBytes } from "../bytes/names.ts";

const SPACE = 0x20;
const EQUALS = 0x3d;
const NEWLINE = 0x0a;
/** Digits of the length of the longest record that anybody has: 10 MB. */
const MOST_DIGITS = 8;

/**
 * The records of an extended header; of several with the same key, the last one counts.
 *
 * @returns the bytes of each value by its key; undefined if they are no such records
 */
export function readPaxRecords(bytes: Uint8Array): ReadonlyMap<string, Uint8Array<ArrayBuffer>> | undefined {
  const records = new Map<string, Uint8Array<ArrayBuffer>>();
  for (let at = 0; at < bytes.length;) {
    const space = bytes.subarray(0, at + MOST_DIGITS + 1).indexOf(SPACE, at);
    const digits = space < 0 ? "" : String.fromCharCode(...bytes.subarray(at, space));
    const end = at + Number(digits);
    if (!/^[1-9]\d*$/.test(digits) || end > bytes.length || bytes[end - 1] !== NEWLINE) return undefined;
    const equals = bytes.subarray(0, end).indexOf(EQUALS, space);
    if (equals < 0 || equals === space + 1) return undefined;
    records.set(nameOfBytes(bytes.subarray(space + 1, equals)), bytes.slice(equals + 1, end - 1));
    at = end;
  }
  return records;
}
