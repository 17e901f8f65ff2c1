/** Text to units and back, as docs/letter-pairs.md says it: a plain version of kernel/text/write.ts and read.ts. */
import { Capitals } from "./capitals.ts";

/** What the codes of a text are made with. */
export interface Coding {
  readonly bits: 3 | 4;
  readonly groups: readonly string[];
  /** As in src/coding/escapes.ts. */
  readonly escapes: readonly string[];
}

/** A text in codes. */
export interface Written {
  readonly units: number[];
  readonly cells: number[];
}

const NUMBER_ENDS: readonly [string, number][] = [
  [", ", 12],
  [" ", 11],
];
const MARKS = ".,:";
const FIRST_MARK = 13;
const END_OF_NUMBER = 10;

interface Entry {
  readonly number: number;
  readonly bytes: string;
  readonly follower: string;
}

/** Writes a text; `surprises` are the places of letters that a resolver gets wrong. */
export function writeText(
  bytes: Uint8Array,
  { bits, groups, escapes }: Coding,
  surprises = new Set<number>(),
): Written {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  const escape = 2 ** bits - 1;
  const capitals = new Capitals();
  const units: number[] = [];
  const cells: number[] = [];
  const codeOf = (character: string): number => groups.findIndex((group) => group.includes(character.toLowerCase()));
  const isLetter = (at: number): boolean => at < text.length && /[a-z]/iu.test(text[at]) && codeOf(text[at]) >= 0;
  const isCapital = (at: number): boolean => isLetter(at) && /[A-Z]/u.test(text[at]);
  const isPlain = (at: number): boolean => isLetter(at) && !isCapital(at) && !surprises.has(at);
  const isAlone = (at: number): boolean => codeOf(text[at]) === codeOf("i") && !isPlain(at + 1);
  const entries: Entry[] = escapes.flatMap((name, number) => {
    const follower = /\{(?:case|capitals)\}$/u.exec(name)?.[0] ?? "";
    const string = name.slice(0, name.length - follower.length);
    if (string === "" || /^\{[a-z]+\}$/u.test(string)) return [];
    return [{ number, bytes: latin(string), follower }];
  });
  const putEscape = (number: number): void => {
    units.push(escape);
    for (; number >= escape; number -= escape) units.push(escape);
    units.push(number);
  };
  const put = (name: string): void => putEscape(escapes.indexOf(name));
  const passBytes = (from: number, to: number): void => {
    for (let at = from; at < to; at++) {
      cells.push(bytes[at]);
      capitals.pass(bytes[at]);
    }
  };
  const isShouted = (at: number): boolean => {
    let end = at;
    while (isCapital(end)) end++;
    return end - at > 1 && !isLetter(end);
  };
  const fits = ({ bytes: string, follower }: Entry, at: number): boolean => {
    if (!text.startsWith(string, at)) return false;
    if (follower === "") return true;
    const end = at + string.length;
    if (!isLetter(end)) return false;
    if (isShouted(end)) return follower === "{capitals}";
    const expected = capitals.expects(capitals.after(capitals.place, bytes.subarray(at, end)), isAlone(end));
    return follower === "{case}" && isCapital(end) !== expected;
  };
  const covered = ({ bytes: string, follower }: Entry): number => string.length + (follower === "" ? 0 : 1);
  const find = (at: number): Entry | undefined =>
    entries.filter((entry) => fits(entry, at)).sort((a, b) => covered(b) - covered(a) || a.number - b.number)[0];
  const putLetter = (at: number): void => {
    const small = text[at].toLowerCase();
    const code = codeOf(small);
    const group = groups[code];
    const surprise = surprises.has(at);
    if (surprise) put("{surprise}");
    units.push(code);
    const ranked = surprise && group.length !== 2;
    if (ranked) units.push(group.indexOf(small));
    cells.push(ranked || group.length === 1 ? small.charCodeAt(0) : 256 + code);
  };
  const putWord = (at: number, announced: string): number => {
    let shouted = announced === "{capitals}";
    if (announced === "" && isShouted(at)) {
      put("{capitals}");
      shouted = true;
    }
    for (let first = true; isLetter(at); at++, first = false) {
      if (!shouted) {
        const expected = first && capitals.expects(capitals.place, isAlone(at));
        if (isCapital(at) !== expected && !(first && announced !== "")) put("{case}");
        if (first) capitals.learn(isAlone(at), isCapital(at));
      }
      putLetter(at);
    }
    capitals.passLetter();
    return at;
  };
  const putValue = (value: number): void => {
    if (bits === 3 && value >= escape) units.push(escape, value - escape);
    else units.push(value);
  };
  const putNumber = (at: number): number => {
    put("{number}");
    for (; ; at++) {
      const mark = MARKS.slice(0, bits === 4 ? 3 : 2).indexOf(text.charAt(at) || "?");
      const next = text.charAt(at + 1);
      if (isDigit(text[at])) putValue(Number(text[at]));
      else if (mark >= 0 && (isDigit(next) || (mark === 0 && next === " "))) putValue(FIRST_MARK + mark);
      else break;
      passBytes(at, at + 1);
    }
    const [string, value] = NUMBER_ENDS.find(([end]) => text.startsWith(end, at)) ?? ["", END_OF_NUMBER];
    putValue(value);
    passBytes(at, at + string.length);
    return at + string.length;
  };
  const putRaw = (at: number): number => {
    let end = at + 1;
    const isRaw = (i: number): boolean =>
      i < bytes.length && codeOf(text[i]) < 0 && !isDigit(text[i]) && find(i) === undefined;
    while (end - at <= escape && isRaw(end)) end++;
    put("{raw}");
    units.push(end - at - 1);
    for (const byte of bytes.subarray(at, end)) {
      if (bits === 3) units.push(byte >> 6, (byte >> 3) & 7, byte & 7);
      else units.push(byte >> 4, byte & 15);
    }
    passBytes(at, end);
    return end;
  };

  for (let at = 0; at < bytes.length;) {
    if (isLetter(at)) at = putWord(at, "");
    else if (isDigit(text[at]) && codeOf(text[at]) < 0) at = putNumber(at);
    else {
      const entry = find(at);
      const code = codeOf(text[at]);
      if (entry !== undefined) {
        const end = at + entry.bytes.length;
        putEscape(entry.number);
        passBytes(at, end);
        at = entry.follower === "" ? end : putWord(end, entry.follower);
      } else if (code >= 0) {
        units.push(code);
        cells.push(groups[code].length === 1 ? bytes[at] : 256 + code);
        capitals.pass(bytes[at++]);
      } else at = putRaw(at);
    }
  }
  return { units, cells };
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && /^[0-9]$/u.test(character);
}

/** UTF-8, a character a byte. */
function latin(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}
