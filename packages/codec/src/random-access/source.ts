import { checkBytes } from "@pith/core";
import { type FileSource, type RandomAccessSource, sourceOf } from "@pith/core/bytes";
import { truncated } from "../format/frame-walker.ts";

export type { FileSource, RandomAccessSource };

/** A source that gives all that is asked of it, or says where it ended. @throws TypeError if it is none */
export function openSource(file: FileSource): RandomAccessSource {
  const source = sourceOf(file);
  const { size } = source;
  return {
    size,
    read: async (offset, length) => {
      if (offset + length > size) throw truncated(size, offset + length - size);
      const bytes = checkBytes("read", await source.read(offset, length));
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
