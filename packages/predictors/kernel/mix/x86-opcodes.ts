/** What opcodes of x86 are followed by, and what they do. */

/** One-byte opcodes that a byte ModR/M follows. */
export function hasModrm(op: i32): bool {
  if (op < 0x40) return (op & 7) < 4;
  if (op >= 0x80 && op < 0x90) return true;
  if (op >= 0xd0 && op <= 0xdf) return op <= 0xd3 || op >= 0xd8;
  if (op == 0x62 || op == 0x63 || op == 0x69 || op == 0x6b) return true;
  if (op == 0xc0 || op == 0xc1 || (op >= 0xc4 && op <= 0xc7)) return true;
  return op == 0xf6 || op == 0xf7 || op >= 0xfe;
}

/**
 * Bytes of a one-byte opcode's immediate.
 *
 * @param word bytes of an operand: 2 or 4
 * @param long whether prefix REX.W makes operands 8 bytes long
 * @param wide whether code is for 64-bit mode
 */
export function immediateLength(op: i32, word: i32, long: bool, wide: bool): i32 {
  if (op < 0x40) return (op & 7) == 4 ? 1 : (op & 7) == 5 ? word : 0;
  if (op == 0x68 || op == 0x69 || op == 0x81 || op == 0xa9 || op == 0xc7 || op == 0xe8 || op == 0xe9) return word;
  if (op == 0x6a || op == 0x6b || (op >= 0x70 && op <= 0x80) || op == 0x82 || op == 0x83 || op == 0xa8) return 1;
  if (op >= 0xa0 && op <= 0xa3) return wide ? 8 : 4;
  if (op >= 0xb0 && op <= 0xb7) return 1;
  if (op >= 0xb8 && op <= 0xbf) return long ? 8 : word;
  if (op == 0xc0 || op == 0xc1 || op == 0xc6 || op == 0xcd || op == 0xd4 || op == 0xd5) return 1;
  if (op == 0xeb || (op >= 0xe0 && op <= 0xe7)) return 1;
  if (op == 0xc2 || op == 0xca) return 2;
  if (op == 0xc8) return 3;
  return op == 0x9a || op == 0xea ? 6 : 0;
}

/** Prefixes of all modes, but that of operand size. */
export function isPrefix(c: i32): bool {
  return c == 0x26 || c == 0x2e || c == 0x36 || c == 0x3e || (c >= 0x64 && c <= 0x67) || c == 0xf0 || c == 0xf2 || c == 0xf3;
}

/** Two-byte opcodes that stand alone. */
export function isSingle0F(c: i32): bool {
  return (
    (c >= 0x05 && c <= 0x09) || c == 0x0b || c == 0x0e || (c >= 0x30 && c <= 0x37) || c == 0x77 ||
    (c >= 0xa0 && c <= 0xa2) || (c >= 0xa8 && c <= 0xaa) || (c >= 0xc8 && c <= 0xcf)
  );
}

/** Two-byte opcodes with an immediate byte. */
export function hasImmediate0F(c: i32): bool {
  return (c >= 0x70 && c <= 0x73) || c == 0xa4 || c == 0xac || c == 0xc2 || (c >= 0xc4 && c <= 0xc6) || c == 0xba;
}

/** What an instruction does, by opcode (256 | byte after 0F, 512 | byte after 0F38 and 0F3A): 16 categories. */
export function categoryOf(op: i32): i32 {
  if (op >= 512) return OTHER_VECTOR;
  return op >= 256 ? category0F(op & 255) : category1(op);
}

const OTHER: i32 = 0;
const CONDITIONAL_JUMP: i32 = 1;
const CONDITIONAL_MOVE: i32 = 2;
const COMPARE: i32 = 3;
const EXTEND: i32 = 4;
const PUSH: i32 = 5;
const POP: i32 = 6;
const STORE: i32 = 7;
const LOAD: i32 = 8;
const ADDRESS: i32 = 9;
const MOVE_CONSTANT: i32 = 10;
const CALL: i32 = 11;
const LEAVE: i32 = 12;
const ARITHMETIC: i32 = 13;
const MOVE_VECTOR: i32 = 14;
const OTHER_VECTOR: i32 = 15;

function category1(op: i32): i32 {
  if (op >= 0x50 && op < 0x58) return PUSH;
  if (op >= 0x58 && op < 0x60) return POP;
  if (op >= 0x70 && op < 0x80) return CONDITIONAL_JUMP;
  if ((op >= 0x38 && op < 0x40) || op == 0x84 || op == 0x85 || op == 0xa8 || op == 0xa9) return COMPARE;
  if (op < 0x40 || (op >= 0x80 && op < 0x84)) return ARITHMETIC;
  if (op == 0x88 || op == 0x89) return STORE;
  if (op == 0x8a || op == 0x8b) return LOAD;
  if (op == 0x8d) return ADDRESS;
  if ((op >= 0xb0 && op < 0xc0) || op == 0xc6 || op == 0xc7) return MOVE_CONSTANT;
  if (op == 0xe8 || op == 0x9a) return CALL;
  return op == 0xe9 || op == 0xeb || op == 0xc2 || op == 0xc3 ? LEAVE : OTHER;
}

function category0F(c: i32): i32 {
  if (c >= 0x40 && c < 0x50) return CONDITIONAL_MOVE;
  if (c >= 0x80 && c < 0x90) return CONDITIONAL_JUMP;
  if (c >= 0x90 && c < 0xa0) return COMPARE;
  if (c == 0xb6 || c == 0xb7 || c == 0xbe || c == 0xbf) return EXTEND;
  if (c == 0x1e || c == 0x1f) return OTHER;
  return isVectorMove(c) ? MOVE_VECTOR : OTHER_VECTOR;
}

/** Moves between memory and vector registers. */
function isVectorMove(c: i32): bool {
  return (
    c == 0x10 || c == 0x11 || c == 0x28 || c == 0x29 || c == 0x6e || c == 0x6f || c == 0x7e || c == 0x7f || c == 0xd6
  );
}
