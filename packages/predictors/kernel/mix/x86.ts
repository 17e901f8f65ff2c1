/**
 * x86 machine code: decodes the length of instructions, only to know what a byte means: opcode, ModR/M, SIB,
 * displacement or immediate. On other data it counts on regardless and its contexts are noise that the mixer learns
 * to ignore.
 */

import { hash } from "../hash";
import { categoryOf, hasImmediate0F, hasModrm, immediateLength, isPrefix, isSingle0F } from "./x86-opcodes";

const OPCODE: i32 = 0;
const AFTER_0F: i32 = 1;
const MODRM: i32 = 2;
const SIB: i32 = 3;
const DISPLACEMENT: i32 = 4;
const IMMEDIATE: i32 = 5;
const AFTER_0F38: i32 = 6;
const AFTER_0F3A: i32 = 7;

/** Whether the model has contexts of the instructions before, by what they do; it then knows vector instructions, too. */
const REMEMBERS: bool = has("contexts", "shapes-2");

const OPERAND_SIZE: i32 = 1; // prefix 66
const WIDE_OPERAND: i32 = 2; // REX.W

/** What the next byte is: one of the states above. */
export let x86State: i32 = 0;
/** Opcode; 256 | byte after 0F, 512 | byte after 0F38 and 0F3A. */
export let opcode: i32 = 0;
export let modrm: i32 = 0;
/** Bytes that are left of the displacement and of the immediate. */
export let displacementLeft: i32 = 0;
export let immediateLeft: i32 = 0;
/** Hash of the instruction so far; of the same without registers and constants. */
export let instruction: i32 = 0;
export let instructionShape: i32 = 0;
/** Hash of the instruction before, and of the two before. */
export let previousInstruction: i32 = 0;
export let previousTwo: i32 = 0;
/** The last four opcodes. */
export let opcodes: i32 = 0;

let prefixes: i32 = 0;
let wide: bool = false;

/** Shape of the instruction before; of the one before that; of this and the one before it. */
export let shape1: i32 = 0;
export let shape2: i32 = 0;
export let shapes23: i32 = 0;
/** ModR/M of the instruction before, with REX above it; its opcode; the last call, with its target. */
export let previousModrm: i32 = 0;
export let previousOpcode: i32 = 0;
export let lastCall: i32 = 0;
/** Categories of the last eight instructions, four bits each. */
export let categories: i32 = 0;
/** The lower four bits of the prefix REX, 0 without one; SIB, 0 without one. */
export let rex: i32 = 0;
export let sib: i32 = 0;
/** The bytes so far of a displacement or an immediate. */
export let operand: i32 = 0;

/** Bytes that are left of a prefix VEX or EVEX and the opcode behind it; the table of opcodes that it names. */
let vexLeft: i32 = 0;
let vexMap: i32 = 0;

const VEX_2: i32 = 0xc5;
const VEX_3: i32 = 0xc4;
const EVEX: i32 = 0x62;
const MAP_0F: i32 = 1;
const MAP_0F3A: i32 = 3;

const ADDRESSES: i32 = 4096;
const displacements = memory.data(REMEMBERS ? 4096 * 4 : 4, 16); // i32 [address]: the last one
const constants = memory.data(REMEMBERS ? 1024 * 4 : 4, 16); // i32 [opcode]: the last immediate

/** `is64`: code for 64-bit mode, where 40-4F are prefixes. */
export function startX86(is64: bool): void {
  wide = is64;
  x86State = opcode = modrm = displacementLeft = immediateLeft = 0;
  instruction = instructionShape = previousInstruction = previousTwo = opcodes = prefixes = 0;
  shape1 = shape2 = shapes23 = previousModrm = previousOpcode = lastCall = categories = 0;
  rex = sib = operand = vexLeft = vexMap = 0;
  if (REMEMBERS) {
    memory.fill(displacements, 0, ADDRESSES * 4);
    memory.fill(constants, 0, 1024 * 4);
  }
}

