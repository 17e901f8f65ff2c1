import {
  compress,
  CompressStream,
  sampleRepeats,
  type CompressOptions,
  type RandomAccessSource,
  type RepeatSample,
} from "@pith/codec";
import { concatenate } from "@pith/core/bytes";
import { IndexWriter } from "./directory/columns.ts";
import { locatorFrame } from "./directory/locator.ts";
import { type ArchiveReference, BUILDS_ON, checkReference } from "./directory/reference.ts";
import type { MemberHeader } from "./member.ts";
import { piped } from "./piped.ts";
import { padding, tarComment, TAR_END, tarHeader } from "./tar/write.ts";

/** What becomes a member: what is said of it, and what it holds. */
export interface PackedMember extends MemberHeader {
  /**
   * Gives the content of a file from its start, as often as it is asked for; absent of all others. Of more than `size` bytes,
   * the first are taken; what is missing is filled up with zeros.
   */
  readonly content?: (() => AsyncIterable<Uint8Array>) | undefined;
}

/** How to make an archive. */
export interface PackOptions extends Omit<CompressOptions, "reference"> {
  /** Another archive, of which what it keeps is part of this one, too: `changesSince` says what has to be packed beside it. */
  readonly reference?: ArchiveReference | undefined;
}

/** Levels with which an index is coded: of those that are decoded quickly the one that makes it smallest. */
const INDEX_LEVEL = 2;

/**
 * Makes an archive: the members as a tar, compressed, and behind it the index of members.
 *
 * @param members in their order; a hard link behind the file that it leads to
 * @param options of compressing, where `onProgress` counts bytes of the tar; and what the archive builds on
 * @returns the file, piece by piece
 * @throws TypeError, RangeError for wrong options and members; what the content of a member throws
 * @example
 * const member = { name: "a.txt", type: "file", size: 2, mode: 0o644, modified: 0n, link: "", owner: 0, group: 0 };
 * for await (const piece of packArchive([{ ...member, content: async function* () { yield new Uint8Array(2); } }])) write(piece);
 */
export async function* packArchive(
  members: readonly PackedMember[],
  { reference, ...options }: PackOptions = {},
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  for (const member of members) checkMember(member);
  if (reference !== undefined) checkReference(reference);
  const length = tarLength(members, reference);
  const repeats = await repeatsIn(members, length, options, reference);
  const index = new IndexWriter();
  const stream = new CompressStream({ ...options, ...(repeats !== undefined && { repeats }) });
  let tarFrames = 0;
  for await (const chunk of piped(tarOf(members, reference, index), stream)) {
    tarFrames += chunk.length;
    yield chunk;
  }
  const { memoryLimit } = options;
  const coded = await compress(index.finish(reference), { level: INDEX_LEVEL, open: false, threads: 0, memoryLimit });
  yield coded;
  yield await locatorFrame({ tarFrames, indexFrames: coded.length, tarLength: length });
}

/** @throws TypeError, RangeError */
function checkMember({ name, type, size, content }: PackedMember): void {
  if (name === "" || name.endsWith("/")) throw new RangeError(`name: expected one without / at its end, got "${name}"`);
  if (type === "other") throw new TypeError(`type: expected one that a tar has, got "${type}"`);
  const isFile = type === "file";
  if (!Number.isSafeInteger(size) || size < 0 || (!isFile && size > 0)) {
    throw new RangeError(`size: expected ${isFile ? "an integer from 0 on" : `0 for a ${type}`}, got ${size}`);
  }
  if (size > 0 && content === undefined) throw new TypeError(`content: expected that of ${name}, got none`);
}

/** Bytes of the tar that members make. @param reference on which the archive builds */
export function tarLength(members: readonly MemberHeader[], reference?: ArchiveReference): number {
  return members.reduce(
    (sum, member, i) => sum + headerOf(member, i, reference).length + member.size + padding(member.size).length,
    TAR_END.length,
  );
}

function headerOf(member: MemberHeader, number: number, reference: ArchiveReference | undefined): Uint8Array {
  const header = tarHeader(member);
  if (reference === undefined || number > 0) return header;
  return concatenate([tarComment(`${BUILDS_ON}${reference.name}, ${reference.fingerprint}`), header]);
}

/** The tar, piece by piece. @param index takes what it says of members */
async function* tarOf(
  members: readonly PackedMember[],
  reference: ArchiveReference | undefined,
  index?: IndexWriter,
): AsyncGenerator<Uint8Array, void> {
  for (const [i, member] of members.entries()) {
    const header = headerOf(member, i, reference);
    index?.add(member, header.length);
    yield header;
    yield* contentOf(member);
    const rest = padding(member.size);
    if (rest.length > 0) yield rest;
  }
  yield TAR_END;
}

const ZEROS = new Uint8Array(65_536);

/** As many bytes as were promised. */
async function* contentOf({ size, content }: PackedMember): AsyncGenerator<Uint8Array, void> {
  let left = size;
  if (content !== undefined && size > 0) {
    for await (const chunk of content()) {
      const taken = chunk.subarray(0, left);
      left -= taken.length;
      if (taken.length > 0) yield taken;
      if (left === 0) return;
    }
  }
  for (; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
}

/** Looks through the tar for what comes again, where that is of use. */
async function repeatsIn(
  members: readonly PackedMember[],
  length: number,
  { signal, ...options }: CompressOptions,
  reference: ArchiveReference | undefined,
): Promise<RepeatSample | undefined> {
  const source = sequential(tarOf(members, reference), length);
  try {
    return await sampleRepeats(source, { ...options, signal, onProgress: undefined });
  } finally {
    await source.close();
  }
}

/** What comes piece by piece, as something that is read from its start to its end. */
function sequential(
  chunks: AsyncGenerator<Uint8Array, void>,
  size: number,
): RandomAccessSource & { close(): Promise<void> } {
  let rest = new Uint8Array(0);
  return {
    size,
    async read(_offset, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        if (rest.length === 0) {
          const next = await chunks.next();
          if (next.done === true) return bytes.subarray(0, done);
          rest = new Uint8Array(next.value);
        }
        const part = rest.subarray(0, length - done);
        bytes.set(part, done);
        done += part.length;
        rest = rest.subarray(part.length);
      }
      return bytes;
    },
    async close() {
      await chunks.return();
    },
  };
}
