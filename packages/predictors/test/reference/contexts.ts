/** The hashed contexts by name: two words to hash for each. */
import { hash } from "./hash.ts";
import { imul, min } from "./numbers.ts";
import type { Parts } from "./parts.ts";

const K1 = 0x5f356495;
const K2 = 0x3f356495;
const K3 = 0x2545f491;

export type Contexts = Readonly<Record<string, readonly [number, number]>>;

const FAMILIES = [
  ofOrders,
  ofPositions,
  ofWords,
  ofLayout,
  ofWhatFollowed,
  ofRecords,
  ofX86,
  ofSparse,
  ofGrid,
  ofLines,
] as const;
/** Which family a context is of, by name; known once contexts were asked for. */
const familyOf = new Map<string, (parts: Parts) => Contexts>();

/** At least the named contexts, for the byte behind the last one. */
export function contexts(parts: Parts, names: readonly string[]): Contexts {
  if (familyOf.size === 0) {
    for (const family of FAMILIES) for (const name of Object.keys(family(parts))) familyOf.set(name, family);
  }
  const needed = new Set(names.map((name) => familyOf.get(name)));
  return Object.assign({}, ...Array.from(needed, (family) => family?.(parts))) as Contexts;
}

function ofOrders({ stream: { last4, last8 } }: Parts): Contexts {
  return {
    "order-1": [last4 & 0xff, 1],
    "order-2": [last4 & 0xffff, 2],
    "order-3": [last4 & 0xffffff, 3],
    "order-4": [last4, 4],
    "order-5": [last4, (last8 & 0xff) | 0x500],
    "order-6": [last4, (last8 & 0xffff) | 0x60000],
    "order-8": [last4, hash(last8, 8)],
    "skip-3": [last4 & 0xffffff00, 11],
    "skip-2": [last4 & 0x00ffff00, 12],
    "byte-4": [last4 & 0xff000000, 13],
    "bytes-2-3": [last4 & 0xffff00, 14],
    "bytes-2-4": [last4 & 0xff00ff00, 15],
    "bytes-3-4": [last4 & 0xffff0000, 16],
  };
}

function ofPositions({ stream }: Parts): Contexts {
  const { last4, position } = stream;
  return {
    "order-2-place": [last4 & 0xffff, ((position & 3) << 8) | 19],
    "bytes-1-4-place": [last4 & 0xff0000ff, ((position & 3) << 8) | 20],
    "bytes-4-8-place": [stream.byteBack(4), (stream.byteBack(8) << 8) | ((position & 3) << 16) | 23],
    "bytes-8-16-place": [stream.byteBack(8), (stream.byteBack(16) << 8) | ((position & 7) << 16) | 24],
  };
}

function ofWords({ stream: { last4 }, words: w }: Parts): Contexts {
  const c = last4 & 0xff;
  return {
    word: [w.word0, c | 0x700],
    "words-0-1": [w.word0, imul(w.word1, K1) + 8],
    "words-0-2": [w.word0, imul(w.word2, K1) + 10],
    "words-0-1-3": [w.word0 + imul(w.word3, K2), imul(w.word1, K1) + 17],
    "words-0-2-class-1": [w.word0 + imul(w.word2, K2), imul(w.class1, K1) + 12],
    "words-1-2": [w.word1, imul(w.word2, K1) + c + 0xd00],
    "words-0-1-2-3": [w.word0 + imul(w.word1, K1), imul(w.word2, K2) + imul(w.word3, K3) + 33],
    "word-classes-3": [w.word0, imul((w.class1 << 16) | (w.class2 << 8) | w.class3, K1) + 35],
    "word-line": [w.word0, w.lineWord + 0x130000],
    "word-1-order-2": [last4 & 0xffff, imul(w.word1, K1) + 40],
    "word-follower-1": [w.word0, imul(w.follower1, K1) + 23],
    "word-follower-2": [w.word0, imul(w.follower2, K1) + 24],
    "word-punctuation": [w.word0, ((w.punctuation & 0xffff) << 8) | 26 | (c << 24)],
    letters: [w.letters & 0x3fffffff, 0x27 + (w.inWord ? 0x100 : 0)],
  };
}

