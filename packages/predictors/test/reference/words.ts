/** Words: the current one and those before it; their ends, beginnings and lengths; the word that came last time. */
import { hash } from "./hash.ts";
import { imul } from "./numbers.ts";

const ESCAPE = 0x0c;

/** What the escape of the word dictionary makes of the next bytes. */
type Literal = "none" | "next" | "run of high bytes";

export class Words {
  readonly #dictionary: boolean;
  readonly #followers1 = new Map<number, number>();
  readonly #followers2 = new Map<number, number>();
  /** Hashes of the current word, 0 between words, and of those before; of the first of the sentence and of the line. */
  word0 = 0;
  word1 = 0;
  word2 = 0;
  word3 = 0;
  lineWord = 0;
  /** Bytes of the current word and of the one before. */
  wordLength = 0;
  /** Last letters of the current word, 5 bits each (6 for codes); its first byte. */
  suffix = 0;
  first = 0;
  /** Last letters over word boundaries; the last four characters that are neither letter nor space. */
  letters = 0;
  punctuation = 0;
  /** Words that followed the last word, and the last two, the time before. */
  follower1 = 0;
  follower2 = 0;
  /** First bytes of the last three words or of their codes. */
  class1 = 0;
  class2 = 0;
  class3 = 0;
  /** Whether the last byte belongs to a word; the byte in lower case. */
  inWord = false;
  folded = 0;

  #codeLeft = 0;
  #literal: Literal = "none";

  /** `dictionary`: whether bytes ≥ 128 are codes of words, of one to three bytes. */
  constructor(dictionary: boolean) {
    this.#dictionary = dictionary;
  }

  update(c: number): void {
    this.folded = c >= 65 && c <= 90 ? c + 32 : c;
    this.inWord = (this.folded >= 97 && this.folded <= 122) || c >= 128;
    const code = this.#dictionary ? this.#code(c) : { starts: false, ends: false };
    if (this.word0 !== 0 && (!this.inWord || code.starts)) this.#endWord();
    if (this.inWord) this.#addLetter();
    if (code.ends) this.#endWord();
    if (!this.inWord && c !== 32) this.punctuation = (this.punctuation << 8) | c;
    if (c === 46 || c === 10) this.lineWord = 0;
    else if (this.word0 === 0 && this.lineWord === 0) this.lineWord = this.word1;
  }

  /** Whether a code of the dictionary starts or ends with this byte. */
  #code(c: number): { starts: boolean; ends: boolean } {
    const neither = { starts: false, ends: false };
    if (this.#literal === "next" && c < 128) {
      this.#literal = "none";
      this.inWord = false;
      return neither;
    }
    if (this.#literal !== "none" && c >= 128) {
      this.#literal = "run of high bytes";
      return neither;
    }
    this.#literal = c === ESCAPE ? "next" : "none";
    if (this.#codeLeft > 0) {
      this.#codeLeft--;
      return { starts: false, ends: this.#codeLeft === 0 };
    }
    if (c < 128) return neither;
    if (c >= 0xf0) this.#codeLeft = 2;
    else this.#codeLeft = c >= 0xc0 ? 1 : 0;
    return { starts: true, ends: this.#codeLeft === 0 };
  }

  #addLetter(): void {
    this.word0 = (imul(this.word0 + this.folded, 0x2f0b4c47) + 0x3d) | 0;
    if (this.wordLength === 0) this.first = this.folded;
    const width = this.#dictionary && this.folded >= 128 ? 6 : 5;
    const letter = this.folded & ((1 << width) - 1);
    this.suffix = (this.suffix << width) | letter;
    this.letters = (this.letters << width) | letter;
    this.wordLength++;
  }

  #endWord(): void {
    this.#followers1.set(this.#key1, this.word0);
    this.#followers2.set(this.#key2, this.word0);
    [this.word3, this.word2, this.word1, this.word0] = [this.word2, this.word1, this.word0, 0];
    [this.class3, this.class2, this.class1] = [this.class2, this.class1, this.first];
    this.wordLength = 0;
    this.suffix = 0;
    this.follower1 = this.#followers1.get(this.#key1) ?? 0;
    this.follower2 = this.#followers2.get(this.#key2) ?? 0;
  }

  get #key1(): number {
    return this.word1 & 0xffff;
  }

  get #key2(): number {
    return hash(this.word1, this.word2) & 0xffff;
  }
}
