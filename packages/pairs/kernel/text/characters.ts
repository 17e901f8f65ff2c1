/** What a byte of a text is to the codes: which have codes, and what stands beside each byte as it is resolved. */
import { FIRST_CODE, codeOfByte, groupSize, member } from "../../../predictors/kernel/resolver/symbols";

export const OTHER: i32 = 0;
/** A small letter with a code. */
export const SMALL: i32 = 1;
/** A capital whose small letter has a code. */
export const CAPITAL: i32 = 2;
/** Another character with a code. */
export const CODED: i32 = 3;
export const DIGIT: i32 = 4;

/** Set in a capital's mark: the bit by which capitals differ from small letters. */
export const CAPITAL_MARK: i32 = 0x20;
/** Set in the mark of a letter that is not what a resolver takes it for. */
export const SURPRISE_MARK: i32 = 1;

const kinds = memory.data(256); // u8 [byte]
const letterCodes = memory.data(16); // u8 [code]: 1 for a code of letters
const cells = memory.data(16 * 2, 2); // u16 [code]
/** Code of the letter i, the one that may be a word by itself and a capital; −1 if it has none. */
export let codeOfI: i32 = -1;

/** Reads the groups, once all of them are there. Each is of letters alone or has none. */
export function startCharacters(): void {
  memory.fill(letterCodes, 0, 16);
  for (let byte = 0; byte < 256; byte++) {
    const code = codeOfByte(byte);
    const letter = byte | 0x20;
    let kind = OTHER;
    if (code >= 0) kind = letter >= 0x61 && letter <= 0x7a ? (byte == letter ? SMALL : CAPITAL) : CODED;
    else if (byte >= 0x30 && byte <= 0x39) kind = DIGIT;
    store<u8>(kinds + byte, <u8>kind);
    if (kind == SMALL) store<u8>(letterCodes + code, 1);
  }
  for (let code = 0; code < 15; code++) {
    store<u16>(cells + (code << 1), <u16>(groupSize(code) > 1 ? FIRST_CODE + code : member(code, 0)));
  }
  codeOfI = codeOfByte(0x69);
}

// @ts-ignore: decorator
@inline
export function characterOf(byte: i32): i32 {
  return load<u8>(kinds + byte);
}

/** Whether a code is one of letters. */
// @ts-ignore: decorator
@inline
export function isLetterCode(code: i32): bool {
  return load<u8>(letterCodes + code) != 0;
}

/** The cell of a character with this code: its byte, if it shares the code with none. */
// @ts-ignore: decorator
@inline
export function cellOfCode(code: i32): i32 {
  return load<u16>(cells + (code << 1));
}
