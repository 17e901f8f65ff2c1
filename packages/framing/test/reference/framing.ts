/** The framing as the thesis tells it: one character after the other, through two states. Plain, and slow. */

export interface ReferenceFraming {
  /** groups[c] holds the characters of code c. */
  readonly groups: readonly string[];
  readonly threshold: number;
  readonly left: number;
  readonly right: number;
}

const BREAK = 15;

export function encodeReference(text: Uint8Array, { groups, threshold, left, right }: ReferenceFraming): number[] {
  const codeOf = (byte: number): number => groups.findIndex((group) => group.includes(String.fromCharCode(byte)));
  const written: number[] = [];
  /** Encodable characters that are not written yet. */
  const backlog: number[] = [];
  let coding = false;

  const collapse = (): number => (codeOf(backlog.shift()!) << 4) | codeOf(backlog.shift()!);
  const endRun = (): void => {
    if (coding) written.push(backlog.length > right ? (codeOf(backlog.shift()!) << 4) | BREAK : 0xff);
    written.push(...backlog.splice(0));
    coding = false;
  };

  for (const byte of text) {
    if (codeOf(byte) < 0) {
      endRun();
      written.push(byte);
      continue;
    }
    backlog.push(byte);
    if (!coding && backlog.length === threshold) {
      written.push(...backlog.splice(0, left), 0xff);
      coding = true;
    }
    while (coding && backlog.length >= right + 2) written.push(collapse());
  }
  endRun();
  return written;
}

/** What is wrong with a stream: the byte that may not be there, or the stream's length. */
export interface Fault {
  readonly offset: number;
}

/** The cells of a stream, or where it is wrong. */
export function decodeReference(bytes: Uint8Array): number[] | Fault {
  const cells: number[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === 0xff) {
      const end = readCodes(bytes, at + 1, cells);
      if (end < 0) return { offset: ~end };
      at = end;
      continue;
    }
    const { length, wrong } = readCharacter(bytes, at);
    if (wrong) return { offset: at + length };
    cells.push(...bytes.subarray(at, at + length));
    at += length;
  }
  return cells;
}

/** Where the codes end; ~offset of what is wrong. */
function readCodes(bytes: Uint8Array, start: number, cells: number[]): number {
  for (let at = start; at < bytes.length; at++) {
    const nibbles = [bytes[at] >> 4, bytes[at] & 15];
    if (nibbles[0] === BREAK) return nibbles[1] === BREAK && at > start ? at + 1 : ~at;
    for (const nibble of nibbles) {
      if (nibble === BREAK) return at + 1;
      cells.push(256 + nibble);
    }
  }
  return ~bytes.length;
}

/** Length of the UTF-8 character there; if it is none, of its good beginning. Table 3-7 of the Unicode Standard. */
function readCharacter(bytes: Uint8Array, at: number): { length: number; wrong: boolean } {
  const anything = [0x80, 0xbf];
  const first = bytes[at];
  const rest =
    first < 0x80
      ? []
      : first < 0xc2
        ? undefined
        : first < 0xe0
          ? [anything]
          : first < 0xf0
            ? [first === 0xe0 ? [0xa0, 0xbf] : first === 0xed ? [0x80, 0x9f] : anything, anything]
            : first < 0xf5
              ? [first === 0xf0 ? [0x90, 0xbf] : first === 0xf4 ? [0x80, 0x8f] : anything, anything, anything]
              : undefined;
  if (rest === undefined) return { length: 0, wrong: true };
  for (const [i, [least, most]] of rest.entries()) {
    const byte = bytes[at + 1 + i];
    if (!(byte >= least && byte <= most)) return { length: 1 + i, wrong: true };
  }
  return { length: 1 + rest.length, wrong: false };
}
