/** What can be had of an archive of which some content is missing. */

import type { FileSource, RandomAccessSource } from "@pith/codec";
import { PithError } from "@pith/core";
import { hasTarChecksum, TAR, TAR_BLOCK } from "@pith/core/tar";
import { storedSize, type Member } from "./member.ts";
import type { ArchiveReference } from "./directory/reference.ts";
import { findLayout } from "./directory/locator.ts";
import { type ArchiveOptions, readMembers } from "./open.ts";
import { sourceOf } from "./source.ts";
import { readTar, type TarEntry } from "./tar/read.ts";
import { padding } from "./tar/write.ts";

/** Bytes of a tar from `start` up to, but without, `end`. */
export interface TarRange {
  readonly start: number;
  readonly end: number;
}

/** A tar of which some bytes are not known. */
export interface PartlyKnownTar {
  /** Gives zeros, or anything, for what is not known. */
  readonly tar: RandomAccessSource;
  /** What is known, in its order. */
  readonly known: readonly TarRange[];
  /** Places, in their order, at which bytes are missing of which nobody knows how many: what follows lies there, but did not. */
  readonly breaks?: readonly number[];
  /** All members, where the index is known and all ranges lie where they did; undefined: headers are looked for. */
  readonly members?: readonly Member[] | undefined;
}

/** A member that is not whole. */
export interface LostMember {
  readonly member: Member;
  /** Whether what the tar says of it is known; its name and size are, in any case. */
  readonly header: boolean;
  /** What is missing of its content. */
  readonly missing: readonly TarRange[];
}

/** What there is of a tar, in its order: members that are whole, members that are not, and stretches of which nobody knows the members. */
export type SalvagedMember =
  { readonly entry: TarEntry } | { readonly lost: LostMember } | { readonly unknown: TarRange };

/**
 * The members of a damaged archive that are whole. Without an index, whatever has the checksum of a header behind a stretch that is
 * missing is taken for one: where that was inside of a tar that is itself a member, its own members come out.
 *
 * @throws what the tar throws when it is read
 */
export async function* salvageMembers({
  tar,
  known,
  breaks = [],
  members,
}: PartlyKnownTar): AsyncGenerator<SalvagedMember, void> {
  const ranges = new KnownRanges(known);
  if (members === undefined) yield* byHeaders(tar, ranges, breaks);
  else for (const member of members) yield await byIndex(tar, ranges, member);
}

/** What a damaged archive says of itself at its end. */
export interface SalvagedIndex {
  readonly members: readonly Member[];
  /** What it builds on, of which nothing is looked at. */
  readonly reference: ArchiveReference | undefined;
  /** Bytes of the file that are frames of the tar, and bytes of the tar. */
  readonly tarFrames: number;
  readonly tarLength: number;
}

/** @returns undefined if the index, or what says where it is, is damaged */
export async function salvageIndex(
  source: FileSource,
  options: ArchiveOptions = {},
): Promise<SalvagedIndex | undefined> {
  try {
    const file = sourceOf(source);
    const layout = await findLayout(file);
    if (layout === undefined) return undefined;
    const { tarFrames, tarLength } = layout;
    return { ...(await readMembers(file, layout, options)), tarFrames, tarLength };
  } catch (error) {
    if (error instanceof PithError) return undefined;
    throw error;
  }
}

/** Ranges, to be asked in any order. */
class KnownRanges {
  readonly #ranges: readonly TarRange[];

  constructor(ranges: readonly TarRange[]) {
    const joined: TarRange[] = [];
    for (const range of ranges) {
      const last = joined.at(-1);
      if (last?.end === range.start) joined[joined.length - 1] = { start: last.start, end: range.end };
      else if (range.end > range.start) joined.push(range);
    }
    this.#ranges = joined;
  }

  /** The first that ends behind a place. */
  from(place: number): TarRange | undefined {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ranges[middle].end > place) high = middle;
      else low = middle + 1;
    }
    return this.#ranges.at(low);
  }

  /** What is not known between two places. */
  missing(start: number, end: number): TarRange[] {
    const missing: TarRange[] = [];
    for (let at = start; at < end;) {
      const range = this.from(at);
      const next = Math.min(end, range?.start ?? end);
      if (next > at) missing.push({ start: at, end: next });
      at = range === undefined ? end : Math.max(next, range.end);
    }
    return missing;
  }
}

async function byIndex(tar: RandomAccessSource, known: KnownRanges, member: Member): Promise<SalvagedMember> {
  const { offset, dataOffset, size } = member;
  const end = dataOffset + size;
  const header = known.missing(offset, dataOffset).length === 0;
  const entry = header && known.missing(dataOffset, end).length === 0 ? await entryAt(tar, offset, end) : undefined;
  if (entry !== undefined) return { entry };
  return { lost: { member, header, missing: within(known.missing(dataOffset, end), dataOffset) } };
}

