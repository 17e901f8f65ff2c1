import { PithError } from "@pith/core";

/** Characters of the file that an error shows. */
const SHOWN = 40;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * Reads the little of JSON that a safetensors header needs, straight from its bytes: so every error knows its offset,
 * names that come twice are seen, and nesting costs no stack. What it is asked for is what must come.
 */
export class JsonScanner {
  readonly #bytes: Uint8Array;
  readonly #base: number;
  #position = 0;

  /** @param base where the bytes lie in their file, for the offsets of errors */
  constructor(bytes: Uint8Array, base: number) {
    this.#bytes = bytes;
    this.#base = base;
  }

  /** Of the next character that is no space, in the file. */
  get offset(): number {
    this.#skipSpace();
    return this.#base + this.#position;
  }

  /** Takes a character if it comes next. */
  accept(character: string): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#position] !== character.charCodeAt(0)) return false;
    this.#position++;
    return true;
  }

  /** @throws PithError `invalid-field` unless this character comes next */
  expect(character: string): void {
    if (!this.accept(character)) throw this.error(`\`${character}\``);
  }

  /**
   * Members of an object: calls `read` with each name, its value being next.
   *
   * @throws PithError `invalid-field` for a name that comes twice
   */
  object(what: string, read: (name: string, nameOffset: number) => void): void {
    if (!this.accept("{")) throw this.error(what);
    if (this.accept("}")) return;
    const names = new Set<string>();
    do {
      const { offset } = this;
      const name = this.string("a name in quotes");
      if (names.has(name)) {
        throw new PithError("invalid-field", "a name comes twice", { offset, expected: "each once", got: shown(name) });
      }
      names.add(name);
      this.expect(":");
      read(name, offset);
    } while (this.accept(","));
    this.expect("}");
  }

  /** Elements of an array: calls `read` for each, which is next. */
  array(what: string, read: () => void): void {
    if (!this.accept("[")) throw this.error(what);
    if (this.accept("]")) return;
    do read();
    while (this.accept(","));
    this.expect("]");
  }

  /** A string, unescaped. */
  string(what: string): string {
    const { offset } = this;
    if (this.#bytes[this.#position] !== QUOTE) throw this.error(what);
    const start = this.#position;
    let end = start + 1;
    while (end < this.#bytes.length && this.#bytes[end] !== QUOTE) end += this.#bytes[end] === BACKSLASH ? 2 : 1;
    if (end >= this.#bytes.length) {
      throw new PithError("invalid-field", "a string has no end", {
        offset,
        expected: "a quote before the header ends",
      });
    }
    this.#position = end + 1;
    const text = decodeUtf8(this.#bytes.subarray(start, end + 1), offset);
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      // Named below.
    }
    if (typeof value !== "string" || /\p{Surrogate}/u.test(value)) {
      throw new PithError("invalid-field", "bad string", { offset, expected: "one of JSON", got: shown(text) });
    }
    return value;
  }

  /** A whole number from 0 to 2^53 − 1, written without fraction, exponent or leading zero. */
  integer(what: string): number {
    const { offset } = this;
    const start = this.#position;
    let end = start;
    let value = 0;
    while (this.#bytes[end] >= ZERO && this.#bytes[end] <= NINE && value <= Number.MAX_SAFE_INTEGER) {
      value = 10 * value + (this.#bytes[end++] - ZERO);
    }
    const padded = end > start + 1 && this.#bytes[start] === ZERO;
    if (end === start || padded || !Number.isSafeInteger(value)) {
      throw new PithError("invalid-field", "bad number", {
        offset,
        expected: `${what}, 0 to 2^53 − 1`,
        got: this.#rest(),
      });
    }
    this.#position = end;
    return value;
  }

  /** @throws PithError `invalid-field` unless only spaces follow */
  end(): void {
    const { offset } = this;
    if (offset < this.#base + this.#bytes.length) throw this.error("the end of the header");
  }

  /** Says that something else should come next. */
  error(expected: string): PithError {
    const { offset } = this;
    return new PithError("invalid-field", "bad header", { offset, expected, got: this.#rest() });
  }

  #skipSpace(): void {
    for (;;) {
      const byte = this.#bytes[this.#position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#position++;
    }
  }

  #rest(): string {
    if (this.#position >= this.#bytes.length) return "the end";
    return shown(new TextDecoder().decode(this.#bytes.subarray(this.#position, this.#position + SHOWN)));
  }
}

/** Text of the file in quotes, of a length and of characters that a message can bear. */
export function shown(text: string): string {
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return JSON.stringify(cut.replace(/[\p{Cc}\p{Surrogate}]/gu, "\ufffd"));
}

/** @throws PithError that names the first byte that is not UTF-8 */
function decodeUtf8(bytes: Uint8Array, offset: number): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // The longest beginning that is well-formed ends before the fault.
    let good = 0;
    let bad = bytes.length;
    while (bad - good > 1) {
      const middle = (good + bad) >>> 1;
      if (isWellFormedStart(bytes.subarray(0, middle))) good = middle;
      else bad = middle;
    }
    throw new PithError("invalid-field", "the header is not UTF-8", {
      offset: offset + good,
      expected: "UTF-8",
      got: `0x${bytes[good].toString(16).padStart(2, "0")}`,
    });
  }
}

function isWellFormedStart(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
