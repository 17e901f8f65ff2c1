/** What files are called, by their first bytes. */

/** A type with the bytes that it has at a place. */
interface FileType {
  /** With its article, as in a sentence. */
  readonly name: string;
  /** As Latin-1. */
  readonly bytes: string;
  readonly at?: number;
}

const TYPES: readonly FileType[] = [
  { name: "a PDF", bytes: "%PDF-" },
  { name: "a PNG image", bytes: "\x89PNG\r\n" },
  { name: "a JPEG picture", bytes: "\xff\xd8\xff" },
  { name: "a GIF image", bytes: "GIF8" },
  { name: "a WebP image", bytes: "WEBP", at: 8 },
  { name: "a WAVE sound", bytes: "WAVE", at: 8 },
  { name: "a TIFF image", bytes: "II*\0" },
  { name: "a TIFF image", bytes: "MM\0*" },
  { name: "a ZIP archive", bytes: "PK\x03\x04" },
  { name: "a gzip file", bytes: "\x1f\x8b" },
  { name: "an xz file", bytes: "\xfd7zXZ" },
  { name: "a bzip2 file", bytes: "BZh" },
  { name: "a Zstandard file", bytes: "\x28\xb5\x2f\xfd" },
  { name: "a 7-Zip archive", bytes: "7z\xbc\xaf\x27\x1c" },
  { name: "a tar archive", bytes: "ustar", at: 257 },
  { name: "an SQLite database", bytes: "SQLite format 3\0" },
  { name: "a program for Linux", bytes: "\x7fELF" },
  { name: "a program for Windows", bytes: "MZ\x90\0" },
  { name: "a WebAssembly module", bytes: "\0asm" },
  { name: "an HDF5 file", bytes: "\x89HDF\r\n" },
  { name: "a GGUF model", bytes: "GGUF" },
  { name: "a NumPy array", bytes: "\x93NUMPY" },
  { name: "a Parquet file", bytes: "PAR1" },
];

/** Bytes of a file that are enough to know its type. */
export const HEAD = 512;

/** What a file is, by its first bytes; undefined where they do not tell. */
export function fileType(head: Uint8Array): string | undefined {
  const text = String.fromCharCode(...head.subarray(0, HEAD));
  return TYPES.find(({ bytes, at = 0 }) => text.startsWith(bytes, at))?.name;
}
