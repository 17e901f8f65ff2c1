/** Code tables: which characters share a code. */

/**
 * Characters that share codes of a fixed number of bits.
 *
 * `groups[c]` holds the characters, ASCII, each in one group alone, that code c stands for. Every code but the highest has a
 * group: 7 groups for 3 bits, 15 for 4. The highest code is the break (or escape): it stands for no character.
 */
export interface CodeTable {
  readonly bits: 3 | 4;
  readonly groups: readonly string[];
}

/** What {@link codesByByte} gives for a byte that has no code. */
export const UNCODED = 255;

/** The table of the thesis (section 4.3.2): found there by a search for the pairs that context tells apart best. */
export const THESIS_TABLE: CodeTable = {
  bits: 4,
  groups: ["fd", "pk", "cl", "go", "nw", "az", "hx", "mq", "is", "je", "yv", "bu", "tr", " ", "."],
};

/** The letters in the order of the alphabet, two by two: what the thesis starts from. */
export const ALPHABETICAL_TABLE: CodeTable = {
  bits: 4,
  groups: ["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op", "qr", "st", "uv", "wx", "yz", " ", "."],
};

/** The highest code, which stands for no character: 7 or 15. */
export function breakCode(table: CodeTable): number {
  return (1 << table.bits) - 1;
}

/**
 * The code of each byte.
 *
 * @returns 256 entries: a code, or {@link UNCODED}
 * @throws RangeError if the table is none
 */
export function codesByByte(table: CodeTable): Uint8Array<ArrayBuffer> {
  checkCodeTable(table);
  const codes = new Uint8Array(256).fill(UNCODED);
  for (const [code, group] of table.groups.entries()) {
    for (const character of group) codes[character.charCodeAt(0)] = code;
  }
  return codes;
}

/**
 * Checks that a table is one: a group for every code but the highest, none of them empty, every character ASCII and in
 * one group alone.
 *
 * @throws RangeError that says what is wrong
 */
export function checkCodeTable(table: CodeTable): void {
  const { bits, groups } = table;
  if ((bits as number) !== 3 && (bits as number) !== 4) throw new RangeError(`bits: expected 3 or 4, got ${bits}`);
  const expected = breakCode(table);
  if (groups.length !== expected) {
    throw new RangeError(`groups: expected ${expected} for codes of ${bits} bits, got ${groups.length}`);
  }
  const codeOf = new Map<string, number>();
  for (const [code, group] of groups.entries()) {
    if (group === "") throw new RangeError(`groups[${code}]: expected at least one character, got none`);
    for (const character of group) {
      if (character > "\x7f") throw new RangeError(`groups[${code}]: expected ASCII, got ${JSON.stringify(character)}`);
      const other = codeOf.get(character);
      if (other !== undefined) {
        throw new RangeError(
          `groups[${code}]: expected each character once, got ${JSON.stringify(character)} as in groups[${other}]`,
        );
      }
      codeOf.set(character, code);
    }
  }
}

/**
 * Reads a table written as its groups, in the order of their codes, with spaces between them. `_` stands for the space
 * character, `\xHH` for the character of that hexadecimal code. 7 groups make codes of 3 bits, 15 of 4.
 *
 * @throws RangeError if it is no table
 * @example
 * parseCodeTable("ab cd ef gh ij kl mn op qr st uv wx yz _ .").groups[13]; // " "
 */
export function parseCodeTable(text: string): CodeTable {
  const groups = text.split(/\s+/u).filter((group) => group !== "");
  if (groups.length !== 7 && groups.length !== 15) {
    throw new RangeError(`code table: expected 7 or 15 groups with spaces between them, got ${groups.length}`);
  }
  const table: CodeTable = { bits: groups.length === 7 ? 3 : 4, groups: groups.map(parseGroup) };
  checkCodeTable(table);
  return table;
}

/** Writes a table as {@link parseCodeTable} reads it. */
export function formatCodeTable(table: CodeTable): string {
  checkCodeTable(table);
  return table.groups.map((group) => group.replace(/[^!-~]|[_\\]/gu, formatSpecial)).join(" ");
}

function formatSpecial(character: string): string {
  if (character === " ") return "_";
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

function parseGroup(text: string): string {
  return text.replace(/_|\\(x[0-9a-f]{2})?/giu, (special, code?: string) => {
    if (special === "_") return " ";
    if (code === undefined) throw new RangeError(`code table: expected \\xHH after a backslash, got ${text}`);
    return String.fromCharCode(parseInt(code.slice(1), 16));
  });
}
