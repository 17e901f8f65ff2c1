/** Compressors that find repeats at any distance, each at its strongest setting for one core. */
import type { Contestant } from "../contestants/contestant.ts";
import { PEERS } from "../contestants/peers.ts";

/** lrzip at the priority of the others: by itself it takes the system's lowest. */
function lrzip(id: string, name: string, ...options: readonly string[]): Contestant {
  return {
    id,
    name,
    aptPackage: "lrzip",
    version: ["lrzip", "--version"],
    extension: ".lrz",
    compress: (input, output) => ({ argv: ["lrzip", ...options, "-N0", "-p1", "-f", "-q", "-o", output, input] }),
    decompress: (input, output) => ({ argv: ["lrzip", "-d", "-N0", "-p1", "-f", "-q", "-o", output, input] }),
  };
}

export const LONG_RANGE_PEERS: readonly Contestant[] = [
  {
    id: "zstd-long",
    name: "zstd --ultra -22 --long=31",
    aptPackage: "zstd",
    version: ["zstd", "--version"],
    extension: ".zst",
    compress: (input) => ({
      argv: ["zstd", "--ultra", "-22", "--long=31", "--single-thread", "-q", "-c", input],
      toStandardOutput: true,
    }),
    decompress: (input) => ({ argv: ["zstd", "-d", "--long=31", "-q", "-c", input], toStandardOutput: true }),
  },
  lrzip("lrzip", "lrzip -L9", "-L9"),
  lrzip("lrzip-zpaq", "lrzip -z -L9", "-z", "-L9"),
  ...PEERS.filter(({ id }) => id === "zpaq-5"),
];
