/** A text as the characters that people see, and as the bytes that models predict. */

export interface Characters {
  readonly text: string;
  /** UTF-8. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly count: number;
  /** Where each character begins in `text`; one more entry than characters. */
  readonly textStarts: Uint32Array;
  /** Where each character begins in `bytes`; one more entry than characters. */
  readonly byteStarts: Uint32Array;
  /** What is no text: each byte is a character by itself. */
  readonly isBytes: boolean;
}

/** Bytes of any kind, as characters of one byte each. */
export function charactersOfBytes(bytes: Uint8Array<ArrayBuffer>): Characters {
  const starts = Uint32Array.from({ length: bytes.length + 1 }, (_, place) => place);
  const text = Array.from(bytes, (byte) => (byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·")).join("");
  return { text, bytes, count: bytes.length, textStarts: starts, byteStarts: starts, isBytes: true };
}

/** A byte as two digits: `E9`. */
export function hexOf(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}

/** Divides a text into characters: grapheme clusters, so that é and a flag are one each. */
export function charactersOf(text: string): Characters {
  const bytes = new TextEncoder().encode(text);
  // Half of a surrogate pair became U+FFFD on the way.
  const whole = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const textStarts: number[] = [];
  const byteStarts: number[] = [];
  let byteStart = 0;
  let textStart = 0;
  for (const character of graphemes(whole)) {
    textStarts.push(textStart);
    byteStarts.push(byteStart);
    textStart += character.length;
    byteStart += byteLength(character);
  }
  textStarts.push(whole.length);
  byteStarts.push(byteStart);
  return {
    text: whole,
    bytes,
    count: textStarts.length - 1,
    textStarts: Uint32Array.from(textStarts),
    byteStarts: Uint32Array.from(byteStarts),
    isBytes: false,
  };
}

/** Longest piece that is given to the segmenter, whose time grows with the square of the length. */
const PIECE = 96;

/** Grapheme clusters of a text. */
function* graphemes(text: string): Generator<string> {
  const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
  for (let start = 0; start < text.length;) {
    const end = pieceEnd(text, start);
    const piece = text.slice(start, end);
    // Below U+0300 nothing combines, but for the two characters of a line break.
    if (/\r|[\u0300-\uffff]/.test(piece)) for (const { segment } of segmenter.segment(piece)) yield segment;
    else yield* piece;
    start = end;
  }
}

/** Where a piece may end that begins at `start`: after a space or a line break, or else before it gets too long. */
function pieceEnd(text: string, start: number): number {
  const most = start + PIECE;
  if (most >= text.length) return text.length;
  for (let end = most; end > start; end--) if (text[end - 1] === " " || text[end - 1] === "\n") return end;
  for (let end = most; end > start; end--) if (!joins(text[end]) && text[end - 1] !== "\u200d") return end;
  return most;
}

/** Whether a UTF-16 unit may belong to the character before it. */
function joins(unit: string): boolean {
  return /\n|\u200d|\p{M}|\p{Cs}/u.test(unit);
}

function byteLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

export function characterAt({ text, textStarts }: Characters, index: number): string {
  return text.slice(textStarts[index], textStarts[index + 1]);
}

/**
 * The first characters of a text that fit into a number of bytes.
 *
 * @returns the text itself if it fits
 */
export function clip(text: string, mostBytes: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(mostBytes));
  if (read === text.length) return text;
  // A character that began before and goes on after is left out.
  const from = Math.max(0, read - PIECE);
  const around = new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text.slice(from, read + PIECE));
  return text.slice(0, from + (around.containing(read - from)?.index ?? 0));
}

/** A character as it is shown in the coloured text, where also what is invisible has a place. */
export function shown(character: string): string {
  return character.replace(/\p{Cc}/gu, picture);
}

/** A control character as a picture; a line break still breaks the line, a tab is as wide as a tab. */
function picture(control: string): string {
  if (control === "\n") return "↵\n";
  if (control === "\t") return "\t";
  const code = control.charCodeAt(0);
  return String.fromCharCode(code < 0x20 ? 0x2400 + code : code === 0x7f ? 0x2421 : 0x2426);
}

const NAMES: Readonly<Record<string, string>> = {
  " ": "space",
  "\n": "line break",
  "\r": "carriage return",
  "\r\n": "line break (CR LF)",
  "\t": "tab",
  "\u200d": "zero-width joiner",
  "\u00a0": "no-break space",
};

/** A character as it is spoken of: itself, or its name where it cannot be seen. */
export function nameOf(character: string): string {
  return NAMES[character] ?? shown(character);
}

/**
 * A byte as it is spoken of: the character that it ends, the range of characters that it begins, or its number.
 *
 * @param before the bytes of the same character before it
 */
export function nameOfByte(byte: number, before: Uint8Array): string {
  if (byte >= 0xc2 && byte <= 0xdf) return range((byte & 0x1f) << 6, 0x3f);
  if (byte >= 0xe0 && byte <= 0xef) return range(Math.max(0x800, (byte & 0x0f) << 12), 0xfff);
  try {
    return nameOf(new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.of(...before, byte)));
  } catch {
    return byte.toString(16).toUpperCase();
  }
}

/** The bytes before a place that belong to the same character of Unicode. */
export function bytesBefore(bytes: Uint8Array, place: number): Uint8Array {
  let start = place;
  while (start > 0 && (bytes[start] & 0xc0) === 0x80) start--;
  return bytes.subarray(start, place);
}

function range(first: number, span: number): string {
  const last = (first & ~span) + span;
  return `${codePoint(first)}–${codePoint(last)}`;
}

/** `U+00E9` */
export function codePoint(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
