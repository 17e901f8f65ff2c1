/** The contexts of binaries and structured data. The second word of each hash holds a constant of its own. */

import { hash } from "../../hash";
import { byteBack, last4, last8, position } from "../bytes";
import { expectedByte, expectedLength } from "../match";
import { indirect1, indirect2, updateIndirect } from "./indirect";
import { aboveInRecord, recordLength, updateRecords } from "./records";
import { context, hasContext } from "./select";
import { updateWords, word0, word1 } from "./words";
import {
  displacementLeft, immediateLeft, instruction, instructionShape, modrm, opcode, opcodes, previousInstruction,
  previousTwo, updateX86, x86State,
} from "./x86";

const K1: i32 = 0x5f356495;

export function updateBinaryContexts(c: i32): void {
  if (hasContext(36) || hasContext(37)) updateWords(c);
  if (hasContext(14) || hasContext(15)) updateIndirect(c);
  if (hasContext(18) || hasContext(19)) updateRecords(c);
  updateX86(c);
  const last2 = last4 & 0xffff;

  // The last 1 to 6 bytes.
  context(0, last4 & 0xff, 1);
  context(1, last2, 2);
  context(2, last4 & 0xffffff, 3);
  context(3, last4, 4);
  context(4, last4, (last8 & 0xff) | 0x500);
  context(5, last4, (last8 & 0xffff) | 0x60000);

  // Sparse contexts: some of the last bytes, some of their bits.
  context(6, last4 & 0xff00, 11);
  context(7, last4 & 0xff0000, 12);
  context(8, last4 & 0xff000000, 13);
  context(9, last4 & 0xffff00, 14);
  context(10, last4 & 0xff00ff00, 15);
  context(11, last4 & 0xffff0000, 16);
  context(12, last4 & 0xff00ff, 17);
  context(13, last4 & 0xf0f0f0f0, (last8 & 0xf0f0) | 18);

  // What followed the same bytes before.
  context(14, indirect1, c | 0xe00);
  context(15, indirect2, last2 | 0xf0000);

  // The place within four or eight bytes; records.
  context(16, last2, ((position & 3) << 8) | 19);
  context(17, last4 & 0xff0000ff, ((position & 3) << 8) | 20);
  context(18, aboveInRecord(1, c), (aboveInRecord(2, 0) << 8) | 21 | (recordLength << 16));
  context(19, aboveInRecord(1, c), (c << 8) | 22 | (recordLength << 16));
  context(20, byteBack(4), (byteBack(8) << 8) | ((position & 3) << 16) | 23);
  context(21, byteBack(8), (byteBack(16) << 8) | ((position & 7) << 16) | 24);

  // The byte that the match expects.
  context(22, expectedByte, (expectedLength << 8) | 28);
  context(23, expectedByte, (c << 8) | 29);

  // x86: the instruction so far, with those before it.
  const place = x86State | (immediateLeft << 4) | (displacementLeft << 8);
  context(24, instruction, place + (31 << 16));
  context(25, instruction, hash(place, previousInstruction) + 32);
  context(26, instruction, hash(place, previousTwo) + 33);
  context(27, instruction, hash(place, opcodes & 0xff) + 34);
  context(28, instruction, hash(place, opcodes & 0xffff) + 35);
  context(29, instruction, hash(place, opcodes & 0xffffff) + 36);
  context(30, instructionShape, hash(place, opcodes & 0xffff) + 37);
  context(31, instructionShape, hash(place, opcodes) + 38);
  context(32, place, hash(opcode, modrm & 0xf8) + 39 + c);
  context(33, place, hash(opcode, modrm & 0xc7) + 40);
  context(34, place, hash(opcode, last2) + 41);
  context(35, place | ((last4 & 0xff) << 16), hash(opcodes & 0xff, opcode) + 42);

  // Words, for the text inside.
  context(36, word0, c | 0x700);
  context(37, word0, word1 * K1 + 8);
  context(38, last4, (last8 & 0xffffff) ^ 0x07000000);
  context(39, last4, last8 ^ 0x7d000000);
}
