/** The verbs. A new one is a file in this folder and an entry here; it is loaded only when it is asked for. */

import type { VerbName } from "../interface/options.ts";
import type { Session } from "../session.ts";
import { PAIRS_VERBS } from "./pairs/verbs.ts";
import { STATS_VERBS } from "./stats/verbs.ts";

/** What the command can do. */
export interface Verb {
  /** A word; or two, where the first is shared by a family of verbs: `stats count`. */
  readonly name: VerbName;
  /** A few words for help. */
  readonly text: string;
  /** What follows the verb. */
  readonly operand: { readonly name: string; readonly choices?: readonly string[] };
  /** Sentences for the man page. */
  readonly detail: string;
  readonly load: () => Promise<{ run(session: Session): Promise<void> }>;
}

const FILES = { name: "[FILE…]" };

/** An entry for the word that verbs of two words share, and the entries of those. */
function family(shared: Pick<Verb, "name" | "text" | "detail">, members: readonly Verb[]): Verb[] {
  const choices = members.map(({ name }) => name.slice(shared.name.length + 1));
  return [{ ...shared, operand: { name: choices.join("|"), choices }, load: () => import("./family.ts") }, ...members];
}

/** The verbs of two words whose first is this one: none, unless it is a family. */
export function membersOf({ name }: Verb): readonly Verb[] {
  return VERBS.filter((verb) => verb.name.startsWith(`${name} `));
}

/** Whether a verb is neither a family nor in one. */
export function standsAlone(verb: Verb): boolean {
  return !verb.name.includes(" ") && membersOf(verb).length === 0;
}

/** The first is the default. */
export const VERBS: readonly Verb[] = [
  {
    name: "compress",
    text: "compress each FILE to FILE.pith (the default)",
    operand: FILES,
    detail:
      "The output gets the mode and the time of its source, and the source is kept. A file that ends in .pith " +
      "already is left out unless -f, -c or -o is given.",
    load: () => import("./compress.ts"),
  },
  {
    name: "decompress",
    text: "decompress each FILE.pith to FILE",
    operand: FILES,
    detail:
      "Checksums are compared before the output gets its name. With --range, only a part of the content is decoded.",
    load: () => import("./decompress.ts"),
  },
  {
    name: "test",
    text: "decode each FILE, keep nothing, and say whether it is whole",
    operand: FILES,
    detail: "Prints a line for each whole file; a damaged one is an error that names the first damaged place.",
    load: () => import("./test.ts"),
  },
  {
    name: "list",
    text: "show what each FILE is made of, without decoding it",
    operand: { name: "FILE…" },
    detail:
      "Prints frames, blocks, methods, transforms, sizes and ratio; with -v, each block with its place and checksum.",
    load: () => import("./list.ts"),
  },
  {
    name: "bench",
    text: "measure each level on each FILE, beside gzip and brotli",
    operand: { name: "FILE…" },
    detail:
      "Compresses and decompresses in memory on one thread, all contenders in turn, several rounds, and shows medians. " +
      "MB is 10^6 bytes of content; memory is what a block of the level takes at most.",
    load: () => import("./bench.ts"),
  },
  {
    name: "analyze",
    text: "show what repeats in each FILE, and what that allows",
    operand: FILES,
    detail:
      "Patterns on three scales, entropy, autocorrelation, what the RSRC paper would claim, and beside it the sizes that " +
      "can be reached and undone again. Of a safetensors file also its tensors. Everything is read once; - is standard " +
      "input.",
    load: () => import("./analyze.ts"),
  },
  {
    name: "train",
    text: "train a network on all FILEs together",
    operand: FILES,
    detail:
      "The network predicts the next byte. What is learnt is cut into pieces, which are learnt in another order in each " +
      "epoch. The output is the packed network; - is standard input.",
    load: () => import("./train/train.ts"),
  },
  ...family(
    {
      name: "stats",
      text: "count how letters stand beside each other, and choose pairs by it",
      detail:
        "Statistics are HDF5 files: p(character, neighbour, distance), counted in any amount of text, and what is " +
        "made of them. Texts are read as they are: nothing is cleaned, and capitals are no letters.",
    },
    STATS_VERBS,
  ),
  ...family(
    {
      name: "pairs",
      text: "write English with two letters to a code, and read it again",
      detail:
        "Letters share codes of four bits, or of three, and are told apart by what is around them. Raw streams have no " +
        "container and no checksum; in a .pith file, the method pairs does the same.",
    },
    PAIRS_VERBS,
  ),
  {
    name: "completion",
    text: "print the completions of a shell",
    operand: { name: "SHELL", choices: ["bash", "zsh", "fish"] },
    detail:
      "For bash: source <(pith completion bash). For zsh, put it in a folder of $fpath as _pith. For fish: pith completion fish | source.",
    load: () => import("./completion.ts"),
  },
];
