/** Looks for a word among codes: letters are not told apart for it, and so others of the same codes are found as well. */
import { PithError } from "@pith/core";
import { ByteReader } from "@pith/core/bytes";
import { type Cells, readChunk } from "../coding/chunks.ts";
import { groupsOfStream } from "./decode.ts";
import { openFramer } from "./framers.ts";
import { readStreamHeader } from "./header.ts";

const FIRST_CODE = 256;
/** Stands before the text and behind it: no letter. */
const EDGE = 0;

/** What a word looks like, character by character. */
interface Pattern {
  /** Its bytes in small letters. */
  readonly bytes: Uint8Array;
  /** The cell of each that is known by its code alone; {@link EDGE} where it has none. */
  readonly codes: Uint16Array;
}

/** @throws RangeError for a word that is none: letters, digits and the like, without spaces, of ASCII */
function patternOf(word: string, groups: readonly string[]): Pattern {
  if (!/^[!-~]{1,255}$/.test(word)) {
    throw new RangeError(`word: expected 1 to 255 characters of ASCII without spaces, got ${JSON.stringify(word)}`);
  }
  const small = word.toLowerCase();
  return {
    bytes: Uint8Array.from(small, (character) => character.charCodeAt(0)),
    codes: Uint16Array.from(small, (character) => {
      const code = groups.findIndex((group) => group.includes(character));
      return code < 0 ? EDGE : FIRST_CODE + code;
    }),
  };
}

/**
 * Places of a whole word, in bytes of the text.
 *
 * @throws PithError for a damaged stream
 */
export async function findInStream(stream: Uint8Array, word: string): Promise<number[]> {
  const reader = new ByteReader(stream, 0);
  const header = readStreamHeader(reader);
  const groups = await groupsOfStream(header);
  const framer = await openFramer(header.framing, { bits: 4, groups }, header.crlf);
  const pattern = patternOf(word, groups);
  const isLetter = Uint8Array.from({ length: FIRST_CODE + groups.length }, (_, cell) =>
    Number(/[a-zA-Z]/.test(cell < FIRST_CODE ? String.fromCharCode(cell) : groups[cell - FIRST_CODE])),
  );
  const found: number[] = [];
  // The end of the chunk before: a word may go on, and what stands before one has to be seen.
  let tail: Cells = Uint16Array.of(EDGE);
  let base = -1;
  const look = (cells: Cells, isLast: boolean): void => {
    const all = new Uint16Array(tail.length + cells.length + Number(isLast));
    all.set(tail);
    all.set(cells, tail.length);
    for (const at of placesIn(all, pattern, isLetter)) found.push(base + at);
    // One that could still begin here has not been looked for: it needs the character behind it.
    const keep = Math.min(all.length, pattern.bytes.length + 1);
    tail = all.slice(all.length - keep);
    base += all.length - keep;
  };
  try {
    while (stream[reader.position] !== 0) {
      const chunk = readChunk(reader);
      look("text" in chunk ? Uint16Array.from(chunk.text) : framer.unframe(chunk).cells, false);
    }
    look(new Uint16Array(0), true);
    reader.byte();
    if (reader.position < stream.length) {
      throw new PithError("trailing-data", "a stream of letter pairs goes on after its end", { offset: reader.offset });
    }
  } finally {
    framer.close();
  }
  return found;
}

/** Where the pattern stands with no letter on either side; the first and the last cell are only looked at. */
function* placesIn(cells: Cells, { bytes, codes }: Pattern, isLetter: Uint8Array): Generator<number> {
  const { length } = bytes;
  const matches = (cell: number, i: number): boolean =>
    cell >= FIRST_CODE ? cell === codes[i] : cell === bytes[i] || (isLetter[cell] === 1 && (cell | 0x20) === bytes[i]);
  for (let at = 1; at + length < cells.length; at++) {
    if (!matches(cells[at], 0) || isLetter[cells[at - 1]] === 1 || isLetter[cells[at + length]] === 1) continue;
    let i = 1;
    while (i < length && matches(cells[at + i], i)) i++;
    if (i === length) yield at;
  }
}
