/** Alphabets in which text writes bytes, several bits a character. */

/** An alphabet: its characters by value. */
export interface Alphabet {
  readonly bits: 4 | 6;
  readonly codes: Uint8Array;
}

const alphabet = (bits: 4 | 6, characters: string): Alphabet => ({ bits, codes: new TextEncoder().encode(characters) });

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** By their numbers in opened blocks. */
export const BASE64: readonly Alphabet[] = [alphabet(6, `${LETTERS}+/`), alphabet(6, `${LETTERS}-_`)];
export const HEX: readonly Alphabet[] = [alphabet(4, "0123456789abcdef"), alphabet(4, "0123456789ABCDEF")];

/** What fills the last group of base64. */
export const PAD = 0x3d;

/** Characters that some bytes take. */
export function digitsLength({ bits }: Alphabet, bytes: number): number {
  return bits === 4 ? 2 * bytes : 4 * Math.ceil(bytes / 3);
}

/** Writes bytes as characters. Of base64, the last group is filled up. */
export function toDigits({ bits, codes }: Alphabet, bytes: Uint8Array): Uint8Array {
  const digits = new Uint8Array(digitsLength({ bits, codes }, bytes.length));
  if (bits === 4) {
    bytes.forEach((byte, i) => {
      digits[2 * i] = codes[byte >> 4];
      digits[2 * i + 1] = codes[byte & 15];
    });
    return digits;
  }
  for (let at = 0, to = 0; at < bytes.length; at += 3, to += 4) {
    const left = bytes.length - at;
    const group = (bytes[at] << 16) | ((left > 1 ? bytes[at + 1] : 0) << 8) | (left > 2 ? bytes[at + 2] : 0);
    digits[to] = codes[group >> 18];
    digits[to + 1] = codes[(group >> 12) & 63];
    digits[to + 2] = left > 1 ? codes[(group >> 6) & 63] : PAD;
    digits[to + 3] = left > 2 ? codes[group & 63] : PAD;
  }
  return digits;
}

/**
 * Reads bytes from characters: as many whole groups as there are.
 *
 * @param digits of the alphabet alone, but for what fills the last group
 */
export function fromDigits(alphabet: Alphabet, digits: Uint8Array): Uint8Array {
  const { bits, codes } = alphabet;
  const values = new Uint8Array(256);
  codes.forEach((code, value) => (values[code] = value));
  if (bits === 4) {
    const bytes = new Uint8Array(digits.length >> 1);
    for (let i = 0; i < bytes.length; i++) bytes[i] = (values[digits[2 * i]] << 4) | values[digits[2 * i + 1]];
    return bytes;
  }
  const groups = digits.length >> 2;
  const filled = groups === 0 ? 0 : [1, 2].filter((i) => digits[4 * groups - i] === PAD).length;
  const bytes = new Uint8Array(3 * groups);
  for (let at = 0, to = 0; at < 4 * groups; at += 4, to += 3) {
    const group =
      (values[digits[at]] << 18) |
      (values[digits[at + 1]] << 12) |
      (values[digits[at + 2]] << 6) |
      values[digits[at + 3]];
    bytes[to] = group >> 16;
    bytes[to + 1] = group >> 8;
    bytes[to + 2] = group;
  }
  return bytes.subarray(0, bytes.length - filled);
}
