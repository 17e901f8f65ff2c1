/** The options of `pith pairs`. */

import type { PairsFraming } from "@pith/pairs";

import type { OptionTable } from "../../interface/option.ts";
import { choice, file, words } from "../../interface/readers.ts";
import { RESOURCE_OPTIONS } from "../../interface/resource-options.ts";
import type { VerbName } from "../../interface/verb.ts";
import { LETTER_MODELS } from "../shared/letter-models.ts";

const FRAMINGS = ["in-stream", "thesis"] as const satisfies readonly PairsFraming[];
const BITS = ["3", "4"] as const;
const FORMS = ["plain", "modelled"] as const;

/** What holds where an option is not given. */
export const DEFAULTS = { framing: "in-stream", bits: "4" } as const;

const streams: readonly VerbName[] = ["pairs encode", "pairs decode"];

export const PAIRS_OPTIONS = {
  framing: {
    flags: ["--framing"],
    ...choice("FRAMING", FRAMINGS),
    group: "Letter pairs",
    verbs: ["pairs encode"],
    text: "how letters stand among other characters",
    default: DEFAULTS.framing,
    detail:
      "in-stream: codes alone, of which one begins escapes for everything else. thesis: codes in long runs of letters, " +
      "UTF-8 around them; what is not UTF-8 is stored.",
  },
  bare: {
    flags: ["--bare"],
    group: "Letter pairs",
    verbs: streams,
    text: "the thesis's framing alone: UTF-8 with codes in it",
    detail:
      "There is no header, and nothing is stored of what the decoder gets wrong, which is said on standard error. To decode, " +
      "give the same --model, --statistics and --codes; by default they are letter-table, as the thesis has it, and its codes.",
    conflicts: ["--framing", "--lossy", "--strict"],
  },
  model: {
    flags: ["--model"],
    ...choice("MODEL", LETTER_MODELS),
    group: "Letter pairs",
    verbs: streams,
    text: "trained model that tells letters apart",
    default: "resolver-medium, letter-table with --bare; to decode, what the stream names",
    detail:
      "letter-table: seven characters around each letter, each for itself, as in the thesis. The resolvers are of 60, 250 and " +
      "760 KB. To decode, another one will do if the stream is lossy and the codes are the same.",
    conflicts: ["--statistics"],
  },
  statistics: {
    flags: ["--statistics"],
    ...file(),
    group: "Letter pairs",
    verbs: streams,
    text: "tell letters apart by the statistics in FILE instead",
    detail: "The same file is needed to decode. Its table counts, or z-scores of its counts if it has none.",
  },
  codes: {
    flags: ["--codes"],
    ...words("TABLE"),
    group: "Letter pairs",
    verbs: streams,
    text: "code table, such as 'ab cd … yz _ .', since a resolver has one of its own",
    range: "thesis, alphabetical, or 15 groups",
    default: "thesis; to decode, what the stream names",
    requires: [
      { verbs: ["pairs encode"], oneOf: ["--statistics", "--model letter-table"] },
      { verbs: ["pairs decode"], oneOf: ["--bare"] },
    ],
  },
  words: {
    flags: ["--words"],
    ...file("LIST"),
    group: "Letter pairs",
    verbs: streams,
    text: "try words that are not in LIST with the other letters of their codes; english is the list that ships",
    detail:
      "LIST is a file of words, one a line, the most frequent first, or english: the 36,000 words that -m mix knows. The " +
      "same is needed to decode. Letters are told apart by letter-table unless --statistics says otherwise.",
    conflicts: ["--bare"],
  },
  lossy: {
    flags: ["--lossy"],
    group: "Letter pairs",
    verbs: ["pairs encode", "pairs message"],
    text: "leave out what the decoder gets wrong, and say what that is",
    detail:
      "A few hundred bytes are saved, and a few letters come back as others: which ones, is said on standard error.",
    conflicts: ["--decode"],
  },
  strict: {
    flags: ["--strict"],
    group: "Letter pairs",
    verbs: ["pairs encode"],
    text: "refuse what is not UTF-8, and say where",
  },
  bits: {
    flags: ["--bits"],
    ...choice("N", BITS),
    group: "Letter pairs",
    verbs: ["pairs message"],
    text: "bits of a code: two letters share one of 4, four or five one of 3",
    default: DEFAULTS.bits,
    conflicts: ["--decode"],
  },
  form: {
    flags: ["--form"],
    ...choice("FORM", FORMS),
    group: "Letter pairs",
    verbs: ["pairs message"],
    text: "plain: each code in its bits; modelled: in as many as a model of English finds it worth",
    default: "the shorter",
    conflicts: ["--decode"],
  },
  decode: {
    flags: ["--decode"],
    group: "Letter pairs",
    verbs: ["pairs message"],
    text: "read a message",
  },
  lines: {
    flags: ["--lines"],
    group: "Letter pairs",
    verbs: ["pairs message"],
    text: "take each line for a message, and only show how long they get, beside brotli",
    conflicts: ["--decode", "--output"],
  },
  stdout: {
    flags: ["-c", "--stdout"],
    group: "Where the output goes",
    verbs: streams,
    text: "write to standard output",
  },
  output: {
    flags: ["-o", "--output"],
    ...file(),
    group: "Where the output goes",
    text: "write to FILE; - is standard output",
    default: "FILE.pairs beside FILE, and back; of messages, standard output",
    conflicts: ["--stdout"],
  },
  force: { flags: ["-f", "--force"], group: "Where the output goes", text: "overwrite; write to a terminal" },
  threads: { ...RESOURCE_OPTIONS.threads, verbs: streams },
  memory: { ...RESOURCE_OPTIONS.memory, verbs: streams },
} as const satisfies OptionTable;
