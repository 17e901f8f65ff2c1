/** Reads a tar from its start to its end: POSIX pax and ustar, GNU's long names and large numbers, and what came before them. */

import { PithError } from "@pith/core";
import { nameOfBytes } from "@pith/core/bytes";
import { hasTarChecksum, readPaxRecords, TAR, TAR_BLOCK, tarNumber } from "@pith/core/tar";
import { storedSize, type Member } from "../member.ts";
import { ChunkReader } from "./chunk-reader.ts";
import { memberOf, type Records } from "./fields.ts";
import { sparseContent, sparseOf, type Sparse } from "./sparse.ts";

/** Bytes of an extended header: names of 64 KiB and whatever else programs write. */
const MOST_EXTENDED = 2 ** 20;
/** Such headers before one member, and bytes of what they say for all members that follow. */
const MOST_EXTENDED_HEADERS = 16;
const MOST_GLOBAL = 2 ** 20;
const GLOBAL = "g";
const COMMENT = "comment";
/** Of GNU, in place of records: the name, and where a link leads. */
const LONG: Readonly<Record<string, string>> = { L: "path", K: "linkpath" };

/** A member in a tar that is read. */
export interface TarEntry {
  readonly member: Member;
  /** Its content, to be read before the next member is asked for; what is not read is passed over. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * The members of a tar, in their order, up to the blocks of zeros at its end: what follows is passed over.
 *
 * @param offset of the first byte, for errors and for what members say of their places
 * @param onComment hears what a header says for all members; may throw
 * @throws PithError `truncated`; `invalid-field` for headers that make no sense
 */
export async function* readTar(
  chunks: AsyncIterable<Uint8Array>,
  offset = 0,
  onComment?: (comment: string) => void,
): AsyncGenerator<TarEntry, void> {
  const reader = new ChunkReader(chunks, offset);
  const globals = new Map<string, Uint8Array>();
  try {
    while (!(await reader.isAtEnd())) {
      const next = await nextMember(reader, globals);
      const comment = globals.get(COMMENT);
      if (comment !== undefined) onComment?.(nameOfBytes(comment));
      if (next === undefined) {
        // Whether that is whole is told by who gives it.
        await reader.drain();
        return;
      }
      const { member, sparse } = next;
      const dataEnd = member.dataOffset + storedSize(member);
      yield {
        member,
        content: sparse === undefined ? contentOf(reader, dataEnd) : sparseContent(reader, dataEnd, sparse),
      };
      for await (const _ of reader.pieces(paddedEnd(dataEnd, offset) - reader.offset));
    }
  } finally {
    await reader.close();
  }
}

async function* contentOf(reader: ChunkReader, end: number): AsyncGenerator<Uint8Array, void> {
  yield* reader.pieces(Math.max(0, end - reader.offset));
}

/** The end of a member's last block. */
function paddedEnd(end: number, start: number): number {
  return start + Math.ceil((end - start) / TAR_BLOCK) * TAR_BLOCK;
}

/** A member, and where its holes are if it has some. */
interface Next {
  readonly member: Member;
  readonly sparse: Sparse | undefined;
}

/** @returns undefined at the end of the tar */
async function nextMember(reader: ChunkReader, globals: Map<string, Uint8Array>): Promise<Next | undefined> {
  const { offset } = reader;
  const own = new Map<string, Uint8Array>();
  for (let count = 0; ; count++) {
    const at = reader.offset;
    if (count > MOST_EXTENDED_HEADERS) {
      throw new PithError("invalid-field", "a member of the tar has too many extended headers", {
        offset: at,
        expected: `at most ${MOST_EXTENDED_HEADERS}`,
      });
    }
    const header = (await reader.take(TAR_BLOCK)).slice();
    if (header.every((byte) => byte === 0)) {
      if (at === offset) return undefined;
      throw new PithError("truncated", "the tar ends behind an extended header", { offset: at });
    }
    if (!hasTarChecksum(header, 0)) {
      throw new PithError("damaged", "no header of a tar is where the next one should be", {
        offset: at,
        end: at + TAR_BLOCK,
      });
    }
    const letter = String.fromCharCode(header[TAR.type.at]);
    const key = LONG[letter] as string | undefined;
    if (letter !== "x" && letter !== GLOBAL && key === undefined) {
      const records: Records = new Map([...globals, ...own]);
      const sparse = await sparseOf(header, records, reader);
      const said = memberOf(header, records, at, sparse !== undefined && sparse !== "unknown");
      const placed = { ...said, offset, dataOffset: reader.offset };
      if (sparse === undefined || sparse === "unknown") return { member: placed, sparse: undefined };
      return { member: { ...placed, size: sparse.size, storedSize: said.size }, sparse };
    }
    const content = await extended(reader, header, at);
    if (key !== undefined) {
      own.set(key, content.subarray(0, endOf(content)));
      continue;
    }
    const records = readPaxRecords(content);
    if (records === undefined) {
      throw new PithError("invalid-field", "an extended header of the tar is none of pax", { offset: at });
    }
    for (const [name, value] of records) (letter === GLOBAL ? globals : own).set(name, value);
    if (letter === GLOBAL) checkGlobals(globals, at);
  }
}

/** @throws PithError if what was said for all members is more than anybody has to say */
function checkGlobals(globals: ReadonlyMap<string, Uint8Array>, at: number): void {
  let length = 0;
  for (const [name, value] of globals) length += name.length + value.length;
  if (length <= MOST_GLOBAL) return;
  throw new PithError("invalid-field", "the global headers of the tar are too long", {
    offset: at,
    expected: `at most ${MOST_GLOBAL} bytes`,
    got: length,
  });
}

/** The content of an extended header. */
async function extended(reader: ChunkReader, header: Uint8Array, at: number): Promise<Uint8Array> {
  const size = tarNumber(header, TAR.size.at, TAR.size.length);
  if (size === undefined || size < 0 || size > MOST_EXTENDED) {
    throw new PithError("invalid-field", "an extended header of the tar has a wrong size", {
      offset: at + TAR.size.at,
      expected: `at most ${MOST_EXTENDED} bytes`,
      got: size,
    });
  }
  const content = (await reader.take(size)).slice();
  await reader.take(-size & (TAR_BLOCK - 1));
  return content;
}

/** Where the zero is that ends a name. */
function endOf(bytes: Uint8Array): number {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes.length : end;
}
