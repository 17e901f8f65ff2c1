/** The verbs of `pith pairs`. */

import type { Verb } from "../registry.ts";

export const PAIRS_VERBS: readonly Verb[] = [
  {
    name: "pairs encode",
    text: "write each FILE as a raw stream of letter pairs, FILE.pairs",
    operand: { name: "[FILE…]" },
    detail:
      "Any FILE goes; English gets smaller. What the decoder gets wrong is stored beside the codes, so every byte comes back, " +
      "unless --lossy leaves it out. FILE is held in memory.",
    load: () => import("./encode.ts"),
  },
  {
    name: "pairs decode",
    text: "read each FILE.pairs and write FILE",
    operand: { name: "[FILE…]" },
    detail: "The stream names its decoder. It has no checksum: damage is found where it leads to codes that cannot be.",
    load: () => import("./decode.ts"),
  },
  {
    name: "pairs message",
    text: "write a text of up to 16 KiB as a message, with one byte of overhead",
    operand: { name: "[FILE]" },
    detail:
      "The message goes to standard output. With --decode, FILE is a message and its text comes out. With --lines, each line " +
      "is a message; how long they get is shown beside what brotli -q 11 makes of them.",
    load: () => import("./message.ts"),
  },
];
