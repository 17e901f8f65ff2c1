/**
 * The member index: what the headers of a tar say, in columns, which are short to code and quick to read. Where each member
 * lies follows from the lengths of all before it.
 */

import { PithError } from "@pith/core";
import { ByteReader, ByteWriter, bytesOfName, nameOfBytes } from "@pith/core/bytes";
import { TAR_BLOCK } from "@pith/core/tar";
import type { Member, MemberType } from "../member.ts";
import { MOST_NAME } from "../tar/fields.ts";
import { isDevice, isLink, letterOf, typeOf } from "../tar/types.ts";
import { type ArchiveReference, putReference, takeReference } from "./reference.ts";
import { putNumber, putSigned, takeNumber, takeSigned } from "./numbers.ts";

const SECOND = 1_000_000_000n;
/** Of an index whose members are all that there are, and of one that builds on another archive. */
const VERSION = 1;
const REFERRING = 2;

/** A member, and the bytes of its headers. */
interface Row extends Omit<Member, "offset" | "dataOffset"> {
  readonly headerLength: number;
}

/** How one thing that members say stands in the index. */
interface Column {
  put(writer: ByteWriter, row: Row, before: Row | undefined): void;
  take(reader: ByteReader, row: Partial<Writable<Row>>, before: Row | undefined): void;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const type: Column = {
  put: (writer, row) => writer.byte(letterOf(row.type).charCodeAt(0)),
  take(reader, row) {
    const { offset } = reader;
    row.type = typeOf(String.fromCharCode(reader.byte()));
    if (row.type === "other") throw new PithError("invalid-field", "a member has no known type", { offset });
  },
};

const name: Column = {
  put: (writer, row) => putText(writer, row.name),
  take: (reader, row) => (row.name = takeText(reader)),
};

const link: Column = {
  put(writer, row) {
    if (isLink(row.type)) putText(writer, row.link);
  },
  take: (reader, row) => (row.link = isLink(row.type as MemberType) ? takeText(reader) : ""),
};

const mode: Column = {
  put: (writer, row) => putNumber(writer, row.mode),
  take: (reader, row) => (row.mode = takeNumber(reader, "a mode")),
};

/** Whole seconds, rounded down, as differences; and nanoseconds. */
const seconds: Column = {
  put: (writer, row, before) =>
    putSigned(writer, secondsOf(row.modified) - (before === undefined ? 0 : secondsOf(before.modified))),
  take(reader, row, before) {
    const sum = takeSigned(reader, "a time") + (before === undefined ? 0 : secondsOf(before.modified));
    if (!Number.isSafeInteger(sum)) throw new PithError("invalid-field", "a time is out of range", { got: sum });
    row.modified = BigInt(sum) * SECOND;
  },
};

const nanoseconds: Column = {
  put: (writer, row) => putNumber(writer, Number(row.modified - BigInt(secondsOf(row.modified)) * SECOND)),
  take(reader, row) {
    const { offset } = reader;
    const rest = takeNumber(reader, "a time");
    if (rest >= Number(SECOND)) throw new PithError("invalid-field", "a time is out of range", { offset, got: rest });
    row.modified = (row.modified ?? 0n) + BigInt(rest);
  },
};

const size: Column = {
  put(writer, row) {
    if (row.type === "file") putNumber(writer, row.size);
  },
  take: (reader, row) => (row.size = row.type === "file" ? takeNumber(reader, "a size") : 0),
};

/** In blocks. */
const headers: Column = {
  put: (writer, row) => putNumber(writer, row.headerLength / TAR_BLOCK),
  take(reader, row) {
    const { offset } = reader;
    const blocks = takeNumber(reader, "the length of headers");
    if (blocks === 0) throw new PithError("invalid-field", "a member has no header", { offset });
    row.headerLength = blocks * TAR_BLOCK;
  },
};

const owner: Column = {
  put: (writer, row) => putNumber(writer, row.owner),
  take: (reader, row) => (row.owner = takeNumber(reader, "an owner")),
};

const group: Column = {
  put: (writer, row) => putNumber(writer, row.group),
  take: (reader, row) => (row.group = takeNumber(reader, "a group")),
};

const device: Column = {
  put(writer, row) {
    if (!isDevice(row.type)) return;
    putNumber(writer, row.device?.major ?? 0);
    putNumber(writer, row.device?.minor ?? 0);
  },
  take(reader, row) {
    if (!isDevice(row.type as MemberType)) return;
    row.device = { major: takeNumber(reader, "a device"), minor: takeNumber(reader, "a device") };
  },
};

/** In the order in which they stand in the index: the type first, since it says what else there is. */
const COLUMNS: readonly Column[] = [type, name, link, mode, seconds, nanoseconds, size, headers, owner, group, device];

/** Bytes of memory that a member takes beside its name, about. */
const MEMBER_MEMORY = 400;

/** Collects what the index is made of. */
export class IndexWriter {
  readonly #columns = COLUMNS.map((column) => ({ column, writer: new ByteWriter() }));
  #count = 0;
  #before: Row | undefined;

