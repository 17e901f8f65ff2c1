/** What the headers of a member say: that of ustar, and what extended headers before it put in place of its fields. */

import { PithError } from "@pith/core";
import { nameOfBytes } from "@pith/core/bytes";
import { hasTarMagic, TAR, tarNumber } from "@pith/core/tar";
import type { MemberHeader } from "../member.ts";
import { isDevice, isLink, typeOf } from "./types.ts";

/** Bytes of a name, or of where a link leads: no system allows longer ones. */
export const MOST_NAME = 65_535;

/** The letter of a file, and the record of pax that has the name of a sparse one. */
const FILE = "0";
const SPARSE_NAME = "GNU.sparse.name";

/** What extended headers say, by the keys of pax. */
export type Records = ReadonlyMap<string, Uint8Array>;

interface Field {
  readonly at: number;
  readonly length: number;
}

/**
 * @param header of ustar, or of an older tar
 * @param records of extended headers before it
 * @param offset of the header, for errors
 * @param isSparse whether it is a file with holes, of which only the stretches between count as its size
 * @throws PithError `invalid-field`
 */
export function memberOf(header: Uint8Array, records: Records, offset: number, isSparse: boolean): MemberHeader {
  const isUnknown = !isSparse && [...records.keys()].some((key) => key.startsWith("GNU.sparse."));
  const letter = isSparse ? FILE : String.fromCharCode(header[TAR.type.at]);
  const type = isUnknown ? "other" : typeOf(letter);
  const number = (field: Field, name: string): number => {
    const value = tarNumber(header, field.at, field.length);
    if (value !== undefined) return value;
    // An empty field is 0: some programs leave out what they do not know.
    if (stringAt(header, field).length === 0) return 0;
    throw new PithError("invalid-field", `${name} of a tar's header is no number`, { offset: offset + field.at });
  };
  const written = pathOf(
    records,
    isSparse && records.has(SPARSE_NAME) ? SPARSE_NAME : "path",
    () => nameIn(header),
    offset,
  );
  // A folder of old programs is a file whose name ends so.
  const isFolder = type === "folder" || (type === "file" && written.endsWith("/"));
  const name = written.replace(/(?<=.)\/+$/s, "");
  if (name === "") throw new PithError("invalid-field", "a member of the tar has no name", { offset });
  const size = integerOf(records, "size", () => number(TAR.size, "the size"), offset);
  return {
    name,
    type: isFolder ? "folder" : type,
    size,
    mode: number(TAR.mode, "the mode") & 0o7777,
    modified: timeOf(records, () => BigInt(number(TAR.mtime, "the time")) * SECOND, offset),
    link: isLink(type) ? pathOf(records, "linkpath", () => stringAt(header, TAR.link), offset) : "",
    owner: integerOf(records, "uid", () => number(TAR.uid, "the owner"), offset),
    group: integerOf(records, "gid", () => number(TAR.gid, "the group"), offset),
    ...(isDevice(type) && {
      device: { major: number(TAR.majorDevice, "the device"), minor: number(TAR.minorDevice, "the device") },
    }),
  };
}

/** Up to the first zero. */
function stringAt(header: Uint8Array, { at, length }: Field): Uint8Array {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return end < 0 ? field : field.subarray(0, end);
}

function nameIn(header: Uint8Array): Uint8Array {
  const name = stringAt(header, TAR.name);
  // GNU has times where POSIX has a prefix: its magic ends in spaces.
  const isPosix = hasTarMagic(header, 0) && header[TAR.magic.at + TAR.magic.length - 1] === 0;
  const prefix = isPosix ? stringAt(header, TAR.prefix) : new Uint8Array(0);
  if (prefix.length === 0) return name;
  const whole = new Uint8Array(prefix.length + 1 + name.length);
  whole.set(prefix);
  whole[prefix.length] = SLASH;
  whole.set(name, prefix.length + 1);
  return whole;
}

const SLASH = 0x2f;
const SECOND = 1_000_000_000n;

function pathOf(records: Records, key: string, otherwise: () => Uint8Array, offset: number): string {
  const bytes = records.get(key) ?? otherwise();
  if (bytes.length > MOST_NAME) {
    throw new PithError("invalid-field", `a name in the tar is too long`, {
      offset,
      expected: `at most ${MOST_NAME} bytes`,
      got: bytes.length,
    });
  }
  if (bytes.includes(0)) throw new PithError("invalid-field", "a name in the tar has a byte of zero", { offset });
  return nameOfBytes(bytes);
}

function integerOf(records: Records, key: string, otherwise: () => number, offset: number): number {
  const bytes = records.get(key);
  const text = bytes === undefined ? undefined : textOf(bytes);
  const value = text === undefined ? otherwise() : /^\d{1,16}$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new PithError("invalid-field", `${key} of a member of the tar is out of range`, {
    offset,
    expected: "0 to 2^53 − 1",
    got: text ?? value,
  });
}

/** A decimal number of seconds, of which nine digits count. */
function timeOf(records: Records, otherwise: () => bigint, offset: number): bigint {
  const bytes = records.get("mtime");
  if (bytes === undefined) return otherwise();
  const match = /^(-?)(\d{1,16})(?:\.(\d{0,40}))?$/.exec(textOf(bytes));
  if (match === null) {
    throw new PithError("invalid-field", "mtime of a member of the tar is no time", { offset, got: textOf(bytes) });
  }
  const [, sign, whole, fraction = ""] = match;
  const time = BigInt(whole) * SECOND + BigInt(fraction.slice(0, 9).padEnd(9, "0"));
  return sign === "-" ? -time : time;
}

/** For numbers, and for errors: the beginning of what is there. */
function textOf(bytes: Uint8Array): string {
  return nameOfBytes(bytes.subarray(0, 64));
}
