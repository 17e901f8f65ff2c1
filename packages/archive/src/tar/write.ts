/** Writes the headers of members, as POSIX pax has them: a header of ustar, and before it what does not fit in there. */

import { bytesOfName, concatenate, hasOddBytes } from "@pith/core/bytes";
import { TAR, TAR_BLOCK, tarChecksum } from "@pith/core/tar";
import type { MemberHeader } from "../member.ts";
import { isDevice, letterOf } from "./types.ts";

const SECOND = 1_000_000_000n;
const SLASH = 0x2f;
const VERSION = "ustar\u000000";
/** An extended header has a name that no program heeds. */
const EXTENDED_NAME = "PaxHeader";
const PRINTABLE = /^[\x20-\x7e]*$/;

/** The two blocks of zeros with which a tar ends. */
export const TAR_END = new Uint8Array(2 * TAR_BLOCK);

/** The headers of a member: one block, or three and more. */
export function tarHeader(member: MemberHeader): Uint8Array<ArrayBuffer> {
  const { type, mode, size } = member;
  const name = bytesOfName(type === "folder" ? `${member.name}/` : member.name);
  const link = bytesOfName(member.link);
  const records = new Records();
  const main = new Uint8Array(TAR_BLOCK);

  const place = placeName(name);
  const isNamed = place !== undefined && fits(member.name);
  if (isNamed) {
    main.set(name.subarray(place), TAR.name.at);
    if (place > 0) main.set(name.subarray(0, place - 1), TAR.prefix.at);
  } else {
    main.set(name.subarray(0, TAR.name.length), TAR.name.at);
  }
  const isLinked = link.length <= TAR.link.length && fits(member.link);
  main.set(link.subarray(0, TAR.link.length), TAR.link.at);
  // Which bytes they are in, is said before they come.
  if ((!isNamed && hasOddBytes(member.name)) || (!isLinked && hasOddBytes(member.link))) {
    records.add("hdrcharset", bytesOfName("BINARY"));
  }
  if (!isNamed) records.add("path", name);
  if (!isLinked) records.add("linkpath", link);

  const number = (field: { readonly at: number; readonly length: number }, key: string | undefined, value: number) => {
    const isWritten = putOctal(main, field, value);
    if (!isWritten && key !== undefined) records.add(key, bytesOfName(`${value}`));
  };
  number(TAR.mode, undefined, mode);
  number(TAR.uid, "uid", member.owner);
  number(TAR.gid, "gid", member.group);
  number(TAR.size, "size", size);
  const { modified } = member;
  const seconds = Number(modified / SECOND);
  if (modified < 0n || modified % SECOND !== 0n || !putOctal(main, TAR.mtime, seconds)) {
    putOctal(main, TAR.mtime, Math.max(0, seconds));
    records.add("mtime", bytesOfName(decimal(modified)));
  }
  if (isDevice(type)) {
    putOctal(main, TAR.majorDevice, member.device?.major ?? 0);
    putOctal(main, TAR.minorDevice, member.device?.minor ?? 0);
  }
  finishHeader(main, letterOf(type));
  return records.isEmpty ? main : concatenate([...extendedHeader(records.finish()), main]);
}

/** A header for all members that follow, which says what programs may show and none heeds. */
export function tarComment(text: string): Uint8Array<ArrayBuffer> {
  const records = new Records();
  records.add("comment", bytesOfName(text));
  return concatenate(extendedHeader(records.finish(), "g"));
}

/** Whether a name may stand in a header of ustar, whose characters are ASCII; other bytes are what programs make of them. */
function fits(name: string): boolean {
  return PRINTABLE.test(name) || hasOddBytes(name);
}

/**
 * Where the name begins of which the rest is the prefix, with a `/` between both.
 *
 * @returns 0 without a prefix; undefined if the name is too long for both
 */
function placeName(name: Uint8Array): number | undefined {
  if (name.length <= TAR.name.length) return 0;
  // A `/` at the end belongs to the name.
  const first = Math.max(1, name.length - TAR.name.length - 1);
  for (let at = first; at <= TAR.prefix.length && at < name.length - 1; at++) {
    if (name[at] === SLASH) return at + 1;
  }
  return undefined;
}

/** Nanoseconds as seconds in decimal, without zeros at the end. */
function decimal(nanoseconds: bigint): string {
  const digits = `${nanoseconds < 0n ? -nanoseconds : nanoseconds}`.padStart(10, "0");
  const text = `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, "");
  return `${nanoseconds < 0n ? "-" : ""}${text === "" ? "0" : text}`;
}

/** @returns whether the field can hold it; if not, it is left as it is */
function putOctal(
  header: Uint8Array,
  { at, length }: { readonly at: number; readonly length: number },
  value: number,
): boolean {
  const digits = value.toString(8);
  if (value < 0 || digits.length >= length) return false;
  header.set(bytesOfName(digits.padStart(length - 1, "0")), at);
  return true;
}

function finishHeader(header: Uint8Array, letter: string): void {
  header.set(bytesOfName(letter), TAR.type.at);
  header.set(bytesOfName(VERSION), TAR.magic.at);
  // Six digits, a zero and a space: so it has been since 1979.
  header.set(bytesOfName(`${tarChecksum(header, 0).toString(8).padStart(6, "0")}\0 `), TAR.checksum.at);
}

/** An extended header with records, filled up to whole blocks. */
function extendedHeader(records: Uint8Array, letter = "x"): Uint8Array[] {
  const header = new Uint8Array(TAR_BLOCK);
  header.set(bytesOfName(EXTENDED_NAME), TAR.name.at);
  putOctal(header, TAR.mode, 0o644);
  for (const field of [TAR.uid, TAR.gid, TAR.mtime]) putOctal(header, field, 0);
  putOctal(header, TAR.size, records.length);
  finishHeader(header, letter);
  return [header, records, padding(records.length)];
}

/** Zeros behind so many bytes, up to a whole block. */
export function padding(length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(-length & (TAR_BLOCK - 1));
}

/** Records of an extended header in the making. */
class Records {
  readonly #parts: Uint8Array[] = [];

  get isEmpty(): boolean {
    return this.#parts.length === 0;
  }

  add(key: string, value: Uint8Array): void {
    const rest = 3 + key.length + value.length;
    // The length counts its own digits.
    let length = rest + 1;
    while (rest + `${length}`.length !== length) length++;
    this.#parts.push(bytesOfName(`${length} ${key}=`), value, bytesOfName("\n"));
  }

  finish(): Uint8Array {
    return concatenate(this.#parts);
  }
}
