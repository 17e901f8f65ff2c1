/**
 * x86 machine code: decodes the length of instructions, only to know what a byte means: opcode, ModR/M, SIB,
 * displacement or immediate. On other data it counts on regardless and its contexts are noise that the mixer learns
 * to ignore.
 */

import { hash } from "../../hash";
import { estimation, hashedRow } from "../estimations";
import { bitIndex } from "../bytes";
import { weightSet } from "../mixer";
import { context } from "./context";

const OPCODE: i32 = 0;
const AFTER_0F: i32 = 1;
const MODRM: i32 = 2;
const SIB: i32 = 3;
const DISPLACEMENT: i32 = 4;
const IMMEDIATE: i32 = 5;
const AFTER_0F38: i32 = 6;
const AFTER_0F3A: i32 = 7;

const OPERAND_SIZE: i32 = 1; // prefix 66
const WIDE_OPERAND: i32 = 2; // REX.W

/** What the next byte is: one of the states above. */
let x86State: i32 = 0;
/** Opcode; 256 | byte after 0F, 512 | byte after 0F38 and 0F3A. */
let opcode: i32 = 0;
let modrm: i32 = 0;
/** Bytes that are left of the displacement and of the immediate. */
let displacementLeft: i32 = 0;
let immediateLeft: i32 = 0;
/** Hash of the instruction so far; of the same without registers and constants. */
let instruction: i32 = 0;
let instructionShape: i32 = 0;
/** Hash of the instruction before, and of the two before. */
let previousInstruction: i32 = 0;
let previousTwo: i32 = 0;
/** The last four opcodes. */
let opcodes: i32 = 0;

let prefixes: i32 = 0;
let wide: bool = false;

/** `is64`: code for 64-bit mode, where 40-4F are prefixes. */
export function startX86(is64: bool): void {
  wide = is64;
  x86State = opcode = modrm = displacementLeft = immediateLeft = 0;
  instruction = instructionShape = previousInstruction = previousTwo = opcodes = prefixes = 0;
}

function hasModrm(op: i32): bool {
  if (op < 0x40) return (op & 7) < 4;
  if (op >= 0x80 && op < 0x90) return true;
  if (op >= 0xd0 && op <= 0xdf) return op <= 0xd3 || op >= 0xd8;
  if (op == 0x62 || op == 0x63 || op == 0x69 || op == 0x6b) return true;
  if (op == 0xc0 || op == 0xc1 || (op >= 0xc4 && op <= 0xc7)) return true;
  return op == 0xf6 || op == 0xf7 || op >= 0xfe;
}

function immediateLength(op: i32): i32 {
  const word = (prefixes & OPERAND_SIZE) != 0 ? 2 : 4;
  if (op < 0x40) return (op & 7) == 4 ? 1 : (op & 7) == 5 ? word : 0;
  if (op == 0x68 || op == 0x69 || op == 0x81 || op == 0xa9 || op == 0xc7 || op == 0xe8 || op == 0xe9) return word;
  if (op == 0x6a || op == 0x6b || (op >= 0x70 && op <= 0x80) || op == 0x82 || op == 0x83 || op == 0xa8) return 1;
  if (op >= 0xa0 && op <= 0xa3) return wide ? 8 : 4;
  if (op >= 0xb0 && op <= 0xb7) return 1;
  if (op >= 0xb8 && op <= 0xbf) return (prefixes & WIDE_OPERAND) != 0 ? 8 : word;
  if (op == 0xc0 || op == 0xc1 || op == 0xc6 || op == 0xcd || op == 0xd4 || op == 0xd5) return 1;
  if (op == 0xeb || (op >= 0xe0 && op <= 0xe7)) return 1;
  if (op == 0xc2 || op == 0xca) return 2;
  if (op == 0xc8) return 3;
  return op == 0x9a || op == 0xea ? 6 : 0;
}

function isPrefix(c: i32): bool {
  return c == 0x26 || c == 0x2e || c == 0x36 || c == 0x3e || (c >= 0x64 && c <= 0x67) || c == 0xf0 || c == 0xf2 || c == 0xf3;
}

/** Two-byte opcodes that stand alone. */
function isSingle0F(c: i32): bool {
  return (
    (c >= 0x05 && c <= 0x09) || c == 0x0b || c == 0x0e || (c >= 0x30 && c <= 0x37) || c == 0x77 ||
    (c >= 0xa0 && c <= 0xa2) || (c >= 0xa8 && c <= 0xaa) || (c >= 0xc8 && c <= 0xcf)
  );
}

/** Two-byte opcodes with an immediate byte. */
function hasImmediate0F(c: i32): bool {
  return (c >= 0x70 && c <= 0x73) || c == 0xa4 || c == 0xac || c == 0xc2 || (c >= 0xc4 && c <= 0xc6) || c == 0xba;
}

