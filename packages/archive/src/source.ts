import type { FileSource, RandomAccessSource } from "@pith/codec";

/** A file as something to be read from. */
export function sourceOf(source: FileSource): RandomAccessSource {
  if (typeof Blob !== "undefined" && source instanceof Blob) {
    return {
      size: source.size,
      read: async (offset, length) => new Uint8Array(await source.slice(offset, offset + length).arrayBuffer()),
    };
  }
  if ("read" in source) return source;
  if (!(source instanceof Uint8Array)) throw new TypeError(`source: expected a file, got ${typeof source}`);
  return {
    size: source.length,
    read: (offset, length) => Promise.resolve(source.subarray(offset, offset + length)),
  };
}

/** A part of a file, as a file of its own. */
export function partOf(file: RandomAccessSource, start: number, length: number): RandomAccessSource {
  return {
    size: length,
    read: (offset, wanted) => file.read(start + offset, Math.min(wanted, Math.max(0, length - offset))),
  };
}
