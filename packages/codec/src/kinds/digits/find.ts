/** Finds runs of characters that write bytes, by a look at a few places. */
import { BASE64, HEX, PAD, type Alphabet } from "./digits.ts";
import { breakAt, ONE_LINE, type Layout } from "./lines.ts";

/** A run of characters. */
export interface Run {
  readonly start: number;
  readonly end: number;
  readonly alphabet: Alphabet;
  readonly layout: Layout;
  /** Its characters, without what is between lines. */
  readonly digits: Uint8Array;
}

/** Bytes between two places that are looked at. */
const STRIDE = 32;
/** Lines that are cut are at least so long, and so are runs. */
const LEAST_LINE = 40;
const LEAST_RUN = 256;
/** Characters whose variety tells bytes from words, numbers and nucleotides; and how many of them differ, at least. */
const LOOKED_AT = 512;
const LEAST_DIFFERENT = { 6: 30, 4: 9 } as const;

/** The alphabets that there are, as bits of what a character may belong to. */
const ALPHABETS: readonly Alphabet[] = [...HEX, ...BASE64];
/** Alphabets whose characters stand in lines: not those of base64 in names and addresses. */
const IN_LINES = (1 << (ALPHABETS.length - 1)) - 1;
const memberships = new Uint8Array(256);
ALPHABETS.forEach(({ codes }, i) => {
  for (const code of codes) memberships[code] |= 1 << i;
});

/** The first run that begins at a place or behind it. */
export function nextRun(content: Uint8Array, from: number): Run | undefined {
  for (let at = from + STRIDE - 1; at < content.length; at += STRIDE) {
    if (!mayBeIn(content, at)) continue;
    const line = lineAround(content, at, from);
    let { end } = line;
    if (end - line.start >= LEAST_LINE) {
      const lines = linesFrom(content, line);
      const run = wholeGroups(content, lines);
      if (run !== undefined) return run;
      ({ end } = lines);
    }
    // What was looked at is not looked at again: that would take for ever.
    if (end > at + STRIDE) at = end - 1;
  }
  return undefined;
}

/** Whether a line may go on from a place so far as that of any line does which is looked at. */
function mayBeIn(content: Uint8Array, at: number): boolean {
  return (
    memberships[content[at]] !== 0 &&
    memberships[content[at + 8]] !== 0 &&
    memberships[content[at + 5]] !== 0 &&
    memberships[content[at + 3]] !== 0
  );
}

interface Line {
  readonly start: number;
  readonly end: number;
  /** Alphabets that all its characters belong to. */
  readonly among: number;
}

function lineAround(content: Uint8Array, at: number, from: number): Line {
  let among = memberships[content[at]];
  let start = at;
  while (start > from && (among & memberships[content[start - 1]]) !== 0) among &= memberships[content[--start]];
  let end = at + 1;
  while (end < content.length && (among & memberships[content[end]]) !== 0) among &= memberships[content[end++]];
  return { start, end, among };
}

/** Lines of one layout. */
interface Lines {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly Uint8Array[];
  /** Alphabets that all their characters belong to. */
  readonly among: number;
  readonly layout: Layout;
}

/** The lines that a line begins. */
function linesFrom(content: Uint8Array, first: Line): Lines {
  const lines = [content.subarray(first.start, first.end)];
  const lineLength = lines[0].length;
  let { among, end } = first;
  let layout = ONE_LINE;
  for (let gap = breakAt(content, end); gap !== undefined && (among & IN_LINES) !== 0; gap = breakAt(content, end)) {
    const isUsual = lines.length === 1 || (gap.ending === layout.ending && gap.indent === layout.indent);
    const start = end + gap.length;
    const next = lineFrom(content, start, among & IN_LINES);
    if (!isUsual || next.end === start || next.end - start > lineLength) break;
    ({ among, end } = next);
    layout = { lineLength, ending: gap.ending, indent: gap.indent };
    lines.push(content.subarray(start, end));
    if (end - start < lineLength) break;
  }
  return { start: first.start, end, lines, among, layout };
}

function lineFrom(content: Uint8Array, start: number, allowed: number): Line {
  let among = allowed;
  let end = start;
  while (end < content.length && (among & memberships[content[end]]) !== 0) among &= memberships[content[end++]];
  return { start, end, among };
}

function alphabetOf(among: number): Alphabet {
  return ALPHABETS[31 - Math.clz32(among & -among)];
}

/** The run of some lines, cut behind its last whole group; undefined if it would not pay. */
function wholeGroups(content: Uint8Array, { start, end, lines, among, layout }: Lines): Run | undefined {
  const alphabet = alphabetOf(among);
  const length = lines.reduce((sum, line) => sum + line.length, 0);
  const group = alphabet.bits === 4 ? 2 : 4;
  const padded = alphabet.bits === 6 && length % 4 > 1 ? paddingAt(content, end, 4 - (length % 4)) : 0;
  const over = padded > 0 ? 0 : length % group;
  // What is over is part of the last line, or the cut would move a line's end.
  if (length + padded - over < LEAST_RUN || over >= lines[lines.length - 1].length) return undefined;
  const digits = new Uint8Array(length + padded - over).fill(PAD);
  let at = 0;
  for (const line of lines) {
    digits.set(line.subarray(0, digits.length - at), at);
    at += line.length;
  }
  if (!isVaried(digits, alphabet)) return undefined;
  return { start, end: end + padded - over, alphabet, layout, digits };
}

/** As many characters that fill a group as are there, if they are as many as it takes. */
function paddingAt(content: Uint8Array, at: number, count: number): number {
  for (let i = 0; i < count; i++) if (content[at + i] !== PAD) return 0;
  return count;
}

/** Whether characters are as different as those that write bytes. */
function isVaried(digits: Uint8Array, { bits }: Alphabet): boolean {
  const seen = new Set(digits.subarray(0, LOOKED_AT));
  const has = (from: number, to: number): boolean => [...seen].some((code) => code >= from && code <= to);
  const isNumber = !has(0x41, 0x5a) && !has(0x61, 0x7a);
  return seen.size >= LEAST_DIFFERENT[bits] && has(0x30, 0x39) && !isNumber;
}