/** What an operand in memory is addressed by: registers, as far as they tell one address from another. */
// @ts-ignore: decorator
@inline
function addressedBy(): i32 {
  return (modrm & 0xc7) | ((rex & 1) << 3) | ((sib & 15) << 8);
}

/** The displacement that was last used with the same registers. */
export function lastDisplacement(): i32 {
  return load<i32>(displacements + (addressedBy() << 2));
}

/** The immediate that the same opcode had last. */
export function lastConstant(): i32 {
  return load<i32>(constants + (opcode << 2));
}

/** At an instruction's end. */
function remember(): void {
  shapes23 = hash(shape2, shape1);
  shape2 = shape1;
  shape1 = instructionShape;
  previousModrm = modrm | (rex << 8);
  previousOpcode = opcode;
  categories = (categories << 4) | categoryOf(opcode);
  if (opcode == 0xe8) lastCall = instruction;
  store<i32>(constants + (opcode << 2), operand);
  rex = sib = operand = 0;
}

function end(): void {
  x86State = OPCODE;
  if (REMEMBERS) remember();
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
  modrm = displacementLeft = operand = 0;
  immediateLeft = immediate;
}

function onOpcode(c: i32): void {
  instructionShape = hash(instructionShape + 3, c + 5);
  if (c == 0x0f) x86State = AFTER_0F;
  else if (c == 0x66) prefixes |= OPERAND_SIZE;
  else if (wide && c >= 0x40 && c < 0x50) {
    prefixes |= (c & 8) != 0 ? WIDE_OPERAND : 0;
    rex = c & 15;
  } else if (REMEMBERS && wide && (c == VEX_2 || c == VEX_3 || c == EVEX)) {
    vexLeft = c == VEX_2 ? 2 : c == VEX_3 ? 3 : 4;
    vexMap = c == VEX_2 ? MAP_0F : 0;
  } else if (!isPrefix(c)) {
    begin(c, immediateLength(c, (prefixes & OPERAND_SIZE) != 0 ? 2 : 4, (prefixes & WIDE_OPERAND) != 0, wide));
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

/** A byte of a prefix VEX or EVEX, whose first one names the table of opcodes; or the opcode behind it. */
function onVex(c: i32): void {
  vexLeft--;
  if (vexLeft > 0) {
    if (vexMap == 0) vexMap = c & 7;
    return;
  }
  instructionShape = hash(instructionShape + 3, c + 5);
  if (vexMap <= MAP_0F) {
    begin(256 | c, hasImmediate0F(c) ? 1 : 0);
    if (isSingle0F(c)) {
      end();
      return;
    }
  } else begin(512 | c, vexMap == MAP_0F3A ? 1 : 0);
  x86State = MODRM;
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

/** After byte `c`. */
export function followX86(c: i32): void {
  instruction = hash(instruction + 1, c + 77);
  if (REMEMBERS && vexLeft > 0) onVex(c);
  else if (x86State == OPCODE) onOpcode(c);
  else if (x86State == MODRM) onModrm(c);
  else if (x86State == DISPLACEMENT) {
    if (REMEMBERS) operand = (operand << 8) | c;
    displacementLeft--;
    if (displacementLeft == 0) {
      if (REMEMBERS) store<i32>(displacements + (addressedBy() << 2), operand);
      operand = 0;
      operands();
    }
  } else if (x86State == IMMEDIATE) {
    if (REMEMBERS) operand = (operand << 8) | c;
    immediateLeft--;
    if (immediateLeft == 0) end();
  } else if (x86State == SIB) {
    sib = c;
    if (modrm >> 6 == 0 && (c & 7) == 5) displacementLeft = 4;
    operands();
  } else if (x86State == AFTER_0F) onOpcode0F(c);
  else {
    begin(512 | c, x86State == AFTER_0F3A ? 1 : 0);
    x86State = MODRM;
  }
}
