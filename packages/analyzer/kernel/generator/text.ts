/** Words that no one uses, as often as Zipf's law has it, in sentences and lines. */
import { random64 } from "./random";

/** Words: 2^WORD_BITS − 1. */
const WORD_BITS: u64 = 12;
const WORDS: usize = 1 << <usize>WORD_BITS;
/** A word with a space behind it, and in its last byte the length of both. */
const WORD_BYTES: usize = 16;
const words = memory.data(65536, 16);
const LETTERS = memory.data<u8>([
  0x65, 0x74, 0x61, 0x6f, 0x69, 0x6e, 0x73, 0x68, 0x72, 0x64, 0x6c, 0x75, 0x63, 0x6d, 0x66, 0x77, 0x79, 0x70, 0x76, 0x62,
  0x67, 0x6b, 0x71, 0x6a, 0x78, 0x7a,
]);
const LETTER_COUNT: u64 = 26;
const LONGEST_SENTENCE: u64 = 16;

/** Words until the sentence ends. */
let left: u64 = 0;

/** A number below `limit`, which is at most 2^32. */
function below(limit: u64): u64 {
  return ((random64() >> 32) * limit) >> 32;
}

export function startText(): void {
  for (let word: usize = 0; word < WORDS; word++) {
    const address = words + word * WORD_BYTES;
    const length = <usize>(1 + below(3 + below(9)));
    // A limit that is random itself prefers the letters in front, which are the frequent ones.
    for (let i: usize = 0; i < length; i++) store<u8>(address + i, load<u8>(LETTERS + <usize>below(1 + below(LETTER_COUNT))));
    store<u8>(address + length, 0x20);
    store<u8>(address, <u8>(length + 1), WORD_BYTES - 1);
  }
  left = 4 + below(LONGEST_SENTENCE);
}

/** Writes from `address` to `end` or up to 16 bytes beyond; returns where it stopped. */
export function writeText(address: usize, end: usize): usize {
  while (address < end) {
    let bits = random64();
    for (let i: i32 = 0; i < 3; i++) {
      // As many draws fall on the words 1, 2-3, 4-7, …: the chance of word n falls as 1 / n.
      const first: u64 = 1 << (((bits & 0xff) * WORD_BITS) >> 8);
      const word = words + <usize>(first | ((bits >> 8) & (first - 1))) * WORD_BYTES;
      bits >>= 21;
      v128.store(address, v128.load(word));
      address += <usize>load<u8>(word, WORD_BYTES - 1);
      left--;
      if (left == 0) {
        left = 4 + below(LONGEST_SENTENCE);
        store<u16>(address - 1, (bits & 3) == 0 ? 0x0a2e : 0x202e);
        address++;
      }
    }
  }
  return address;
}