function ofLayout({ stream: { last4 }, words: { word0 }, layout }: Parts): Contexts {
  const c = last4 & 0xff;
  return {
    "class-runs": [layout.classRuns, c | 0x1000],
    column: [last4 & 0xffff, ((layout.column & 255) << 8) | 20 | (layout.above << 16)],
    "word-bracket": [word0, (layout.openBracket << 8) | (min(layout.bracketDistance, 15) << 16) | 25 | (c << 24)],
    "line-start": [(layout.lineFirst << 8) | layout.above, 30 | (min(layout.column, 255) << 8) | (c << 16)],
    "classes-10": [layout.classes & 0x3fffffff, (c << 8) | 42],
    "folded-5": [layout.folded4, ((layout.folded8 & 255) << 8) | 43],
  };
}

/** What followed the same bytes before, and what the match expects. */
function ofWhatFollowed({ stream: { last4 }, indirect, matches }: Parts): Contexts {
  const c = last4 & 0xff;
  return {
    "indirect-1": [indirect.indirect1, c | 0xe00],
    "indirect-2": [indirect.indirect2, (last4 & 0xffff) | 0xf0000],
    "expected-byte-length": [matches.expectedByte, (matches.expectedLength << 8) | 28],
    "expected-byte-order-1": [matches.expectedByte, (c << 8) | 29],
  };
}

function ofRecords({ stream: { last4 }, records }: Parts): Contexts {
  const c = last4 & 0xff;
  return {
    "record-above-2": [records.above(1, c), (records.above(2, 0) << 8) | 21 | (records.recordLength << 16)],
    "record-above": [records.above(1, c), (c << 8) | 22 | (records.recordLength << 16)],
  };
}

function ofX86({ stream: { last4 }, x86 }: Parts): Contexts {
  const c = last4 & 0xff;
  const place = x86.state | (x86.immediateLeft << 4) | (x86.displacementLeft << 8);
  const { opcode, opcodes, instruction, instructionShape, modrm, shape1, shape2, operand, categories } = x86;
  const address = (modrm & 0xc7) | ((x86.rex & 1) << 8) | (x86.sib << 9);
  return {
    instruction: [instruction, place + (31 << 16)],
    "instructions-2": [instruction, hash(place, x86.previousInstruction) + 32],
    "instructions-3": [instruction, hash(place, x86.previousTwo) + 33],
    "instruction-opcodes-2": [instruction, hash(place, opcodes & 0xffff) + 35],
    "shape-opcodes-2": [instructionShape, hash(place, opcodes & 0xffff) + 37],
    "shape-opcodes-4": [instructionShape, hash(place, opcodes) + 38],
    "opcode-register": [place, hash(opcode, modrm & 0xf8) + 39 + c],
    "opcode-operand": [place, hash(opcode, modrm & 0xc7) + 40],
    "shapes-2": [instructionShape, hash(place, shape1) + 43 + x86.state],
    "shapes-3": [instructionShape, hash(place, hash(shape1, shape2)) + 44],
    "shapes-4": [instructionShape, hash(place, hash(shape1, x86.shapes23)) + 45],
    "categories-6": [instructionShape, hash(place, categories & 0xffffff) + 52],
    "categories-8": [instructionShape, hash(place, categories) + 53],
    "instruction-registers": [instruction, hash(place, x86.previousModrm & 0x73f) + 54],
    registers: [hash(opcode, x86.previousModrm), hash(place, modrm | (x86.rex << 8)) + 46],
    "opcodes-2-operand": [hash(opcode, x86.previousOpcode), hash(place, operand) + 57],
    displacement: [hash(operand, address), hash(place, 47)],
    "displacement-last": [hash(operand, address), hash(place, x86.lastDisplacement) + 48],
    constant: [hash(operand, opcode), hash(place, modrm & 0x38) + 49],
    "constant-last": [hash(operand, opcode), hash(place, x86.lastConstant) + 50],
    "last-call": [instruction, hash(place, x86.lastCall) + 51],
  };
}

