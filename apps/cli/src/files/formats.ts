/** Files of other formats, told by how they begin. */

import { PithError } from "@pith/core";

import { BadFile } from "../errors.ts";
import type { Source } from "./source.ts";

/** How a format is told, and what reads it. */
interface Format {
  readonly name: string;
  /** Bytes at the beginning, as hexadecimal digits; `.` is any digit. */
  readonly magic: string;
  /** Where they stand; 0 if absent. */
  readonly at?: number;
  /** What unpacks it; absent where it is no archive and no compressed file. */
  readonly command?: string;
}

const FORMATS: readonly Format[] = [
  { name: "Pith", magic: "8f70" },
  { name: "gzip", magic: "1f8b08", command: "gunzip" },
  { name: "xz", magic: "fd377a585a00", command: "unxz" },
  { name: "zstd", magic: "28b52ffd", command: "unzstd" },
  { name: "bzip2", magic: "425a68..314159265359", command: "bunzip2" },
  { name: "lz4", magic: "04224d18", command: "unlz4" },
  { name: "lzip", magic: "4c5a495001", command: "lzip -d" },
  { name: "lzop", magic: "894c5a4f000d0a1a0a", command: "lzop -d" },
  { name: "lrzip", magic: "4c525a49", command: "lrunzip" },
  { name: "compress (.Z)", magic: "1f9d", command: "uncompress" },
  { name: "zip", magic: "504b0304", command: "unzip" },
  { name: "zip", magic: "504b0506", command: "unzip" },
  { name: "7-Zip", magic: "377abcaf271c", command: "7z x" },
  { name: "RAR", magic: "526172211a07", command: "unrar x" },
  { name: "zpaq", magic: "376b5374a031838cd3", command: "zpaq x" },
  { name: "zpaq", magic: "7a5051", command: "zpaq x" },
  { name: "JPEG", magic: "ffd8ff" },
  { name: "PNG", magic: "89504e470d0a1a0a" },
  { name: "GIF", magic: "47494638" },
  { name: "WebP", magic: "52494646........57454250" },
  { name: "MP4 or HEIC", magic: "66747970", at: 4 },
  { name: "Matroska or WebM", magic: "1a45dfa3" },
  { name: "Ogg", magic: "4f676753" },
  { name: "FLAC", magic: "664c6143" },
  { name: "MP3", magic: "494433" },
  { name: "WOFF2", magic: "774f4632" },
];

/** The format of content that begins with these bytes; undefined if it is none that is known. */
export function formatOf(beginning: Uint8Array): Format | undefined {
  const digits = Buffer.from(beginning).toString("hex");
  return FORMATS.find(({ magic, at = 0 }) => new RegExp(`^.{${2 * at}}${magic}`).test(digits));
}

/** Reads a source as a `.pith` file, and where it is of another format says which. */
export async function namingFormat<Result>(source: Source, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PithError) || error.code !== "not-pith") throw error;
    const format = formatOf(await source.beginning());
    if (format === undefined) throw error;
    const command = format.command === undefined ? "" : `, which ${format.command} reads`;
    throw new BadFile(error, `it is a file of ${format.name}${command}`);
  }
}
