/** A file that others build on: both sides have it, and it is read where it is needed. */
import { PithError } from "@pith/core";

/** Anything that can be read at a place. */
interface ReadAtPlace {
  /** In bytes. */
  readonly size: number;
  /** Bytes from `offset`; `length` of them, fewer only where it ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A file as an array, as a `Blob`, or as something to be read from. */
export type ReferenceFile = Uint8Array | Blob | ReadAtPlace;

/** @throws TypeError if it is none */
export function checkReference(file: ReferenceFile | undefined): ReferenceFile | undefined {
  if (file === undefined || file instanceof Uint8Array) return file;
  if ((typeof Blob !== "undefined" && file instanceof Blob) || typeof (file as ReadAtPlace).read === "function")
    return file;
  throw new TypeError(`reference: expected bytes, a Blob or something to be read from, got ${typeof file}`);
}

/** Bytes of a reference. */
export function sizeOfReference(file: ReferenceFile): number {
  return file instanceof Uint8Array ? file.length : file.size;
}

/** Bytes of a reference from a place on. @throws PithError `truncated` where it has fewer */
export async function readReference(file: ReferenceFile, offset: number, length: number): Promise<Uint8Array> {
  const bytes = await readUpTo(file, offset, length);
  if (bytes.length === length) return bytes;
  throw new PithError("truncated", "the reference ends too early", {
    expected: `${length} bytes from ${offset}`,
    got: bytes.length,
  });
}

async function readUpTo(file: ReferenceFile, offset: number, length: number): Promise<Uint8Array> {
  const end = Math.min(offset + length, sizeOfReference(file));
  if (end <= offset) return new Uint8Array(0);
  if (file instanceof Uint8Array) return file.subarray(offset, end);
  if ("read" in file) return await file.read(offset, end - offset);
  return new Uint8Array(await file.slice(offset, end).arrayBuffer());
}
