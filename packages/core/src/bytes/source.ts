import { checkBytes } from "../checks.ts";

/** Anything that can be read at a place: a file handle, a remote file. */
export interface RandomAccessSource {
  /** In bytes. */
  readonly size: number;
  /** Bytes from `offset`; `length` of them, fewer only where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A file as an array, as a `Blob`, or as something to be read from. */
export type FileSource = Uint8Array | Blob | RandomAccessSource;

/** @throws TypeError if it is none */
export function sourceOf(source: FileSource): RandomAccessSource {
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
