/**
 * Packs a dictionary's words, and unpacks them.
 *
 * Words are spelt from their end, and a word first says how many letters it shares with the one before: endings are what
 * a list that is sorted by ending repeats. Words with codes of one and two bytes come in the order of their codes. Those
 * of three bytes come sorted by ending, all groups together; each then names its group, which its ending predicts well,
 * and the words of a group keep their order.
 */
import { BinaryDecoder, BinaryEncoder } from "@pith/entropy";
import { finish } from "@pith/core/steps";
import { LetterModel } from "./letter-model.ts";
import { FIRST_LONG_SLOT, GROUP_SLOTS, GROUPS, MAX_WORD, ONE_BYTE_SLOTS, SLOTS, TWO_BYTE_SLOTS } from "./slots.ts";

/** A dictionary's words: lower-case ASCII letters, those of slot s from starts[s] to starts[s + 1]. */
export interface WordList {
  readonly letters: Uint8Array;
  readonly starts: Uint32Array;
}

/** Words between two steps of unpacking: about a millisecond. */
const STEP = 512;

/** Letters are 1 … 26, this ends a word. */
const END = 0;
/** Bits of a letter, of a count of shared letters, of a group, of a count of words. */
const LETTER_BITS = 5;
const SHARED_BITS = 5;
const GROUP_BITS = 4;
const COUNT_BITS = 16;
/** Keep the contexts of the kinds of decision apart. */
const SHARED = 1 << 24;
const GROUP = 2 << 24;
const DIVERGING = 4 << 24;

/** Codes the fields of a word list one way: `field` takes the value and gives it back, or ignores it and gives what it read. */
type FieldCoder = (bits: number, value: number) => number;

/** @param words by slot; an empty string is an empty slot; those of the three-byte groups sorted by {@link byEnding} */
export function packWords(words: readonly string[]): Uint8Array {
  const encoder = new BinaryEncoder();
  const model = new LetterModel();
  const speller = new Speller(model, (bits, value) => {
    let node = 1;
    for (let i = bits - 1; i >= 0; i--) {
      const bit = (value >> i) & 1;
      encoder.encode(bit, model.predict(node));
      model.update(node, bit);
      node = (node << 1) | bit;
    }
    return value;
  });
  const put = (list: readonly { word: string; group?: number }[]): void => {
    speller.count(list.length);
    for (const { word, group } of list) {
      speller.word(Uint8Array.from(word, (letter) => letter.charCodeAt(0) - 96).reverse());
      if (group !== undefined) speller.group(group);
    }
  };
  const filled = (from: number, to: number) => words.slice(from, to).filter((word) => word !== "");
  put(filled(0, ONE_BYTE_SLOTS).map((word) => ({ word })));
  put(filled(ONE_BYTE_SLOTS, FIRST_LONG_SLOT).map((word) => ({ word })));
  const long = Array.from({ length: GROUPS }, (_, group) => {
    const first = FIRST_LONG_SLOT + group * GROUP_SLOTS;
    return filled(first, first + GROUP_SLOTS).map((word) => ({ word, group }));
  }).flat();
  put(long.sort((a, b) => byEnding(a.word, b.word)));
  return encoder.finish();
}

/** @throws PithError if the bytes end too soon or too late; RangeError if they hold no dictionary */
export function unpackWords(packed: Uint8Array): WordList {
  return finish(unpackingWords(packed));
}

