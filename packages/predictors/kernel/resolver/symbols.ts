/**
 * What the resolver takes the characters around a letter for. A capital counts as its small letter, all kinds of white
 * space as one, a character that is no ASCII as one symbol however many bytes it has, and the typographic apostrophe,
 * quotes and dashes as their ASCII forms, so that what was learnt of one text serves in the next.
 *
 * Cells are u16: 0 … 255 a byte that is known, 256 + c a character of which only the code c is known.
 *
 * To the left of a letter all is known: the symbols there are letters and classes, 1 … 35. To the right only codes are
 * known for sure, so a known letter counts as its code there: codes and classes, 1 … 25.
 */

/** The first cell that is a code. */
export const FIRST_CODE: i32 = 256;
/** Codes at most. */
export const CODES: i32 = 15;
/** Characters that share a code, at most. */
export const MEMBERS: i32 = 8;

// Left symbols: 1 … 26 are the letters. The word characters come first: letters and the apostrophe inside a word.
const APOSTROPHE: i32 = 27;
export const LAST_OF_WORD: i32 = 27;
export const SPACE: i32 = 28;
/** Ends a sentence: . ! ? */
export const STOP: i32 = 29;
const COMMA: i32 = 30; // , ; :
const QUOTE: i32 = 31;
const DASH: i32 = 32;
const DIGIT: i32 = 33;
const OTHER: i32 = 34;
// A byte that adds no symbol: it belongs to a character that the byte before it began.
export const NOTHING: i32 = 0;

// Right symbols: code + 1, or, of what has no code, this plus its class (left symbol less 26; 0 for a letter).
const FIRST_CLASS: i32 = CODES + 1;

const leftSymbols = memory.data(256); // u8 [byte]
const codeOf = memory.data(256); // u8 [byte]: code + 1, or 0
const sizes = memory.data(CODES); // u8 [code]
const members = memory.data(CODES * MEMBERS, 8); // u8 [code][rank]

/** Characters of the largest group. */
export let largestGroup: i32 = 0;

/** Forgets the groups. */
export function clearGroups(): void {
  memory.fill(codeOf, 0, 256);
  memory.fill(sizes, 0, CODES);
  largestGroup = 0;
  for (let byte = 0; byte < 256; byte++) store<u8>(leftSymbols + byte, <u8>classOf(byte));
}

/** Adds a byte, none of the capitals, to the characters that share a code. */
export function addMember(code: i32, byte: i32): void {
  const size: i32 = load<u8>(sizes + code);
  store<u8>(members + code * MEMBERS + size, <u8>byte);
  store<u8>(sizes + code, <u8>(size + 1));
  store<u8>(codeOf + byte, <u8>(code + 1));
  if (byte >= 0x61 && byte <= 0x7a) store<u8>(codeOf + byte - 32, <u8>(code + 1));
  if (size + 1 > largestGroup) largestGroup = size + 1;
}

function classOf(byte: i32): i32 {
  const letter = byte | 32;
  if (letter >= 0x61 && letter <= 0x7a) return letter - 0x60;
  if (byte >= 0x30 && byte <= 0x39) return DIGIT;
  switch (byte) {
    case 0x20: case 0x09: case 0x0a: case 0x0b: case 0x0c: case 0x0d: return SPACE;
    case 0x2e: case 0x21: case 0x3f: return STOP;
    case 0x2c: case 0x3b: case 0x3a: return COMMA;
    case 0x27: case 0x60: return APOSTROPHE;
    case 0x22: return QUOTE;
    case 0x2d: case 0x5f: return DASH;
  }
  return byte >= 0x80 && byte < 0xc0 ? NOTHING : OTHER;
}

// @ts-ignore: decorator
@inline
export function cellAt(cells: usize, i: i32): i32 {
  return load<u16>(cells + (<usize>i << 1));
}

/** Whether a cell is a code that several characters share. */
// @ts-ignore: decorator
@inline
export function isAmbiguous(cell: i32): bool {
  return cell >= FIRST_CODE && load<u8>(sizes + (cell - FIRST_CODE)) > 1;
}

/** Characters that share a code. */
// @ts-ignore: decorator
@inline
export function groupSize(code: i32): i32 {
  return load<u8>(sizes + code);
}

/** The byte with this rank in the group of a code. */
// @ts-ignore: decorator
@inline
export function member(code: i32, rank: i32): i32 {
  return load<u8>(members + code * MEMBERS + rank);
}

/** Code of a byte, a capital's being that of its small letter; −1 for none. */
// @ts-ignore: decorator
@inline
export function codeOfByte(byte: i32): i32 {
  return <i32>load<u8>(codeOf + byte) - 1;
}

/** Left symbol of a letter or another byte that stands for itself. */
// @ts-ignore: decorator
@inline
export function leftSymbol(byte: i32): i32 {
  return load<u8>(leftSymbols + byte);
}

// @ts-ignore: decorator
@inline
function isLetter(cells: usize, i: i32, length: i32): bool {
  if (<u32>i >= <u32>length) return false;
  const cell = cellAt(cells, i);
  const byte = cell < FIRST_CODE ? cell : member(cell - FIRST_CODE, 0);
  return <u32>(leftSymbol(byte) - 1) < 26;
}

/** Left symbol of the known byte at place i, which is an apostrophe or no ASCII. */
function contextualSymbol(cells: usize, i: i32, length: i32, byte: i32): i32 {
  let apostrophe = byte == 0x27 || byte == 0x60;
  let after = i + 1;
  if (byte == 0xe2 && i + 2 < length && cellAt(cells, i + 1) == 0x80) {
    // General punctuation, U+2010 … U+201F.
    const last = cellAt(cells, i + 2);
    if (last >= 0x90 && last <= 0x95) return DASH;
    if (last == 0x9c || last == 0x9d) return QUOTE;
    apostrophe = last == 0x98 || last == 0x99;
    after = i + 3;
  }
  if (!apostrophe) return leftSymbol(byte);
  return isLetter(cells, i - 1, length) && isLetter(cells, after, length) ? APOSTROPHE : QUOTE;
}

/** Left symbol of a cell that is not ambiguous. */
// @ts-ignore: decorator
@inline
export function knownSymbol(cells: usize, i: i32, length: i32, cell: i32): i32 {
  const byte = cell < FIRST_CODE ? cell : member(cell - FIRST_CODE, 0);
  const symbol = leftSymbol(byte);
  return symbol == APOSTROPHE || byte >= 0x80 ? contextualSymbol(cells, i, length, byte) : symbol;
}

/** Right symbol of a known byte whose left symbol is given. */
// @ts-ignore: decorator
@inline
export function rightSymbol(byte: i32, left: i32): i32 {
  if (left > 26) return FIRST_CLASS + left - 26;
  const code: i32 = load<u8>(codeOf + byte);
  return code > 0 ? code : FIRST_CLASS;
}
