/** How characters are cut into lines. */

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What ends a line, by its number in opened blocks: line feeds, and how JSON and others write them in strings. */
export const ENDINGS: readonly Uint8Array[] = ["\n", "\r\n", "\\n", "\\r\\n"].map(ascii);
export const MOST_INDENT = 64;

const SPACE = 0x20;

/** Lines: all but the last have the same length. */
export interface Layout {
  /** Characters of a line; 0 if all stand in one. */
  readonly lineLength: number;
  /** Number of {@link ENDINGS}. */
  readonly ending: number;
  /** Spaces before each line but the first. */
  readonly indent: number;
}

export const ONE_LINE: Layout = { lineLength: 0, ending: 0, indent: 0 };

/** What stands at a place as the end of a line, with the spaces behind it; undefined if nothing does. */
export function breakAt(
  content: Uint8Array,
  at: number,
): { ending: number; indent: number; length: number } | undefined {
  const ending = ENDINGS.findIndex((bytes) => bytes.every((byte, i) => content[at + i] === byte));
  if (ending < 0) return undefined;
  const start = at + ENDINGS[ending].length;
  let end = start;
  while (content[end] === SPACE && end - start < MOST_INDENT) end++;
  return { ending, indent: end - start, length: end - at };
}

/** Bytes between two lines. */
function breakOf({ ending, indent }: Layout): Uint8Array {
  const bytes = new Uint8Array(ENDINGS[ending].length + indent).fill(SPACE);
  bytes.set(ENDINGS[ending]);
  return bytes;
}

/** Characters and ends of lines, of so many characters in lines. */
export function linesLength(digits: number, layout: Layout): number {
  const { lineLength, ending, indent } = layout;
  if (lineLength === 0 || digits === 0) return digits;
  return digits + (Math.ceil(digits / lineLength) - 1) * (ENDINGS[ending].length + indent);
}

/** Puts characters into lines. */
export function toLines(digits: Uint8Array, layout: Layout): Uint8Array {
  const { lineLength } = layout;
  if (lineLength === 0 || digits.length === 0) return digits;
  const between = breakOf(layout);
  const lines = Math.ceil(digits.length / lineLength);
  const content = new Uint8Array(linesLength(digits.length, layout));
  for (let line = 0, to = 0; line < lines; line++) {
    if (line > 0) {
      content.set(between, to);
      to += between.length;
    }
    const part = digits.subarray(line * lineLength, (line + 1) * lineLength);
    content.set(part, to);
    to += part.length;
  }
  return content;
}
