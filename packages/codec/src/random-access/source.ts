import { checkBytes } from "@pith/core";
import { truncated } from "../format/frame-walker.ts";

/** Anything that can be read at a place: a file handle, a remote file. */
export interface RandomAccessSource {
  /** In bytes. */
  readonly size: number;
  /** Bytes from `offset`; `length` of them, fewer only where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** What functions with random access take: a file as an array, as a `Blob`, or as something to be read from. */
export type FileSource = Uint8Array | Blob | RandomAccessSource;

/** @throws TypeError if it is none */
export function openSource(source: FileSource): RandomAccessSource {
  if (typeof Blob !== "undefined" && source instanceof Blob) {
    return checked(
      source.size,
      async (offset, length) => new Uint8Array(await source.slice(offset, offset + length).arrayBuffer()),
    );
  }
  if ("read" in source && typeof source.read === "function") {
    return checked(source.size, (offset, length) => source.read(offset, length));
  }
  const bytes = checkBytes("source", source);
  return checked(bytes.length, (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)));
}

/** A source that gives all that is asked of it, or says where it ended. */
function checked(size: number, read: RandomAccessSource["read"]): RandomAccessSource {
  return {
    size,
    read: async (offset, length) => {
      if (offset + length > size) throw truncated(size, offset + length - size);
      const bytes = checkBytes("read", await read(offset, length));
      if (bytes.length < length) throw truncated(offset + bytes.length, length - bytes.length);
      return bytes;
    },
  };
}

/** The whole of a source, piece by piece. */
export async function* chunksOf(source: RandomAccessSource): AsyncGenerator<Uint8Array> {
  const PIECE = 2 ** 20;
  for (let offset = 0; offset < source.size; offset += PIECE) {
    yield await source.read(offset, Math.min(PIECE, source.size - offset));
  }
}
