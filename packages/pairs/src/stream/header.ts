/**
 * stream = 'b5'  flags  decoder-hash  [ table ]  chunk*  '00'
 *
 * decoder-hash is a u32; the table, a varint and that many bytes as `formatCodeTable` writes it, is there where the
 * decoder has none of its own.
 */
import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";

/** How letters stand among other characters. */
export type PairsFraming = "in-stream" | "thesis";

/** What a stream of letter pairs says of itself. */
export interface StreamHeader {
  readonly framing: PairsFraming;
  /** What the decoder gets wrong is there. */
  readonly corrected: boolean;
  /** Lines end with CR LF; of the framing in the stream. */
  readonly crlf: boolean;
  /** Names the decoder. */
  readonly hash: number;
  /** The code table, where the decoder has none of its own. */
  readonly table: string | undefined;
}

const MAGIC = 0xb5;
const THESIS = 1;
const CORRECTED = 2;
const CRLF = 4;
const TABLE = 8;
const FLAGS = THESIS | CORRECTED | CRLF | TABLE;
const MOST_TABLE = 255;

export function writeStreamHeader(writer: ByteWriter, { framing, corrected, crlf, hash, table }: StreamHeader): void {
  writer.byte(MAGIC);
  writer.byte(
    (framing === "thesis" ? THESIS : 0) |
      (corrected ? CORRECTED : 0) |
      (crlf ? CRLF : 0) |
      (table === undefined ? 0 : TABLE),
  );
  writer.uint32(hash);
  if (table === undefined) return;
  const bytes = new TextEncoder().encode(table);
  writer.varint(bytes.length);
  writer.bytes(bytes);
}

/** @throws PithError `not-pith`, `unsupported-version`, `invalid-field`, `truncated` */
export function readStreamHeader(reader: ByteReader): StreamHeader {
  const offset = reader.offset;
  const magic = reader.byte();
  if (magic !== MAGIC) {
    throw new PithError("not-pith", "this is no stream of letter pairs", { offset, expected: MAGIC, got: magic });
  }
  const flags = reader.byte();
  if (flags > FLAGS) {
    throw new PithError("unsupported-version", "a stream of letter pairs has unknown flags", {
      offset: offset + 1,
      expected: `at most ${FLAGS}`,
      got: flags,
    });
  }
  const hash = reader.uint32();
  return {
    framing: (flags & THESIS) === 0 ? "in-stream" : "thesis",
    corrected: (flags & CORRECTED) !== 0,
    crlf: (flags & CRLF) !== 0,
    hash,
    table: (flags & TABLE) === 0 ? undefined : readTable(reader),
  };
}

function readTable(reader: ByteReader): string {
  const offset = reader.offset;
  const length = reader.varint("the length of the code table");
  if (length > MOST_TABLE) {
    throw new PithError("invalid-field", "a code table is too long", {
      offset,
      expected: `at most ${MOST_TABLE} bytes`,
      got: length,
    });
  }
  return new TextDecoder().decode(reader.bytes(length));
}