/** As {@link unpackWords}, in steps of a few milliseconds. @yields words so far */
export function* unpackingWords(packed: Uint8Array): Generator<number, WordList> {
  const decoder = new BinaryDecoder(packed);
  const model = new LetterModel();
  const speller = new Speller(model, (bits) => {
    let node = 1;
    for (let i = 0; i < bits; i++) {
      const bit = decoder.decode(model.predict(node));
      model.update(node, bit);
      node = (node << 1) | bit;
    }
    return node - (1 << bits);
  });
  // Words in the order in which they come; then they go to their slots.
  const spelt = new Uint8Array(SLOTS * MAX_WORD);
  const lengths = new Uint8Array(SLOTS);
  const slots = new Int32Array(SLOTS).fill(-1);
  const next = Int32Array.from({ length: GROUPS }, (_, group) => FIRST_LONG_SLOT + group * GROUP_SLOTS);
  let total = 0;
  let words = 0;
  const take = function* (most: number, slotOf: (i: number) => number): Generator<number, void> {
    const count = speller.count(0);
    if (count > most) throw new RangeError(`dictionary: expected at most ${most} words, got ${count}`);
    for (let i = 0; i < count; i++) {
      const length = speller.word(undefined);
      for (let k = 0; k < length; k++) spelt[words * MAX_WORD + k] = speller.letters[length - 1 - k] + 96;
      const slot = slotOf(i);
      if (length < (slot < ONE_BYTE_SLOTS ? 1 : 2))
        throw new RangeError("dictionary: a word is no longer than its code allows");
      slots[slot] = words;
      lengths[words++] = length;
      total += length;
      if (words % STEP === 0) yield words;
    }
  };
  yield* take(ONE_BYTE_SLOTS, (i) => i);
  yield* take(TWO_BYTE_SLOTS, (i) => ONE_BYTE_SLOTS + i);
  yield* take(GROUPS * GROUP_SLOTS, () => {
    const group = speller.group(0);
    const slot = next[group]++;
    if (slot >= FIRST_LONG_SLOT + (group + 1) * GROUP_SLOTS) {
      throw new RangeError(`dictionary: expected at most ${GROUP_SLOTS} words in group ${group}, got more`);
    }
    return slot;
  });
  decoder.checkEnd();

  const letters = new Uint8Array(total);
  const starts = new Uint32Array(SLOTS + 1);
  let at = 0;
  for (let slot = 0; slot < SLOTS; slot++) {
    starts[slot] = at;
    const word = slots[slot];
    if (word < 0) continue;
    const from = word * MAX_WORD;
    letters.set(spelt.subarray(from, from + lengths[word]), at);
    at += lengths[word];
  }
  starts[SLOTS] = at;
  return { letters, starts };
}

/** Order of words by their last letter, then the one before it, and so on. */
export function byEnding(a: string, b: string): number {
  for (let i = 1; i <= a.length && i <= b.length; i++) {
    const difference = a.charCodeAt(a.length - i) - b.charCodeAt(b.length - i);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** What packing and unpacking have in common: which fields a word has and in which context each is coded. */
class Speller {
  /** Letters of the last word, from its end: 1 … 26. */
  readonly letters = new Uint8Array(MAX_WORD + 1);
  #length = 0;
  readonly #model: LetterModel;
  readonly #field: FieldCoder;

  constructor(model: LetterModel, field: FieldCoder) {
    this.#model = model;
    this.#field = field;
  }

  count(value: number): number {
    // Coded as four small fields: a context has room for 31 decisions.
    let count = 0;
    for (let shift = COUNT_BITS - 4; shift >= 0; shift -= 4) {
      this.#model.context(shift, shift);
      count |= this.#field(4, (value >> shift) & 15) << shift;
    }
    return count;
  }

  /** @param word its letters from its end when packing; they are read when unpacking. @returns its length */
  word(word: Uint8Array | undefined): number {
    const { letters } = this;
    let shared = 0;
    if (word !== undefined) {
      while (shared < word.length && shared < this.#length && word[shared] === letters[shared]) shared++;
    }
    const before = (letters[0] << 5) | letters[1];
    this.#model.context(SHARED + this.#length, SHARED + (this.#length << 10) + before);
    shared = this.#field(SHARED_BITS, shared);
    if (shared > this.#length)
      throw new RangeError(`dictionary: expected at most ${this.#length} shared letters, got ${shared}`);
    // The letter in which it differs follows that of the word before, in a sorted list.
    const differs = DIVERGING + ((shared < this.#length ? letters[shared] : END) << 19);
    for (let at = shared; ; at++) {
      const last = at > 0 ? letters[at - 1] : 0;
      const last2 = at > 1 ? letters[at - 2] : 0;
      const last3 = at > 2 ? letters[at - 3] : 0;
      const place = at === shared ? differs : 0;
      const last12 = (last2 << 5) | last;
      this.#model.context(place + last12, place + 1024 + ((last3 << 10) | last12));
      const letter = this.#field(LETTER_BITS, word?.[at] ?? END);
      if (letter === END) return (this.#length = at);
      if (at === MAX_WORD) throw new RangeError(`dictionary: expected at most ${MAX_WORD} letters, got more`);
      letters[at] = letter;
    }
  }

  /** Group of the last word. */
  group(value: number): number {
    const [a, b, c] = this.letters;
    const two = (a << 5) | b;
    this.#model.context(GROUP + two, GROUP + 1024 + ((two << 5) | c));
    return this.#field(GROUP_BITS, value);
  }
}
