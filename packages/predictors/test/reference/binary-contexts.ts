/** The numbered contexts of binaries and structured data: two words to hash for each. */
import { hash } from "./hash.ts";
import { imul } from "./numbers.ts";
import type { Parts } from "./parts.ts";

const K1 = 0x5f356495;

export function binaryContexts({ stream, matches, words, indirect, records, x86 }: Parts): [number, number][] {
  const { last4, last8, position } = stream;
  const c = last4 & 0xff;
  const last2 = last4 & 0xffff;
  const place = x86.state | (x86.immediateLeft << 4) | (x86.displacementLeft << 8);
  const { opcode, opcodes, instruction, instructionShape, modrm } = x86;
  return [
    [c, 1],
    [last2, 2],
    [last4 & 0xffffff, 3],
    [last4, 4],
    [last4, (last8 & 0xff) | 0x500],
    [last4, (last8 & 0xffff) | 0x60000],
    [last4 & 0xff00, 11], // 6
    [last4 & 0xff0000, 12],
    [last4 & 0xff000000, 13],
    [last4 & 0xffff00, 14],
    [last4 & 0xff00ff00, 15],
    [last4 & 0xffff0000, 16],
    [last4 & 0xff00ff, 17],
    [last4 & 0xf0f0f0f0, (last8 & 0xf0f0) | 18],
    [indirect.indirect1, c | 0xe00], // 14
    [indirect.indirect2, last2 | 0xf0000],
    [last2, ((position & 3) << 8) | 19], // 16
    [last4 & 0xff0000ff, ((position & 3) << 8) | 20],
    [records.above(1, c), (records.above(2, 0) << 8) | 21 | (records.recordLength << 16)],
    [records.above(1, c), (c << 8) | 22 | (records.recordLength << 16)],
    [stream.byteBack(4), (stream.byteBack(8) << 8) | ((position & 3) << 16) | 23],
    [stream.byteBack(8), (stream.byteBack(16) << 8) | ((position & 7) << 16) | 24],
    [matches.expectedByte, (matches.expectedLength << 8) | 28], // 22
    [matches.expectedByte, (c << 8) | 29],
    [instruction, place + (31 << 16)], // 24
    [instruction, hash(place, x86.previousInstruction) + 32],
    [instruction, hash(place, x86.previousTwo) + 33],
    [instruction, hash(place, opcodes & 0xff) + 34],
    [instruction, hash(place, opcodes & 0xffff) + 35],
    [instruction, hash(place, opcodes & 0xffffff) + 36],
    [instructionShape, hash(place, opcodes & 0xffff) + 37],
    [instructionShape, hash(place, opcodes) + 38],
    [place, hash(opcode, modrm & 0xf8) + 39 + c],
    [place, hash(opcode, modrm & 0xc7) + 40],
    [place, hash(opcode, last2) + 41],
    [place | (c << 16), hash(opcodes & 0xff, opcode) + 42],
    [words.word0, c | 0x700], // 36
    [words.word0, imul(words.word1, K1) + 8],
    [last4, (last8 & 0xffffff) ^ 0x07000000],
    [last4, last8 ^ 0x7d000000],
  ];
}
