/** Layout of text: classes of characters, lines and columns, open brackets and quotes, folded characters. */
import type { Stream } from "./stream.ts";

const BRACKET_REACH = 300;
const NEWLINE = 10;
const SPACE = 32;
const CLASSES = { lower: 0, upper: 1, space: 2, other: 3, newline: 4, digit: 5, stop: 6, comma: 7 };

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function classOf(c: number, folded: number): number {
  if (folded >= 97 && folded <= 122) return c === folded ? CLASSES.lower : CLASSES.upper;
  if (isDigit(c)) return CLASSES.digit;
  switch (c) {
    case SPACE:
      return CLASSES.space;
    case NEWLINE:
      return CLASSES.newline;
    case 46:
      return CLASSES.stop;
    case 44:
      return CLASSES.comma;
    default:
      return CLASSES.other;
  }
}

export class Layout {
  readonly #stream: Stream;
  /** Classes of the last characters, 3 bits each; the same, where a run of lower-case letters counts once. */
  classes = 0;
  classRuns = 0;
  /** Bytes since the line began, its first byte, and the byte above the next one. */
  column = 0;
  lineFirst = 0;
  above = 0;
  /** The bracket or quote that is open, 0 if none, and bytes since it opened or another closed. */
  openBracket = 0;
  bracketDistance = 0;
  /** The last eight characters, folded, four a word. */
  folded4 = 0;
  folded8 = 0;

  #lastClass = 0;
  #line = 0;
  #lineBefore = 0;
  #outer: [number, number] = [0, 0];

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** `folded`: the byte in lower case; `letter`: whether it belongs to a word. */
  update(c: number, folded: number, letter: boolean): void {
    const kind = classOf(c, folded);
    this.classes = (this.classes << 3) | kind;
    if (kind !== CLASSES.lower || this.#lastClass !== CLASSES.lower) {
      this.classRuns = ((this.classRuns << 3) | kind) & 0xfffffff;
    }
    this.#lastClass = kind;
    this.#place(c);
    this.#bracket(c);
    this.#fold(letter ? folded : shapeOf(c));
  }

  #place(c: number): void {
    const { position } = this.#stream;
    if (c === NEWLINE) {
      this.#lineBefore = this.#line;
      this.#line = position;
      this.column = 0;
      this.lineFirst = 0;
    } else {
      if (this.column === 0) this.lineFirst = c;
      this.column++;
    }
    const up = this.#lineBefore + this.column;
    this.above = this.#stream.byteAt(up < this.#line ? up : position - 1);
  }

  #bracket(c: number): void {
    const character = String.fromCharCode(c);
    const closesQuote = character === '"' && this.openBracket === c;
    if ('([{<"'.includes(character) && !closesQuote) {
      this.#outer = [this.openBracket, this.#outer[0]];
      this.openBracket = c;
      this.bracketDistance = 0;
    } else if (')]}>"'.includes(character)) {
      this.openBracket = this.#outer[0];
      this.#outer = [this.#outer[1], 0];
      this.bracketDistance = 0;
    } else {
      this.bracketDistance++;
      if (this.bracketDistance > BRACKET_REACH) this.openBracket = 0;
    }
  }

  #fold(shape: number): void {
    if (shape === SPACE && (this.folded4 & 255) === SPACE) return;
    this.folded8 = (this.folded8 << 8) | (this.folded4 >>> 24);
    this.folded4 = (this.folded4 << 8) | shape;
  }
}

/** A character that is no letter: digits as 0, ends of lines as spaces, ends of sentences and clauses as a full stop. */
function shapeOf(c: number): number {
  if (isDigit(c)) return 48;
  if (c === NEWLINE) return SPACE;
  return "!?;:".includes(String.fromCharCode(c)) ? 46 : c;
}