function ofSparse({ stream: { last4, last8 }, sparse }: Parts): Contexts {
  const c = last4 & 0xff;
  return {
    "byte-2": [last4 & 0xff00, 50],
    "byte-3": [last4 & 0xff0000, 51],
    "byte-6": [last8 & 0xff00, 52],
    "byte-8": [last8 & 0xff000000, 53],
    "bytes-1-3": [last4 & 0xff00ff, 54],
    "bytes-2-6": [last4 & 0xff00, (last8 & 0xff00) | 55],
    "upper-4": [last4 & 0xf0f0f0f0, 56],
    "upper-8": [last4 & 0xe0e0e0e0, (last8 & 0xe0e0e0e0) | 17],
    "upper-2-last": [last4 & 0xf8f8ff, 58],
    zeros: [sparse.zeros(16), (c << 8) | 59],
    "zeros-repeats": [sparse.zeros(8), (sparse.repeats(8) << 8) | 60],
  };
}

function ofGrid({ stream, grid }: Parts): Contexts {
  const c = stream.last4 & 0xff;
  const { cell, row, place, cellSoFar } = grid;
  const [left, left2] = [1, 2].map((cells) => grid.around(0, cells));
  const [above, above2] = [1, 2].map((rows) => grid.around(rows, 0));
  const [aboveLeft, aboveRight] = [1, -1].map((cells) => grid.around(1, cells));
  const [before, behind] = [1, -1].map((distance) => stream.byteBack(row + distance));
  return {
    "grid-cell": [cellSoFar, (place << 8) | 80],
    "grid-place-left": [left | (place << 8), (cell << 8) | 92],
    "grid-slope": [((2 * left - left2) & 255) | (place << 8), (cell << 8) | 95],
    "grid-left-2": [left | (left2 << 8), (cell << 8) | 81],
    "grid-left-change": [left | (((c - stream.byteBack(cell + 1)) & 255) << 8), (cell << 8) | 82],
    "grid-above-last": [above | (c << 8), 83],
    "grid-above-2": [above | (above2 << 8), 84],
    "grid-above-2-last": [above | (above2 << 8) | (c << 16), 85],
    "grid-above-3": [before | (above << 8) | (behind << 16), 86],
    "grid-above-slope": [(2 * above - above2) & 255, (c << 8) | 87],
    "grid-plane": [(left + above - aboveLeft) & 255, (cell << 8) | 88],
    "grid-mean": [((left + above) >> 1) | (((aboveRight - above) & 0xf8) << 8), 89],
    "grid-around": [(left >> 3) | ((above >> 3) << 5) | ((aboveLeft >> 3) << 10) | ((aboveRight >> 3) << 15), 90],
    "grid-column": [grid.column, 91],
  };
}

function ofLines({ stream: { last4 }, lines, nesting }: Parts): Contexts {
  const c = last4 & 0xff;
  const { token, lastToken, template, field, tokenCount, gap, above, like } = lines;
  const { key, lastKey, nest, tag } = nesting;
  const column = hash(field, tokenCount);
  return {
    "field-above": [above.bytes, (above.state << 8) | 110],
    "field-above-last": [(above.bytes & 255) | (c << 8) | (above.state << 16), column + 111],
    "field-above-token": [hash(token, above.bytes), 112],
    "template-like": [like.bytes, (like.state << 8) | 113],
    "template-like-last": [(like.bytes & 255) | (c << 8), (like.state << 8) | (min(lines.agreed, 15) << 12) | 114],
    "template-token": [template, hash(token, 115)],
    "template-above": [template, hash(above.bytes & 255, (c << 8) | 116)],
    "line-so-far": [lines.lineSoFar, 117],
    "field-token": [column, hash(token, 118)],
    "token-gap": [token, hash(gap, 119)],
    "tokens-2-gap": [token, hash(gap, lastToken) + 120],
    "token-last": [token, hash(lastToken, 121) + c],
    "key-token": [key, hash(token, 122) + c],
    "keys-2-token": [hash(key, lastKey), hash(token, 123) + c],
    "nest-token": [nest, hash(token, 124) + c],
    "nest-key": [hash(nest, key), hash(token, 125) + (token === 0 ? gap : 0)],
    "tag-token": [tag, hash(token, 126) + c],
    indent: [(lines.indent & 255) | (c << 8) | ((last4 & 0xff00) << 8), hash(tokenCount, 127)],
  };
}
