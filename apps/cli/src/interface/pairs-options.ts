/** The options of `pith pairs`, a part of the one table. */

import type { PairsFraming } from "@pith/codec";

import { UsageError } from "../errors.ts";
import type { Option, VerbName } from "./options.ts";
import { LETTER_MODELS, parseFileName } from "./stats-options.ts";
import { parseChoice } from "./values.ts";

/** What they say, beside the model, the statistics and the codes, which `pith stats` has too. */
export interface PairsSettings {
  framing: PairsFraming;
  lossy: boolean;
  strict: boolean;
  /** Bits of a code in messages. */
  bits: 3 | 4;
  /** Undefined: the shorter. */
  form: "plain" | "modelled" | undefined;
  /** Messages are read, not written. */
  reading: boolean;
  /** Each line is a message, of which only the length is wanted. */
  byLine: boolean;
}

export const PAIRS_DEFAULTS: Readonly<PairsSettings> = {
  framing: "in-stream",
  lossy: false,
  strict: false,
  bits: 4,
  form: undefined,
  reading: false,
  byLine: false,
};

const FRAMINGS = ["in-stream", "thesis"] as const satisfies readonly PairsFraming[];
const BITS = ["3", "4"] as const;
const FORMS = ["plain", "modelled"] as const;

const streams: readonly VerbName[] = ["pairs encode", "pairs decode"];
const all: readonly VerbName[] = [...streams, "pairs message"];

export const PAIRS_OPTIONS: readonly Option[] = [
  {
    flags: ["--framing"],
    value: { name: "FRAMING", choices: FRAMINGS },
    group: "Letter pairs",
    verbs: ["pairs encode"],
    text: "how letters stand among other characters",
    range: FRAMINGS.join(", "),
    default: PAIRS_DEFAULTS.framing,
    detail:
      "in-stream: codes alone, of which one begins escapes for everything else. thesis: codes in long runs of letters, " +
      "UTF-8 around them; what is not UTF-8 is stored.",
    set: (settings, value) => void (settings.framing = parseChoice("--framing", value, FRAMINGS)),
  },
  {
    flags: ["--model"],
    value: { name: "MODEL", choices: LETTER_MODELS },
    group: "Letter pairs",
    verbs: streams,
    text: "trained model that tells letters apart",
    range: LETTER_MODELS.join(", "),
    default: "resolver-medium; to decode, what the stream names",
    detail:
      "letter-table: seven characters around each letter, each for itself, as in the thesis. The resolvers are of 60, 250 and " +
      "760 KB. To decode, another one will do if the stream is lossy and the codes are the same.",
    set: (settings, value) => void (settings.model = parseChoice("--model", value, LETTER_MODELS)),
  },
  {
    flags: ["--statistics"],
    value: { name: "FILE", file: true },
    group: "Letter pairs",
    verbs: streams,
    text: "tell letters apart by the statistics in FILE instead",
    detail: "The same file is needed to decode. Its table counts, or z-scores of its counts if it has none.",
    set: (settings, value) => void (settings.statistics = parseFileName("--statistics", value)),
  },
  {
    flags: ["--codes"],
    value: { name: "TABLE" },
    group: "Letter pairs",
    verbs: ["pairs encode"],
    text: "code table, such as 'ab cd … yz _ .', for --statistics and --model letter-table",
    range: "thesis, alphabetical, or 15 groups",
    default: "thesis",
    set: (settings, value) => void (settings.codes = value),
  },
  {
    flags: ["--lossy"],
    group: "Letter pairs",
    verbs: ["pairs encode", "pairs message"],
    text: "leave out what the decoder gets wrong, and say what that is",
    detail:
      "A few hundred bytes are saved, and a few letters come back as others: which ones, is said on standard error.",
    set: (settings) => void (settings.lossy = true),
  },
  {
    flags: ["--strict"],
    group: "Letter pairs",
    verbs: ["pairs encode"],
    text: "refuse what is not UTF-8, and say where",
    set: (settings) => void (settings.strict = true),
  },
  {
    flags: ["--bits"],
    value: { name: "N", choices: BITS },
    group: "Letter pairs",
    verbs: ["pairs message"],
    text: "bits of a code: two letters share one of 4, four or five one of 3",
    range: BITS.join(", "),
    default: `${PAIRS_DEFAULTS.bits}`,
    set: (settings, value) => void (settings.bits = Number(parseChoice("--bits", value, BITS)) as 3 | 4),
  },
  {
    flags: ["--form"],
    value: { name: "FORM", choices: FORMS },
    group: "Letter pairs",
    verbs: ["pairs message"],
    text: "plain: each code in its bits; modelled: in as many as a model of English finds it worth",
    range: FORMS.join(", "),
    default: "the shorter",
    set: (settings, value) => void (settings.form = parseChoice("--form", value, FORMS)),
  },
  {
    flags: ["--decode"],
    group: "Letter pairs",
    verbs: ["pairs message"],
    text: "read a message",
    set: (settings) => void (settings.reading = true),
  },
  {
    flags: ["--lines"],
    group: "Letter pairs",
    verbs: ["pairs message"],
    text: "take each line for a message, and only show how long they get, beside brotli",
    set: (settings) => void (settings.byLine = true),
  },
  {
    flags: ["-c", "--stdout"],
    group: "Where the output goes",
    verbs: streams,
    text: "write to standard output",
    set: (settings) => void (settings.stdout = true),
  },
  {
    flags: ["-o", "--output"],
    value: { name: "FILE", file: true },
    group: "Where the output goes",
    verbs: all,
    text: "write to FILE; - is standard output",
    default: "FILE.pairs beside FILE, and back; of messages, standard output",
    set: (settings, value) => {
      if (value === "") throw new UsageError("--output: expected the name of a file, got an empty one");
      if (value === "-") settings.stdout = true;
      else settings.output = value;
    },
  },
  {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs: all,
    text: "overwrite; write to a terminal",
    set: (settings) => void (settings.force = true),
  },
];
