/** Where words begin with a capital, as docs/letter-pairs.md says it: a plain version of kernel/text/capitals.ts. */

const CLASSES: readonly [string, string][] = [
  [" ", " \t"],
  ["n", "\n"],
  [".", "."],
  ["!", "!?"],
  [")", "\"'`)]}>_*\u0098\u0099\u009a\u009b\u009c\u009d\u009e\u009f"],
  ["(", "([{<"],
  [",", ",;:-/=&|~\u0093\u0094"],
];
const INVISIBLE = "\r\u00e2\u0080";

function classOf(byte: number): string {
  const character = String.fromCharCode(byte);
  if (INVISIBLE.includes(character)) return "";
  return CLASSES.find(([, members]) => members.includes(character))?.[0] ?? "x";
}

/** Whether English has a capital behind three characters of these classes. */
function beginsSentence(place: string): boolean {
  if (/^(?:nn[^,x]|.nn)$/u.test(place)) return true;
  let state: "inside" | "stop" | "mark" | "between" = "inside";
  for (const [i, kind] of Array.from(place).entries()) {
    if (kind === ".") state = place[i - 1] === "." ? "inside" : "stop";
    else if (kind === "!") state = "mark";
    else if (kind === " " || kind === "n") state = state === "inside" ? "inside" : "between";
    else if (kind === ")") state = state === "mark" ? "inside" : state;
    else if (kind === "(") state = state === "between" ? "between" : "inside";
    else state = "inside";
  }
  return state === "between";
}

/** Follows a text and says where a capital is expected. */
export class Capitals {
  place = "nnn";
  readonly #counters = new Map<string, number>();

  /** Whether a word is expected to begin with a capital at a place. */
  expects(place: string, alone: boolean): boolean {
    return this.#counter(place, alone) >= 0;
  }

  learn(alone: boolean, capital: boolean): void {
    const count = this.#counter(this.place, alone);
    this.#counters.set(`${this.place}${alone ? "I" : ""}`, capital ? Math.min(7, count + 1) : Math.max(-8, count - 1));
  }

  /** The place behind some bytes that are no letters. */
  after(place: string, bytes: Iterable<number>): string {
    for (const byte of bytes) place = (place + classOf(byte)).slice(-3);
    return place;
  }

  passLetter(): void {
    this.place = "xxx";
  }

  pass(byte: number): void {
    this.place = this.after(this.place, [byte]);
  }

  #counter(place: string, alone: boolean): number {
    return this.#counters.get(`${place}${alone ? "I" : ""}`) ?? (alone || beginsSentence(place) ? 3 : -4);
  }
}
