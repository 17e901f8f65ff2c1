/** Lines: tokens and fields; what stands at the same place of the line before, and behind the same template. */
import { hash } from "./hash.ts";
import { min } from "./numbers.ts";
import type { Stream } from "./stream.ts";

const MOST = 255;
const NEWLINE = 10;
const STATES = { none: 0, same: 1, greater: 2, less: 3 };

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function isOfToken(c: number): boolean {
  return c >= 128 || c === 95 || isDigit(c) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
}

/** An earlier token that is compared with the one that comes, byte by byte. */
class Followed {
  readonly #stream: Stream;
  #at: number | undefined;
  state = STATES.none;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** From a place on; undefined where there is nothing, and the block's first byte counts for nothing. */
  start(at: number | undefined): void {
    this.#at = at === 0 ? undefined : at;
    this.state = this.#at === undefined ? STATES.none : STATES.same;
  }

  push(c: number): void {
    if (this.#at === undefined) return;
    const other = this.#stream.byteAt(this.#at);
    if (this.state === STATES.same && c !== other) this.state = c > other ? STATES.greater : STATES.less;
    if (isOfToken(other)) this.#at++;
  }

  /** Its next byte and, in the upper eight bits, the one behind it, if it is known. */
  get bytes(): number {
    if (this.#at === undefined) return 0;
    const next = this.#at + 1 < this.#stream.position ? this.#stream.byteAt(this.#at + 1) : 0;
    return this.#stream.byteAt(this.#at) | (next << 8);
  }
}

/** Where the tokens of a line start, and which token each field starts with. */
interface Places {
  readonly starts: number[];
  readonly firsts: number[];
}

export class Lines {
  readonly #stream: Stream;
  readonly #templates = new Map<number, number>();
  readonly above: Followed;
  readonly like: Followed;
  #before: Places = { starts: [], firsts: [] };
  #here: Places = { starts: [], firsts: [0] };
  #aboveToken = 0;
  #hasDigit = false;
  #quoted = false;
  #indenting = true;
  #lastByte = 0;
  token = 0;
  lastToken = 0;
  template = 0;
  lineSoFar = 0;
  field = 0;
  tokenCount = 0;
  indent = 0;
  agreed = 0;
  gap = 0;

  constructor(stream: Stream) {
    this.#stream = stream;
    this.above = new Followed(stream);
    this.like = new Followed(stream);
  }

  update(c: number): void {
    if (c !== NEWLINE) this.lineSoFar = hash(this.lineSoFar, c + 1);
    if (isOfToken(c)) this.#extendToken(c);
    else if (c === NEWLINE) this.#endLine();
    else this.#extendGap(c);
    this.#lastByte = c;
  }

  #extendToken(c: number): void {
    this.#indenting = false;
    this.token = hash(this.token, c + 1);
    this.#hasDigit ||= isDigit(c);
    this.above.push(c);
    this.like.push(c);
  }

  #extendGap(c: number): void {
    const character = String.fromCharCode(c);
    if (character === '"') this.#quoted = !this.#quoted;
    if (!" \t".includes(character)) this.#indenting = false;
    if (this.#indenting) this.indent++;
    const again = this.token === 0 && c === this.#lastByte;
    this.#endToken(c);
    if (again && !this.#indenting) return;
    this.tokenCount = min(MOST, this.tokenCount + 1);
    const { starts, firsts } = this.#before;
    if (",;\t|".includes(character) && !this.#quoted) {
      this.field = min(MOST, this.field + 1);
      this.#here.firsts[this.field] = this.tokenCount;
      this.#aboveToken = firsts.at(this.field) ?? starts.length;
    } else {
      const end = firsts.at(this.field + 1) ?? starts.length;
      this.#aboveToken = this.#aboveToken + 1 < end ? this.#aboveToken + 1 : starts.length;
    }
    this.#follow();
  }

  #endToken(c: number): void {
    if (this.token !== 0) {
      this.template = hash(this.template, this.#hasDigit ? 1 : this.token);
      if (this.above.state === STATES.same) this.agreed = min(255, this.agreed + 1);
      this.lastToken = this.token;
      this.gap = 0;
    }
    if (this.token !== 0 || c !== this.#lastByte || this.#indenting) this.template = hash(this.template, c + 2);
    this.gap = (this.gap << 8) | c;
    this.token = 0;
    this.#hasDigit = false;
  }

  #follow(): void {
    const { position } = this.#stream;
    this.#here.starts[this.tokenCount] = position;
    this.above.start(this.#before.starts.at(this.#aboveToken));
    const key = this.template >>> 16;
    this.like.start(this.#templates.get(key));
    this.#templates.set(key, position);
  }

  #endLine(): void {
    this.#endToken(NEWLINE);
    this.#before = this.#here;
    this.#here = { starts: [], firsts: [0] };
    // What no byte has started, the block's first token or those past the most, starts nowhere.
    for (let i = 0; i <= this.tokenCount; i++) this.#before.starts[i] ??= 0;
    this.template = this.lineSoFar = this.field = this.tokenCount = this.indent = this.agreed = this.#aboveToken = 0;
    this.#indenting = true;
    this.#quoted = false;
    this.#follow();
  }
}
