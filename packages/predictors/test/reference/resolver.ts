/**
 * The letter resolver by its definition, without any of the kernel's short cuts: each context is written out as a list
 * of symbols around the letter, each feature's place in the table follows from its list.
 */

const APOSTROPHE = 27;
const SPACE = 28;
const STOP = 29;
const COMMA = 30;
const QUOTE = 31;
const DASH = 32;
const DIGIT = 33;
const OTHER = 34;
const LETTERS = 26;
/** Right symbols: codes from 1 on, then letters without a code, then the classes from the apostrophe on. */
const FIRST_CLASS = 16;

const FIRST_CODE = 256;
const LONGEST_REST = 12;
const LONGEST_GAP = 8;

const KEY_FACTOR = 0x9e3779b97f4a7c15n;
const WORD_FACTOR = 0xe7037ed1a0b428dbn;
const WORD_GROUP_FACTOR = 0xff51afd7ed558ccdn;
const REST_FACTOR = 0xd6e8feb86659fd93n;
const NEXT_FACTOR = 0xa0761d6478bd642fn;
const PREVIOUS_FACTOR = 0x8ebc6af09c88c6e3n;
const ALONE = 0x2545f4914f6cdd1dn;
const WITH_PREVIOUS = 0x589965cc75374cc3n;
const WITH_NEXT = 0x1d8e4e27c47d124fn;
const BEGINNING = 0x3c79ac492ba7b653n;

/** [symbols before, symbols after] of the features that are n-grams. */
const N_GRAMS: readonly (readonly [number, number])[] = [
  [0, 0],
  [0, 1],
  [0, 2],
  [0, 3],
  [0, 4],
  [1, 0],
  [2, 0],
  [3, 0],
  [4, 0],
  [1, 1],
  [1, 2],
  [2, 1],
  [1, 3],
  [3, 1],
];

export interface ReferenceModel {
  readonly groups: readonly string[];
  readonly tableBits: number;
  readonly weights: Int8Array;
}

/** One letter that was resolved. */
export interface ReferenceResolution {
  readonly place: number;
  /** By rank in the group; for a pair [0, its score]. */
  readonly scores: readonly number[];
}

/** What stands at a place: its symbols for the letters after it and for those before it. */
interface Character {
  readonly left: number;
  readonly right: number;
}

