/** The peers, each at its strongest setting for one core, as Debian packages them. */
import type { Contestant } from "./contestant.ts";

/** The contestant that speeds are compared with. */
export const REFERENCE = "zpaq-5";

/** A program with `-c`, as gzip has it: reads a file, writes to standard output. */
function filter(id: string, name: string, aptPackage: string, extension: string, argv: readonly string[]): Contestant {
  const [program] = argv;
  return {
    id,
    name,
    aptPackage,
    version: [program, "--version"],
    extension,
    compress: (input) => ({ argv: [...argv, "-c", input], toStandardOutput: true }),
    decompress: (input) => ({ argv: [program, "-d", "-c", input], toStandardOutput: true }),
  };
}

function zpaq(method: number): Contestant {
  // zpaq keeps the path of what it adds; a fixed name instead makes its archives independent of the folder.
  const name = "content";
  return {
    id: `zpaq-${method}`,
    name: `zpaq -m${method}`,
    aptPackage: "zpaq",
    version: ["zpaq"],
    extension: ".zpaq",
    compress: (input, output) => ({ argv: ["zpaq", "add", output, input, "-to", name, `-m${method}`, "-t1"] }),
    decompress: (input, output) => ({ argv: ["zpaq", "extract", input, name, "-to", output, "-t1"] }),
  };
}

const ppmd: Contestant = {
  id: "ppmd",
  name: "7z ppmd",
  aptPackage: "p7zip-full",
  version: ["7z"],
  extension: ".7z",
  compress: (input, output) => ({
    // Order 8 is the best of 6, 8, 10, 16 and 32 on text and executables of a megabyte; -mx=9 alone means 32.
    argv: ["7z", "a", "-t7z", "-m0=PPMd:o=8:mem=256m", "-mx=9", "-mmt1", "-y", "-bd", output, input],
  }),
  decompress: (input) => ({ argv: ["7z", "x", "-so", "-mmt1", "-y", "-bd", input], toStandardOutput: true }),
};

/** All of them; `--peers` chooses by id. */
export const PEERS: readonly Contestant[] = [
  filter("gzip", "gzip -9", "gzip", ".gz", ["gzip", "-9"]),
  filter("bzip2", "bzip2 -9", "bzip2", ".bz2", ["bzip2", "-9"]),
  filter("xz", "xz -9e", "xz-utils", ".xz", ["xz", "-9e", "-T1"]),
  filter("zstd-19", "zstd -19", "zstd", ".zst", ["zstd", "-19", "--single-thread", "-q"]),
  filter("zstd-22", "zstd --ultra -22", "zstd", ".zst", ["zstd", "--ultra", "-22", "--single-thread", "-q"]),
  filter("brotli", "brotli -q 11", "brotli", ".br", ["brotli", "-q", "11", "--lgwin=24"]),
  ppmd,
  zpaq(3),
  zpaq(4),
  zpaq(5),
];

/** What runs unless `--peers` says otherwise: the weaker settings of zpaq only tell what is known. */
export const DEFAULT_PEERS: readonly string[] = PEERS.map(({ id }) => id).filter(
  (id) => id !== "zpaq-3" && id !== "zpaq-4",
);