function end(): void {
  x86State = OPCODE;
  previousTwo = hash(previousInstruction, instruction);
  previousInstruction = instruction;
  opcodes = (opcodes << 8) | (opcode & 255);
  instruction = instructionShape = prefixes = 0;
}

function operands(): void {
  if (displacementLeft > 0) x86State = DISPLACEMENT;
  else if (immediateLeft > 0) x86State = IMMEDIATE;
  else end();
}

function begin(op: i32, immediate: i32): void {
  opcode = op;
  modrm = displacementLeft = 0;
  immediateLeft = immediate;
}

function onOpcode(c: i32): void {
  instructionShape = hash(instructionShape + 3, c + 5);
  if (c == 0x0f) x86State = AFTER_0F;
  else if (c == 0x66) prefixes |= OPERAND_SIZE;
  else if (wide && c >= 0x40 && c < 0x50) prefixes |= (c & 8) != 0 ? WIDE_OPERAND : 0;
  else if (!isPrefix(c)) {
    begin(c, immediateLength(c));
    if (hasModrm(c)) x86State = MODRM;
    else operands();
  }
}

function onOpcode0F(c: i32): void {
  instructionShape = hash(instructionShape + 3, c + 5);
  begin(256 | c, hasImmediate0F(c) ? 1 : 0);
  if (c == 0x38) x86State = AFTER_0F38;
  else if (c == 0x3a) x86State = AFTER_0F3A;
  else if (c >= 0x80 && c < 0x90) {
    immediateLeft = (prefixes & OPERAND_SIZE) != 0 ? 2 : 4;
    x86State = IMMEDIATE;
  } else if (isSingle0F(c)) end();
  else x86State = MODRM;
}

function onModrm(c: i32): void {
  modrm = c;
  // The middle field is a register, or part of the opcode in these groups.
  const extended = opcode == 0xff || opcode == 0x83 || opcode == 0x81 || (opcode >= 0xd8 && opcode <= 0xdf);
  instructionShape = hash(instructionShape + 3, (c & 0xc0) + ((c & 7) == 4 ? 1 : 0) + (extended ? c & 0x38 : 0));
  if ((opcode == 0xf6 || opcode == 0xf7) && (c & 0x38) < 0x10) {
    immediateLeft = opcode == 0xf6 ? 1 : (prefixes & OPERAND_SIZE) != 0 ? 2 : 4;
  }
  const mode = c >> 6;
  const base = c & 7;
  if (mode == 1) displacementLeft = 1;
  else if (mode == 2 || (mode == 0 && base == 5)) displacementLeft = 4;
  if (mode != 3 && base == 4) x86State = SIB;
  else operands();
}

export function updateX86(c: i32): void {
  if (!usesThisFile()) return;
  follow(c);
  const place = x86State | (immediateLeft << 4) | (displacementLeft << 8);
  // The instruction so far, with those before it.
  context("instruction", instruction, place + (31 << 16));
  context("instructions-2", instruction, hash(place, previousInstruction) + 32);
  context("instructions-3", instruction, hash(place, previousTwo) + 33);
  context("instruction-opcodes-2", instruction, hash(place, opcodes & 0xffff) + 35);
  context("shape-opcodes-2", instructionShape, hash(place, opcodes & 0xffff) + 37);
  context("shape-opcodes-4", instructionShape, hash(place, opcodes) + 38);
  context("opcode-register", place, hash(opcode, modrm & 0xf8) + 39 + c);
  context("opcode-operand", place, hash(opcode, modrm & 0xc7) + 40);
}

// @ts-ignore: decorator
@inline
export function selectByX86(): void {
  weightSet("opcode", opcode);
  weightSet("x86-state", (bitIndex << 6) | (x86State << 3) | (min(immediateLeft, 3) << 1) | <i32>(displacementLeft > 0));
  weightSet("previous-opcode", ((opcodes & 255) << 3) | x86State);
}

// @ts-ignore: decorator
@inline
export function estimateByX86(): void {
  estimation("instruction", hashedRow(instruction));
}

function follow(c: i32): void {
  instruction = hash(instruction + 1, c + 77);
  if (x86State == OPCODE) onOpcode(c);
  else if (x86State == MODRM) onModrm(c);
  else if (x86State == DISPLACEMENT) {
    displacementLeft--;
    if (displacementLeft == 0) operands();
  } else if (x86State == IMMEDIATE) {
    immediateLeft--;
    if (immediateLeft == 0) end();
  } else if (x86State == SIB) {
    if (modrm >> 6 == 0 && (c & 7) == 5) displacementLeft = 4;
    operands();
  } else if (x86State == AFTER_0F) onOpcode0F(c);
  else {
    begin(512 | c, x86State == AFTER_0F3A ? 1 : 0);
    x86State = MODRM;
  }
}
