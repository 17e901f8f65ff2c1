/** Encoders of deflate: programs and the fork of zlib in Node. */
import { execFileSync } from "node:child_process";
import { gzipSync } from "node:zlib";
import { join } from "node:path";
import { readBytes } from "../measure/bytes.ts";

/** An encoder at one setting. */
interface Encoder {
  readonly name: string;
  /** The program and what has it tell its version; undefined: this process itself. */
  readonly version: readonly string[] | undefined;
  readonly aptPackage: string | undefined;
  /** Packs a file as gzip. @param folder for what it writes */
  pack(file: string, folder: string): Uint8Array;
}

const MOST = 2 ** 30;

/** A program that writes to standard output. */
function filter(name: string, aptPackage: string, argv: readonly string[], version = "--version"): Encoder {
  const [program, ...args] = argv;
  return {
    name,
    aptPackage,
    version: [program, version],
    pack: (file) => new Uint8Array(execFileSync(program, [...args, "-c", file], { maxBuffer: MOST })),
  };
}

const SEVEN_ZIP = ["7z"] as const;

function sevenZip(level: number): Encoder {
  return {
    name: `7z -tgzip -mx${level}`,
    aptPackage: "p7zip-full",
    version: SEVEN_ZIP,
    pack(file, folder) {
      const packed = join(folder, `seven-zip-${level}.gz`);
      const [program] = SEVEN_ZIP;
      execFileSync(program, ["a", "-tgzip", `-mx${level}`, "-mmt1", "-y", "-bd", packed, file], { stdio: "ignore" });
      return readBytes(packed);
    },
  };
}

function node(level: number): Encoder {
  return {
    name: `Node's zlib, level ${level}`,
    aptPackage: undefined,
    version: undefined,
    pack: (file) => new Uint8Array(gzipSync(readBytes(file), { level })),
  };
}

export const ENCODERS: readonly Encoder[] = [
  filter("gzip -6", "gzip", ["gzip", "-6", "-n"]),
  filter("gzip -9", "gzip", ["gzip", "-9", "-n"]),
  ...[1, 6, 9].map(node),
  ...[1, 6, 9, 12].map((level) =>
    filter(`libdeflate-gzip -${level}`, "libdeflate-tools", ["libdeflate-gzip", `-${level}`, "-n"], "-V"),
  ),
  sevenZip(5),
  sevenZip(9),
  filter("zopfli", "zopfli", ["zopfli"]),
];
