/** What an archive says of another that it builds on: which, and what of it is still as it was. */

import { PithError } from "@pith/core";
import { type ByteReader, type ByteWriter, bytesOfName, nameOfBytes } from "@pith/core/bytes";
import { MOST_NAME } from "../tar/fields.ts";
import { putNumber, takeNumber } from "./numbers.ts";

/** An archive of which members are part of another, as they are. */
export interface ArchiveReference {
  /** As `fingerprint` of the codec gives it: 64 hexadecimal digits. */
  readonly fingerprint: string;
  /** What its file was called, without folders: to find it again. */
  readonly name: string;
  /** How many members it has, those of its own reference included. */
  readonly members: number;
  /** Which of them are part of this archive: their numbers, in ascending order. */
  readonly kept: readonly number[];
}

/** A comment of the first member of such an archive: who reads it without its index shall not take it for all that there is. */
export const BUILDS_ON = "only what is new since ";

const DIGITS = /^[0-9a-f]{64}$/;
const HASH = 32;

/** @throws TypeError, RangeError */
export function checkReference({ fingerprint, name, members, kept }: ArchiveReference): void {
  if (!DIGITS.test(fingerprint)) {
    throw new RangeError(`reference.fingerprint: expected 64 hexadecimal digits, got ${fingerprint}`);
  }
  if (!isPlainName(name)) throw new RangeError(`reference.name: expected one without folders, got "${name}"`);
  let before = -1;
  for (const number of kept) {
    if (!Number.isInteger(number) || number <= before || number >= members) {
      throw new RangeError(`reference.kept: expected integers that ascend below ${members}, got ${number}`);
    }
    before = number;
  }
}

/** As the fingerprint, the name, and stretches of members: how many are left out, how many are kept, and so on. */
export function putReference(writer: ByteWriter, { fingerprint, name, members, kept }: ArchiveReference): void {
  for (let at = 0; at < 2 * HASH; at += 2) writer.byte(parseInt(fingerprint.slice(at, at + 2), 16));
  writer.bytes(bytesOfName(name));
  writer.byte(0);
  putNumber(writer, members);
  const runs = runsOf(kept);
  putNumber(writer, runs.length);
  let end = 0;
  for (const { start, length } of runs) {
    putNumber(writer, start - end);
    putNumber(writer, length);
    end = start + length;
  }
}

/**
 * @param mostMembers that may be named
 * @throws PithError
 */
export function takeReference(reader: ByteReader, mostMembers: number): ArchiveReference {
  const fingerprint = Array.from(reader.bytes(HASH), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const { offset } = reader;
  const bytes = reader.until(0, MOST_NAME);
  const name = bytes === undefined ? "" : nameOfBytes(bytes);
  if (!isPlainName(name))
    throw new PithError("invalid-field", "the reference has no name that a file can have", { offset });
  const members = takeNumber(reader, "the number of members");
  if (members > mostMembers) {
    throw new PithError("memory-limit", "the members of the reference take more memory than is allowed", {
      expected: `at most ${mostMembers}`,
      got: members,
    });
  }
  const kept: number[] = [];
  let at = 0;
  for (let runs = takeNumber(reader, "the number of stretches"); runs > 0; runs--) {
    const place = reader.offset;
    at += takeNumber(reader, "a stretch");
    const end = at + takeNumber(reader, "a stretch");
    if (end > members || end === at) {
      throw new PithError("invalid-field", "a stretch of members is empty, or beyond those of the reference", {
        offset: place,
        expected: `at most ${members}`,
        got: end,
      });
    }
    for (; at < end; at++) kept.push(at);
  }
  return { fingerprint, name, members, kept };
}

function isPlainName(name: string): boolean {
  return name !== "" && name !== "." && name !== ".." && !/[/\\\0]/.test(name);
}

function runsOf(numbers: readonly number[]): { readonly start: number; length: number }[] {
  const runs: { readonly start: number; length: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && last.start + last.length === number) last.length++;
    else runs.push({ start: number, length: 1 });
  }
  return runs;
}