  /** @param headerLength bytes of its headers in the tar */
  add(member: Omit<Row, "headerLength">, headerLength: number): void {
    const row = { ...member, headerLength };
    for (const { column, writer } of this.#columns) column.put(writer, row, this.#before);
    this.#before = row;
    this.#count++;
  }

  /** @param reference on which the archive builds */
  finish(reference?: ArchiveReference): Uint8Array<ArrayBuffer> {
    const index = new ByteWriter();
    index.byte(reference === undefined ? VERSION : REFERRING);
    if (reference !== undefined) putReference(index, reference);
    putNumber(index, this.#count);
    for (const { writer } of this.#columns) putNumber(index, writer.length);
    for (const { writer } of this.#columns) index.bytes(writer.finish());
    return index.finish();
  }
}

/** What an index says. */
export interface ReadIndex {
  /** Of the tar. */
  readonly members: readonly Member[];
  readonly reference: ArchiveReference | undefined;
}

/**
 * The members that an index names, and what they build on.
 *
 * @param tarLength bytes of the tar, which they must come to
 * @param memoryLimit bytes that the members may take
 * @throws PithError; offsets are in the index
 */
export function readIndex(index: Uint8Array, tarLength: number, memoryLimit: number): ReadIndex {
  const reader = new ByteReader(index, 0);
  const version = reader.byte();
  if (version !== VERSION && version !== REFERRING) {
    throw new PithError("unsupported-version", "this program does not know the member index", {
      expected: `${VERSION} or ${REFERRING}`,
      got: version,
    });
  }
  const reference = version === REFERRING ? takeReference(reader, Math.floor(memoryLimit / MEMBER_MEMORY)) : undefined;
  const count = takeNumber(reader, "the number of members");
  const lengths = COLUMNS.map(() => takeNumber(reader, "the length of a column"));
  const memory = count * MEMBER_MEMORY + 2 * index.length;
  if (memory > memoryLimit) {
    throw new PithError("memory-limit", "the members of the index take more memory than is allowed", {
      expected: `at most ${memoryLimit} bytes`,
      got: memory,
    });
  }
  const rows = readColumns(reader, lengths, count);
  if (reader.position !== index.length) {
    throw new PithError("invalid-field", "the member index goes on behind its end", { offset: reader.offset });
  }
  return { members: placed(rows, tarLength), reference };
}

function readColumns(reader: ByteReader, lengths: readonly number[], count: number): Row[] {
  if (lengths[0] !== count) {
    throw new PithError("invalid-field", "the member index has another number of members", {
      expected: count,
      got: lengths[0],
    });
  }
  let rows: Partial<Writable<Row>>[] = [];
  for (const [i, column] of COLUMNS.entries()) {
    const start = reader.offset;
    const bytes = reader.bytes(lengths[i]);
    if (i === 0) rows = Array.from({ length: count }, emptyRow);
    const cells = new ByteReader(bytes, start);
    let before: Row | undefined;
    for (const row of rows) {
      column.take(cells, row, before);
      before = row as Row;
    }
    if (cells.position !== bytes.length) {
      throw new PithError("invalid-field", "a column of the member index is too long", { offset: cells.offset });
    }
  }
  return rows as Row[];
}

/** With all that every row has, so that they are alike in memory: to read them takes a quarter of the time. */
function emptyRow(): Writable<Row> {
  return { name: "", type: "file", size: 0, mode: 0, modified: 0n, link: "", owner: 0, group: 0, headerLength: 0 };
}

/** @throws PithError if they do not come to the length of the tar */
function placed(rows: readonly Row[], tarLength: number): Member[] {
  const members: Member[] = [];
  let offset = 0;
  for (const row of rows) {
    if (offset > tarLength) break;
    const dataOffset = offset + row.headerLength;
    const member = {
      name: row.name,
      type: row.type,
      size: row.size,
      mode: row.mode,
      modified: row.modified,
      link: row.link,
      owner: row.owner,
      group: row.group,
      offset,
      dataOffset,
    };
    members.push(row.device === undefined ? member : { ...member, device: row.device });
    offset = dataOffset + Math.ceil(row.size / TAR_BLOCK) * TAR_BLOCK;
  }
  if (offset + 2 * TAR_BLOCK === tarLength) return members;
  throw new PithError("invalid-field", "the members of the index do not make up the tar", {
    expected: tarLength,
    got: offset + 2 * TAR_BLOCK,
  });
}

function secondsOf(time: bigint): number {
  const whole = time / SECOND;
  return Number(whole * SECOND > time ? whole - 1n : whole);
}

function putText(writer: ByteWriter, text: string): void {
  writer.bytes(bytesOfName(text));
  writer.byte(0);
}

/** @throws PithError */
function takeText(reader: ByteReader): string {
  const { offset } = reader;
  const bytes = reader.until(0, MOST_NAME);
  if (bytes !== undefined && bytes.length > 0) return nameOfBytes(bytes);
  if (bytes !== undefined) throw new PithError("invalid-field", "a name is empty", { offset });
  throw new PithError("invalid-field", "a name is too long", { offset, expected: `at most ${MOST_NAME} bytes` });
}