async function* byHeaders(
  tar: RandomAccessSource,
  known: KnownRanges,
  breaks: readonly number[],
): AsyncGenerator<SalvagedMember, void> {
  // Of a header that was looked for, nobody knows what was before it.
  let isFound = false;
  for (let at = 0; ;) {
    const range = known.from(at);
    const isKnown = range !== undefined && range.start <= at;
    if (isKnown && (await isEnd(tar, at, range.end))) return;
    const entry = isKnown ? await entryAt(tar, at, range.end) : undefined;
    if (entry === undefined) {
      const found = await nextHeader(tar, known, isKnown ? at + 1 : at);
      yield { unknown: { start: at, end: found ?? Math.max(at, tar.size) } };
      if (found === undefined) return;
      [at, isFound] = [found, true];
      continue;
    }
    const { member } = entry;
    const header = !isFound || !(await mayLackExtended(tar, known, at));
    isFound = false;
    const { dataOffset } = member;
    const end = dataOffset + storedSize(member);
    const next = end + padding(storedSize(member)).length;
    const gap = breaks.find((place) => place > at && place < next);
    const missing = known.missing(dataOffset, Math.min(end, gap ?? end));
    if (gap !== undefined && gap < end) missing.push({ start: Math.max(gap, dataOffset), end });
    yield missing.length === 0 && header
      ? { entry }
      : { lost: { member, header, missing: within(missing, dataOffset) } };
    at = next;
    if (gap === undefined) continue;
    const found = await nextHeader(tar, known, gap);
    yield { unknown: { start: gap, end: found ?? Math.max(gap, tar.size) } };
    if (found === undefined) return;
    [at, isFound] = [found, true];
  }
}

/** Of types that are no extended headers, whatever they are. */
const EXTENDED = "xgLK";
/** How a record of pax ends, with the zeros behind it. */
const RECORD = /=[^\0]*\n\0*$/;

/** Whether an extended header may have stood before a header: one says what a member is called, or how long it is. */
async function mayLackExtended(tar: RandomAccessSource, known: KnownRanges, at: number): Promise<boolean> {
  const header = await tar.read(at, TAR_BLOCK);
  if (EXTENDED.includes(String.fromCharCode(header[TAR.type.at]))) return false;
  const before = at - TAR_BLOCK;
  if (before < 0 || known.missing(before, at).length > 0) return true;
  return RECORD.test(String.fromCharCode(...(await tar.read(before, TAR_BLOCK))));
}

/** Whether the tar ends at a place that is known. */
async function isEnd(tar: RandomAccessSource, at: number, end: number): Promise<boolean> {
  if (end - at < TAR_BLOCK) return false;
  return (await tar.read(at, TAR_BLOCK)).every((byte) => byte === 0);
}

/** @returns undefined if no whole header is there */
async function entryAt(tar: RandomAccessSource, at: number, end: number): Promise<TarEntry | undefined> {
  try {
    for await (const { member } of readTar(chunks(tar, at, end), at)) {
      return { member, content: contentOf(tar, member) };
    }
  } catch (error) {
    if (!(error instanceof PithError)) throw error;
  }
  return undefined;
}

/** As it is read from a tar of its own. */
async function* contentOf(tar: RandomAccessSource, member: Member): AsyncGenerator<Uint8Array, void> {
  const { offset, dataOffset } = member;
  for await (const { content } of readTar(chunks(tar, offset, dataOffset + storedSize(member)), offset)) {
    yield* content;
    return;
  }
}

const CHUNK = 2 ** 20;

async function* chunks(tar: RandomAccessSource, start: number, end: number): AsyncGenerator<Uint8Array, void> {
  for (let at = start; at < end; at += CHUNK) yield await tar.read(at, Math.min(CHUNK, end - at));
}

const USTAR = Uint8Array.of(0x75, 0x73, 0x74, 0x61, 0x72);

/** Where the next header begins, at a place or behind it. */
async function nextHeader(tar: RandomAccessSource, known: KnownRanges, from: number): Promise<number | undefined> {
  for (let range = known.from(from); range !== undefined; range = known.from(range.end)) {
    for (let start = Math.max(from, range.start); range.end - start >= TAR_BLOCK; start += CHUNK) {
      const window = await tar.read(start, Math.min(CHUNK + TAR_BLOCK - 1, range.end - start));
      for (let at: number = TAR.magic.at; at + USTAR.length <= window.length; at++) {
        at = window.indexOf(USTAR[0], at);
        const header = at - TAR.magic.at;
        if (at < 0 || header + TAR_BLOCK > window.length) break;
        if (USTAR.every((byte, i) => window[at + i] === byte) && hasTarChecksum(window, header)) return start + header;
      }
    }
  }
  return undefined;
}

function within(ranges: readonly TarRange[], start: number): TarRange[] {
  return ranges.map((range) => ({ start: range.start - start, end: range.end - start }));
}
