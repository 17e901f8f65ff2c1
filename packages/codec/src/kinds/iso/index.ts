/**
 * Images of optical discs (ISO 9660, with any extension of it): where files lie. Their bytes stay; what is in them is looked
 * at apart.
 */
import type { Member } from "../kind.ts";

const SECTOR = 2048;
/** The descriptor of the volume: its sector, and in it the record of the first directory. */
const DESCRIPTOR = 16 * SECTOR;
const IDENTIFIER = Uint8Array.of(1, 0x43, 0x44, 0x30, 0x30, 0x31);
const ROOT = DESCRIPTOR + 156;
/** In a record: the sector and the bytes of what it names, its flags, and the length of its name. */
const EXTENT = 2;
const LENGTH = 10;
const FLAGS = 25;
const NAME_LENGTH = 32;
const LEAST_RECORD = 34;
const DIRECTORY = 2;
/** Directories and files that are looked at, at most: what has more of them is not told apart. */
const MOST_RECORDS = 65_536;

/** Where something lies in content. */
interface Extent {
  readonly start: number;
  readonly end: number;
}

/** The files of an image from the start of content on, as far as they are whole, in the order in which they lie. */
export function isoMembers(content: Uint8Array): Member[] {
  if (content.length < DESCRIPTOR + SECTOR || IDENTIFIER.some((byte, i) => content[DESCRIPTOR + i] !== byte)) return [];
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  const root = extentOf(view, ROOT);
  const files: Extent[] = [];
  const directories = root === undefined ? [] : [root];
  const seen = new Set(directories.map(({ start }) => start));
  let records = 0;
  for (let directory = directories.pop(); directory !== undefined; directory = directories.pop()) {
    for (const at of recordsIn(content, directory)) {
      if (++records > MOST_RECORDS) return [];
      const extent = extentOf(view, at);
      if (extent === undefined || extent.end === extent.start) continue;
      if ((content[at + FLAGS] & DIRECTORY) === 0) files.push(extent);
      else if (!seen.has(extent.start)) directories.push(extent);
      seen.add(extent.start);
    }
  }
  return membersOf(files);
}

/** Where the records of a directory begin. */
function* recordsIn(content: Uint8Array, { start, end }: Extent): Generator<number> {
  for (let at = start; at + LEAST_RECORD <= end;) {
    const length = content[at];
    const isWhole = length >= LEAST_RECORD && content[at + NAME_LENGTH] > 0;
    if (isWhole) yield at;
    // None lies in two sectors; zeros fill up the first.
    at = isWhole ? at + length : (Math.floor(at / SECTOR) + 1) * SECTOR;
  }
}

/** What a record names; undefined if that is not all there. */
function extentOf(view: DataView, at: number): Extent | undefined {
  const start = view.getUint32(at + EXTENT, true) * SECTOR;
  const end = start + view.getUint32(at + LENGTH, true);
  return end <= view.byteLength ? { start, end } : undefined;
}

/** Files in order; of such as overlap, the first. */
function membersOf(files: readonly Extent[]): Member[] {
  const members: Member[] = [];
  let end = 0;
  for (const file of [...files].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (file.start < end) continue;
    members.push({ dataStart: file.start, dataEnd: file.end });
    end = file.end;
  }
  return members;
}
