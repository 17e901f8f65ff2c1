/** Headers of members, as they stand before these. */

export const METHODS = { stored: 0, deflated: 8 } as const;
/** Bytes before the name. */
export const HEADER = 30;
const SIGNATURE = 0x04034b50;
/** Checksum and lengths follow the member. */
const DESCRIBED = 8;

export interface LocalHeader {
  readonly flags: number;
  readonly method: number;
  readonly checksum: number;
  readonly streamLength: number;
  readonly contentLength: number;
  /** Of all of it, with names. */
  readonly length: number;
}

/** The header at a place; undefined if there is none. */
export function localHeader(content: Uint8Array, at: number): LocalHeader | undefined {
  if (at < 0 || at + HEADER > content.length) return undefined;
  const view = new DataView(content.buffer, content.byteOffset + at, HEADER);
  if (view.getUint32(0, true) !== SIGNATURE) return undefined;
  return {
    flags: view.getUint16(6, true),
    method: view.getUint16(8, true),
    checksum: view.getUint32(14, true),
    streamLength: view.getUint32(18, true),
    contentLength: view.getUint32(22, true),
    length: HEADER + view.getUint16(26, true) + view.getUint16(28, true),
  };
}

/** A length that stands elsewhere. */
export const UNKNOWN = 0xffffffff;
/** Of the field with lengths of eight bytes, in what a header has beside: its number, and what lies before its bytes. */
const LONG_LENGTHS = 1;
const FIELD_HEADER = 4;

/** Bytes that a member has in the archive, where its header says it. */
export function streamLengthOf(content: Uint8Array, at: number, header: LocalHeader): number | undefined {
  if (isDescribed(header)) return undefined;
  if (header.streamLength !== UNKNOWN) return header.streamLength;
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  const end = Math.min(content.length, at + header.length);
  for (let field = at + HEADER + view.getUint16(at + 26, true); field + FIELD_HEADER <= end;) {
    const next = field + FIELD_HEADER + view.getUint16(field + 2, true);
    // Both lengths, that of the content first, for both are unknown.
    if (view.getUint16(field, true) === LONG_LENGTHS && next === field + FIELD_HEADER + 16 && next <= end) {
      return Number(view.getBigUint64(field + FIELD_HEADER + 8, true));
    }
    field = next;
  }
  return undefined;
}

/** Whether checksum and lengths follow the member. */
export function isDescribed({ flags }: Pick<LocalHeader, "flags">): boolean {
  return (flags & DESCRIBED) !== 0;
}
