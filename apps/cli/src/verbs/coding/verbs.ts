/** The main job: compress, decompress, test and list, and see what levels bring. */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

const COMPRESSED = { name: "[FILE…]", suffix: ".pith" };

const settings = async (): Promise<typeof import("./settings.ts").codingSettings> =>
  (await import("./settings.ts")).codingSettings;

export const CODING: Family = {
  loadOptions: async () => (await import("./options.ts")).CODING_OPTIONS,
  verbs: [
    {
      name: "compress",
      text: "compress each FILE to FILE.pith (the default)",
      operand: { name: "[FILE…]" },
      detail:
        "The output gets the mode and the time of its source, and the source is kept. A file that ends in .pith " +
        "already is left out unless -f, -c or -o is given.",
      load: loading(settings, () => import("./compress.ts")),
    },
    {
      name: "decompress",
      text: "decompress each FILE.pith to FILE",
      operand: COMPRESSED,
      detail:
        "Checksums are compared before the output gets its name. With --range, only a part of the content is decoded.",
      load: loading(settings, () => import("./decompress.ts")),
    },
    {
      name: "test",
      text: "decode each FILE, keep nothing, and say whether it is whole",
      operand: COMPRESSED,
      detail: "Prints a line for each whole file; a damaged one is an error that names the first damaged place.",
      load: loading(settings, () => import("./test.ts")),
    },
    {
      name: "list",
      text: "show what each FILE is made of, without decoding it",
      operand: COMPRESSED,
      detail:
        "Prints frames, blocks, methods, transforms, sizes and ratio; with -v, each block with its place and checksum.",
      load: loading(settings, () => import("./list.ts")),
    },
    {
      name: "bench",
      text: "measure each level on each FILE, beside gzip and brotli",
      operand: { name: "FILE…", least: 1 },
      detail:
        "Compresses and decompresses in memory on one thread, all contenders in turn, several rounds, and shows medians. " +
        "MB is 10^6 bytes of content; memory is what a block of the level takes at most.",
      load: loading(settings, () => import("./bench.ts")),
    },
  ],
};
