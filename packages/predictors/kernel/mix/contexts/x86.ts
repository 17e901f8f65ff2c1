/** Contexts of x86 machine code: the instruction so far, and those before it. */

import { hash } from "../../hash";
import { estimation, hashedRow } from "../estimations";
import { bitIndex } from "../bytes";
import { weightSet } from "../mixer";
import {
  categories, displacementLeft, followX86, immediateLeft, instruction, instructionShape, lastCall, lastConstant,
  lastDisplacement, modrm, opcode, opcodes, operand, previousInstruction, previousModrm, previousOpcode, previousTwo, rex,
  shape1, shape2, shapes23, sib, x86State,
} from "../x86";
import { context } from "./context";

/** Of ModR/M with REX above it: register and base or other register, with the bits that REX adds. */
const REGISTERS: i32 = 0x73f;

export function updateX86(c: i32): void {
  if (!usesThisFile()) return;
  followX86(c);
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

  // Shapes, categories and registers of the instructions before.
  context("shapes-2", instructionShape, hash(place, shape1) + 43 + x86State);
  context("shapes-3", instructionShape, hash(place, hash(shape1, shape2)) + 44);
  context("shapes-4", instructionShape, hash(place, hash(shape1, shapes23)) + 45);
  context("categories-6", instructionShape, hash(place, categories & 0xffffff) + 52);
  context("categories-8", instructionShape, hash(place, categories) + 53);
  context("instruction-registers", instruction, hash(place, previousModrm & REGISTERS) + 54);
  context("registers", hash(opcode, previousModrm), hash(place, modrm | (rex << 8)) + 46);
  context("opcodes-2-operand", hash(opcode, previousOpcode), hash(place, operand) + 57);

  // Displacements by the registers that they are added to, immediates by opcode; what came last there; calls.
  const address = (modrm & 0xc7) | ((rex & 1) << 8) | (sib << 9);
  context("displacement", hash(operand, address), hash(place, 47));
  context("displacement-last", hash(operand, address), hash(place, lastDisplacement()) + 48);
  context("constant", hash(operand, opcode), hash(place, modrm & 0x38) + 49);
  context("constant-last", hash(operand, opcode), hash(place, lastConstant()) + 50);
  context("last-call", instruction, hash(place, lastCall) + 51);
}

// @ts-ignore: decorator
@inline
export function selectByX86(): void {
  weightSet("opcode", opcode);
  weightSet("x86-state", (bitIndex << 6) | (x86State << 3) | (min(immediateLeft, 3) << 1) | <i32>(displacementLeft > 0));
  weightSet("categories", ((categories & 127) << 4) | (x86State << 1) | <i32>(displacementLeft > 0));
  const left = min(displacementLeft + immediateLeft, 7);
  weightSet("code-place", (bitIndex << 8) | (x86State << 5) | (left << 2) | (modrm >> 6));
  weightSet("previous-opcode", ((opcodes & 255) << 3) | x86State);
}

// @ts-ignore: decorator
@inline
export function estimateByX86(): void {
  estimation("instruction", hashedRow(instruction));
}

