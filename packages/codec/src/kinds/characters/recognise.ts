/** Tells in which form content is text, by a look at a few windows of it. */
import { characterAt, FORMS, LENGTH_BITS, lengthOf, RAW, type Form } from "./forms.ts";

/** Shorter texts do not pay. */
const LEAST_LENGTH = 1024;
/** Windows that are looked at, and their bytes. */
const WINDOWS = 8;
const WINDOW = 4096;

/** Share of characters that no text has, at most. */
const MOST_STRANGE = 0.004;
/** Share of letters of two bytes from which on UTF-8 is opened: with fewer, its models know them as well. */
const LEAST_TWO_BYTES = 0.1;
/** Share of spaces, line ends and the like, at least; and of all that letters of the commonest scripts are. */
const LEAST_SPACES = 0.005;
const LEAST_KNOWN = 0.9;

/** What the windows have, counted in characters. */
interface Counts {
  all: number;
  strange: number;
  twoBytes: number;
  spaces: number;
  known: number;
}

/** @returns undefined if it is no text, or text that is as good as it is */
export function formOf(content: Uint8Array): Form | undefined {
  if (content.length < LEAST_LENGTH) return undefined;
  const utf8 = countIn(content, FORMS.utf8);
  if (utf8.strange <= MOST_STRANGE * utf8.all) {
    return utf8.twoBytes >= LEAST_TWO_BYTES * utf8.all ? FORMS.utf8 : undefined;
  }
  return ([FORMS.utf16le, FORMS.utf16be] as const).find((form) => {
    const { all, strange, spaces, known } = countIn(content, form);
    return strange <= MOST_STRANGE * all && spaces >= LEAST_SPACES * all && known >= LEAST_KNOWN * all;
  });
}

function countIn(content: Uint8Array, form: Form): Counts {
  const counts = { all: 0, strange: 0, twoBytes: 0, spaces: 0, known: 0 };
  const last = Math.max(0, content.length - WINDOW);
  for (let i = 0; i < WINDOWS; i++) {
    const start = Math.floor((i * last) / (WINDOWS - 1)) & ~1;
    const window = content.subarray(start, start + WINDOW);
    let at = form === FORMS.utf8 ? continued(window) : 0;
    // A character that the window cuts is not its fault.
    const end = window.length - (start + WINDOW < content.length ? 3 : 0);
    while (at < end) {
      const character = characterAt(window, at, form);
      count(counts, character >> LENGTH_BITS);
      at += lengthOf(character);
    }
    if (last === 0) break;
  }
  return counts;
}

/** Bytes at the start of a window that are the end of a character. */
function continued(window: Uint8Array): number {
  let at = 0;
  while (at < 3 && at < window.length && (window[at] & 0xc0) === 0x80) at++;
  return at;
}

function count(counts: Counts, point: number): void {
  counts.all++;
  if (point < 0x80) {
    if (point < 0x20 && !(point >= 9 && point <= 13) && point !== 0x1b) counts.strange++;
    else counts.known++;
    if (point <= 0x20) counts.spaces++;
    return;
  }
  if (point >= RAW || (point >= 0xd800 && point < 0xf900) || (point >= 0xfff0 && point < 0x10000)) counts.strange++;
  if (point < 0x800) counts.twoBytes++;
  if (isLetter(point)) counts.known++;
}

/** Whether a character belongs to a script that much is written in, or is a mark of one. */
function isLetter(point: number): boolean {
  return (
    (point >= 0xa0 && point < 0x700) ||
    (point >= 0x900 && point < 0x1200) ||
    (point >= 0x1e00 && point < 0x2100) ||
    (point >= 0x3000 && point < 0xa000) ||
    (point >= 0xac00 && point < 0xd7b0) ||
    (point >= 0xff00 && point < 0xfff0) ||
    point >= 0x1f300
  );
}
