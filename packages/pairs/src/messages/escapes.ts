import type { Escape } from "../coding/escapes.ts";

/** Stands where units under the model need an end and plain ones a mark for what a resolver gets wrong. */
const END_OR_SURPRISE = "";

const IN_4_BITS: readonly Escape[] = [
  ...[
    "{case}",
    "\n",
    "'",
    '"',
    "-",
    "?",
    ", ",
    " {case}",
    ".\n",
    "; ",
    "!",
    ", {case}",
    END_OR_SURPRISE,
    " {capitals}",
  ],
  ...["{number}", "{capitals}", "{raw}", ")", " (", "/", ",", ",\n", ".\n\n", '"\n\n', ',"', " - ", "\n\n", ":", ": "],
  ...[";", "(", "_", "*", "&", "+", "=", "#", "@", "$", "%", "[", "]", "\u2019", "\u2018"],
  ...["<", ">", "{", "}", "|", "\\", "~", "^", "`", "\t", "\u201c", "\u201d", "\u2013", "\u2014", "\u2026"],
];

const IN_3_BITS: readonly Escape[] = [
  ...["{case}", ", ", ". ", ".", "'", " {case}", END_OR_SURPRISE],
  ...["\n", "{number}", '"', "-", "?", "!", " {capitals}"],
  ...[".\n", "{raw}", "{capitals}", ",", ":", ")", "; "],
  ...[" (", ": ", "/", "&", "\n\n", ',"', ";"],
  ...["(", "*", "#", "@", "$", "=", "+"],
  ...["%", "_", "\u2019", "\u00a3", "[", "]", "<"],
  ...[">", "{", "}", "|", "\\", "~", "^"],
  ...["`", "\t", "\u201c", "\u201d", "\u2013", "\u2014", "\u2018"],
];

/**
 * The escapes of messages.
 *
 * @param bits of a unit
 * @param modelled the units go under the model
 */
export function messageEscapes(bits: 3 | 4, modelled: boolean): readonly Escape[] {
  const ending = modelled ? "{end}" : "{surprise}";
  return (bits === 4 ? IN_4_BITS : IN_3_BITS).map((escape) => (escape === END_OR_SURPRISE ? ending : escape));
}
