import { CAPITALS, CASE, END, NUMBER, RAW, SURPRISE, TEXT, type PairsKernel } from "../generated/pairs-exports.ts";

/**
 * What the highest code may begin. An escape's place in its list is its number: the first are the shortest. Which texts
 * are worth a short one was found by counting over English books, speeches, articles and chat.
 */

/**
 * A text, or what is no text, in braces: `{case}`, the next letter has not the case that is expected; `{capitals}`, so
 * has the whole next word; `{number}`, digits and marks between them; `{raw}`, bytes as they are; `{surprise}`, the next letter is not
 * what a resolver takes it for; `{end}`. The first two may stand behind a text.
 */
export type Escape = string;

/** Escapes of streams, whose codes have 4 bits: 15 of two codes, 15 of three, 15 of four, 15 of five. */
const STREAM_ESCAPES: readonly Escape[] = [
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
    ": ",
    ", {case}",
    " (",
    " {capitals}",
    "{number}",
  ],
  ...["{capitals}", "{raw}", ")", "!", "/", ",", ",\n", ".\n\n", '"\n\n', ',"', " - ", "\n{case}", ":", "\n\n", ' "'],
  ...[";", "(", "_", "*", "&", "+", "=", "#", "@", "$", "%", "[", "]", "\u2019", "\u2018"],
  ...["<", ">", "{", "}", "|", "\\", "~", "^", "`", "\t", "\u201c", "\u201d", "\u2013", "\u2014", "\u2026"],
];

/** What takes escapes: a kernel that has `kernel/text/escapes.ts`. */
type EscapeKernel = Pick<PairsKernel, "addEscape">;

const KINDS: Readonly<Record<string, number>> = {
  "{case}": CASE,
  "{capitals}": CAPITALS,
  "{number}": NUMBER,
  "{raw}": RAW,
  "{surprise}": SURPRISE,
  "{end}": END,
};
const NO_FOLLOWER = 0;

/** The escapes of streams. With `crlf`, the line ends in them are CR LF, for a text whose lines end so. */
export function streamEscapes(crlf: boolean): readonly Escape[] {
  return crlf ? STREAM_ESCAPES.map((escape) => escape.replaceAll("\n", "\r\n")) : STREAM_ESCAPES;
}

/** Gives a kernel its escapes. */
export function addEscapes(kernel: EscapeKernel, escapes: readonly Escape[]): void {
  for (const escape of escapes) addEscape(kernel, escape);
}

function addEscape(kernel: EscapeKernel, escape: Escape): void {
  const mark = /\{[a-z]+\}$/u.exec(escape)?.[0] ?? "";
  const follower = KINDS[mark] ?? NO_FOLLOWER;
  const text = new TextEncoder().encode(escape.slice(0, escape.length - mark.length));
  if (text.length === 0) kernel.addEscape(follower, 0n, 0, NO_FOLLOWER);
  else kernel.addEscape(TEXT, littleEndian(text), text.length, follower);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n);
}
