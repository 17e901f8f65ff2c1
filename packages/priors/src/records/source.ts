/** Where a store of records is read from. */
import { checkBytes } from "@pith/core";

/** A file that can be read at any place. */
export interface RecordsSource {
  /** In bytes. */
  readonly size: number;
  /** Bytes from `offset`; `length` of them, fewer only where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** @throws TypeError if it is none */
export function openSource(source: Uint8Array | Blob | RecordsSource): RecordsSource {
  if (typeof Blob !== "undefined" && source instanceof Blob) {
    return {
      size: source.size,
      read: async (offset, length) => new Uint8Array(await source.slice(offset, offset + length).arrayBuffer()),
    };
  }
  if (typeof source === "object" && "read" in source && typeof source.read === "function") return source;
  const bytes = checkBytes("source", source);
  return {
    size: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}
