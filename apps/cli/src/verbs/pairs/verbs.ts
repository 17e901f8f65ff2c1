/** The verbs of `pith pairs`. */

import type { Family } from "../../interface/verb.ts";
import { loading } from "../shared/loading.ts";

const settings = async (): Promise<typeof import("./settings.ts").pairsSettings> =>
  (await import("./settings.ts")).pairsSettings;

export const PAIRS: Family = {
  name: "pairs",
  text: "write and read English with two letters to a code",
  detail:
    "Letters share codes of four bits, or of three, and are told apart by what is around them. Raw streams have no " +
    "container and no checksum; in a .pith file, the method pairs does the same.",
  loadOptions: async () => (await import("./options.ts")).PAIRS_OPTIONS,
  verbs: [
    {
      name: "pairs encode",
      text: "write each FILE as a raw stream of letter pairs, FILE.pairs",
      operand: { name: "[FILE…]" },
      detail:
        "Any FILE goes; English gets smaller. What the decoder gets wrong is stored beside the codes, so every byte comes back, " +
        "unless --lossy leaves it out. FILE is held in memory.",
      load: loading(settings, () => import("./encode.ts")),
    },
    {
      name: "pairs decode",
      text: "read each FILE.pairs and write FILE",
      operand: { name: "[FILE…]", suffix: ".pairs" },
      detail:
        "The stream names its decoder. It has no checksum: damage is found where it leads to codes that cannot be.",
      load: loading(settings, () => import("./decode.ts")),
    },
    {
      name: "pairs find",
      text: "say where a word may stand in each FILE.pairs, without decoding it",
      operand: { name: "WORD FILE…", least: 2 },
      detail:
        "By the codes of its letters, as a whole word, capitals or small; other words of the same codes are found, too. Places are " +
        "bytes of the text, from 0 on.",
      load: loading(settings, () => import("./find.ts")),
    },
    {
      name: "pairs message",
      text: "write a text of up to 16 KiB as a message, with one byte of overhead",
      operand: { name: "[FILE]", most: 1 },
      detail:
        "The message goes to standard output. With --decode, FILE is a message and its text comes out. With --lines, each line " +
        "is a message; how long they get is shown beside what brotli -q 11 makes of them.",
      load: loading(settings, () => import("./message.ts")),
    },
  ],
};
