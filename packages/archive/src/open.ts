import {
  decompressRange,
  DecompressStream,
  openFile,
  type DecompressOptions,
  type FileSource,
  type RandomAccessSource,
} from "@pith/codec";
import { PithError, type PithErrorDetails } from "@pith/core";
import { BlockCache, endOf } from "./block-cache.ts";
import { readIndex, type ReadIndex } from "./directory/columns.ts";
import { findLayout, type Layout } from "./directory/locator.ts";
import { type ArchiveReference, BUILDS_ON } from "./directory/reference.ts";
import type { Member } from "./member.ts";
import { piped } from "./piped.ts";
import { partOf, sourceOf } from "./source.ts";
import { readTar, type TarEntry } from "./tar/read.ts";

/** Bytes of memory that reading may take where nothing else is said. */
const DEFAULT_MEMORY = 2 ** 30;

/** How to read. */
export type ArchiveOptions = Pick<DecompressOptions, "threads" | "memoryLimit" | "networks" | "signal">;

/** An archive that is open. */
export interface Archive {
  /** In the order in which they lie in the tar; those of what it builds on are not among them, unless it was opened by {@link openChain}. */
  readonly members: readonly Member[];
  /** What it builds on; undefined: nothing, and its members are all that there are. */
  readonly reference: ArchiveReference | undefined;
  /** Bytes of the tar. */
  readonly tarLength: number;
  /**
   * Members with their content; what comes out are the members that were asked for. Decodes the blocks in which they lie, each once, and compares what the tar says of each member
   * with the index.
   *
   * @param wanted members of this archive; they come in the order of the tar
   * @throws PithError if index and tar differ, or if something is damaged
   */
  entries(wanted: Iterable<Member>): AsyncGenerator<TarEntry, void>;
}

/**
 * Opens an archive by its index.
 *
 * @returns undefined if it has no index: {@link readArchive} reads it all the same, from its start to its end
 * @throws PithError if it is damaged; TypeError, RangeError for wrong options
 * @example
 * const archive = await openArchive(blob);
 * const readme = archive.members.filter(({ name }) => name === "folder/README.md");
 * for await (const { content } of archive.entries(readme)) for await (const piece of content) show(piece);
 */
export async function openArchive(source: FileSource, options: ArchiveOptions = {}): Promise<Archive | undefined> {
  const file = sourceOf(source);
  const layout = await findLayout(file);
  if (layout === undefined) return undefined;
  const { tarFrames, indexFrames, tarLength } = layout;
  const frames = partOf(file, 0, tarFrames);
  const tar = await openFile(frames, options);
  if (tar.contentLength !== tarLength) {
    throw new PithError("invalid-field", "the archive says another length of its tar than its blocks do", {
      offset: tarFrames + indexFrames,
      expected: tar.contentLength,
      got: tarLength,
    });
  }
  const { members, reference } = await readMembers(file, layout, options);
  return {
    members,
    reference,
    tarLength,
    entries(wanted) {
      const sorted = [...new Set(wanted)].sort((a, b) => a.offset - b.offset);
      return sorted.length === members.length
        ? allEntries(frames, members, options)
        : someEntries(new BlockCache(tar, sorted, options), sorted);
    },
  };
}

/**
 * The members of any archive, with or without an index, in the order in which they come: also of one that `tar | pith` made.
 *
 * @param file its bytes, from its start
 * @throws PithError if it is damaged or no tar, or builds on another archive
 */
export function readArchive(
  file: AsyncIterable<Uint8Array>,
  options: ArchiveOptions = {},
): AsyncGenerator<TarEntry, void> {
  return readTar(piped(file, new DecompressStream(options)), 0, (comment) => {
    if (!comment.startsWith(BUILDS_ON)) return;
    throw new PithError(
      "unknown-method",
      "the archive holds only what is new since another, and its index, at its end, says what is not",
      {
        expected: comment.slice(BUILDS_ON.length),
      },
    );
  });
}

/** What the index says. @throws PithError */
export async function readMembers(
  file: RandomAccessSource,
  { tarFrames, indexFrames, tarLength }: Layout,
  options: ArchiveOptions,
): Promise<ReadIndex> {
  const { memoryLimit = DEFAULT_MEMORY } = options;
  const frames = partOf(file, tarFrames, indexFrames);
  const { contentLength } = await openFile(frames, options);
  const limits = { ...options, threads: 0, maxLength: Math.floor(memoryLimit / 2) };
  return readIndex(await decompressRange(frames, 0, contentLength, limits), tarLength, memoryLimit);
}

const READ_AT_ONCE = 2 ** 20;

async function* piecesOf(file: RandomAccessSource): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < file.size; at += READ_AT_ONCE) {
    yield await file.read(at, Math.min(READ_AT_ONCE, file.size - at));
  }
}

/** All of them, from the start of the tar to its end, on as many threads as there are. */
async function* allEntries(
  frames: RandomAccessSource,
  members: readonly Member[],
  options: ArchiveOptions,
): AsyncGenerator<TarEntry, void> {
  let count = 0;
  for await (const { member: got, content } of readTar(piped(piecesOf(frames), new DecompressStream(options)))) {
    const member = members.at(count++);
    if (member === undefined) throw contradiction(got, "the index does not have a member of the tar");
    checkSame(member, got);
    yield { member, content };
  }
  if (count < members.length) throw contradiction(members[count], "the tar does not have a member of the index");
}

async function* someEntries(blocks: BlockCache, members: readonly Member[]): AsyncGenerator<TarEntry, void> {
  for (const member of members) {
    let isThere = false;
    for await (const entry of readTar(blocks.between(member.offset, endOf(member)), member.offset)) {
      checkSame(member, entry.member);
      yield { member, content: entry.content };
      isThere = true;
      break;
    }
    if (!isThere) throw contradiction(member, "the tar does not have a member of the index");
  }
}

/** @throws PithError if a header says other things of a member than the index */
function checkSame(expected: Member, got: Member): void {
  for (const key of ["name", "type", "size", "mode", "modified", "link", "owner", "group", "dataOffset"] as const) {
    if (expected[key] === got[key]) continue;
    throw contradiction(expected, `the index differs from the tar in what it says of a member: ${key}`, {
      expected: expected[key],
      got: got[key],
    });
  }
}

function contradiction({ offset }: Member, problem: string, sides: Pick<PithErrorDetails, "expected" | "got"> = {}) {
  return new PithError("invalid-field", problem, { offset, ...sides });
}