function wrap(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

/** The symbols as one number, the first lowest. */
function packed(symbols: readonly number[], bits: bigint): bigint {
  return symbols.reduceRight((sum, symbol) => (sum << bits) | BigInt(symbol), 0n);
}

function classOf(byte: number): number {
  const character = String.fromCharCode(byte).toLowerCase();
  if (/[a-z]/.test(character)) return byte & 31;
  if (/[0-9]/.test(character)) return DIGIT;
  if (/[ \t-\r]/.test(character)) return SPACE;
  if (/[.!?]/.test(character)) return STOP;
  if (/[,;:]/.test(character)) return COMMA;
  if (/['`]/.test(character)) return APOSTROPHE;
  if (character === '"') return QUOTE;
  if (/[-_]/.test(character)) return DASH;
  return OTHER;
}

/** Resolves a text whose letters it is told, in turn, by `truth`. */
export function* resolveByDefinition(
  { groups, tableBits, weights }: ReferenceModel,
  cells: readonly number[],
  truth: (resolution: ReferenceResolution) => number,
): Generator<ReferenceResolution, Uint8Array> {
  const largest = Math.max(...groups.map((group) => group.length));
  const stride = largest > 2 ? largest : 1;
  const codeOf = (byte: number): number =>
    groups.findIndex((group) => group.includes(String.fromCharCode(byte).toLowerCase()));
  const isShared = (cell: number): boolean => cell >= FIRST_CODE && groups[cell - FIRST_CODE].length > 1;
  const byteOf = (cell: number): number => (cell < FIRST_CODE ? cell : groups[cell - FIRST_CODE].charCodeAt(0));
  const isLetter = (i: number): boolean => i in cells && classOf(byteOf(cells[i])) <= LETTERS;

  /** The class of a place; undefined for the further bytes of a character. */
  const symbolAt = (i: number): number | undefined => {
    const byte = byteOf(cells[i]);
    if (isShared(cells[i])) return classOf(byte);
    let apostrophe = classOf(byte) === APOSTROPHE;
    let after = i + 1;
    if (byte >= 0x80) {
      if (byte < 0xc0) return undefined;
      apostrophe = false;
      if (byte === 0xe2 && cells[i + 1] === 0x80) {
        const last = cells[i + 2];
        if (last >= 0x90 && last <= 0x95) return DASH;
        if (last === 0x9c || last === 0x9d) return QUOTE;
        apostrophe = last === 0x98 || last === 0x99;
        after = i + 3;
      }
    }
    if (!apostrophe) return classOf(byte);
    return isLetter(i - 1) && isLetter(after) ? APOSTROPHE : QUOTE;
  };

  const characters = cells.map((cell, i): Character | undefined => {
    const left = symbolAt(i);
    if (left === undefined) return undefined;
    const code = codeOf(byteOf(cell));
    return { left, right: left > LETTERS ? FIRST_CLASS + left - LETTERS : code < 0 ? FIRST_CLASS : code + 1 };
  });

  const rightContext = (place: number) => {
    const after = characters.slice(place + 1).filter((character) => character !== undefined);
    // The end of the text is like that of a sentence, behind which there is no next word.
    const all = [...after, { left: STOP, right: FIRST_CLASS + STOP - LETTERS }];
    const sentence = all.slice(0, all.findIndex(({ left }) => left === STOP) + 1);
    const isWord = ({ left }: Character): boolean => left <= APOSTROPHE;
    const wordEnd = sentence.findIndex((character) => !isWord(character));
    const gap = sentence.slice(wordEnd).findIndex(isWord);
    const nextWord: Character[] = [];
    if (gap >= 0 && gap <= LONGEST_GAP && wordEnd <= LONGEST_REST) {
      for (const character of sentence.slice(wordEnd + gap)) {
        if (!isWord(character)) break;
        nextWord.push(character);
      }
    }
    const codes = (list: readonly Character[]): number[] => list.map(({ right }) => right);
    return { following: codes(sentence), rest: codes(sentence.slice(0, wordEnd)), next: codes(nextWord) };
  };

  const start = [SPACE, STOP]; // the nearest first, as all lists of what is before
  let past = start;
  let word: number[] = [];
  let previous: number[] = [];
  const push = (symbol: number): void => {
    past = [symbol, ...past];
    if (symbol <= APOSTROPHE) word = [symbol, ...word];
    else {
      if (word.length > 0) previous = word;
      word = [];
    }
    // A sentence begins: what was before it does not count.
    if (past[0] === SPACE && past[1] === STOP) {
      past = start;
      previous = [];
    }
  };

  /** Where the weights of each feature begin. */
  const placesOf = (place: number, group: number): number[] => {
    const { following, rest, next } = rightContext(place);
    const keys = N_GRAMS.map(([before, after]) => {
      const key = packed(past.slice(0, before), 6n) + (packed(following.slice(0, after), 5n) << 30n);
      return wrap((key + (BigInt(group) << 50n)) * KEY_FACTOR);
    });
    const beginning = wrap(packed(word, 6n)) * WORD_FACTOR + BigInt(group) * WORD_GROUP_FACTOR;
    const words = beginning + wrap(packed(rest, 5n)) * REST_FACTOR;
    for (const sum of [
      words + ALONE,
      words + wrap(packed(previous, 6n)) * PREVIOUS_FACTOR + WITH_PREVIOUS,
      words + wrap(packed(next, 5n)) * NEXT_FACTOR + WITH_NEXT,
      beginning + packed(following.slice(0, 2), 5n) * KEY_FACTOR + BEGINNING,
    ]) {
      const hash = wrap(sum);
      keys.push(wrap((hash ^ (hash >> 32n)) * KEY_FACTOR));
    }
    const size = 2 ** tableBits;
    return keys.map((key) =>
      stride === 1
        ? Number(key >> BigInt(64 - tableBits))
        : Number(((key >> 32n) * BigInt(Math.floor(size / stride))) >> 32n) * stride,
    );
  };

  const bytes = new Uint8Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    bytes[i] = byteOf(cells[i]);
    let symbol = characters[i]?.left;
    if (isShared(cells[i])) {
      const group = cells[i] - FIRST_CODE;
      const places = placesOf(i, group);
      const sumOf = (rank: number): number => places.reduce((sum, at) => sum + weights[at + rank], 0);
      const scores = stride === 1 ? [0, sumOf(0)] : Array.from(groups[group], (_, rank) => sumOf(rank));
      const resolution = { place: i, scores };
      yield resolution;
      bytes[i] = truth(resolution);
      symbol = classOf(bytes[i]);
    }
    if (symbol !== undefined) push(symbol);
  }
  return bytes;
}
