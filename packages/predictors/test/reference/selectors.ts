/** Which weight vector each numbered weight set uses. */
import { hash } from "./hash.ts";
import { floor, min } from "./numbers.ts";
import type { Parts } from "./parts.ts";

/** How many of the model's contexts were seen before, and how many have only ever seen one byte. */
export interface Counts {
  readonly contexts: number;
  readonly seen: number;
  readonly sure: number;
}

/** The 16 selections, each 0 … 2047, as far as a model for text or for binaries has them. */
export function selections(parts: Parts, counts: Counts, text: boolean): number[] {
  const { stream, matches } = parts;
  const { last4, partial, bitIndex } = stream;
  const share = (count: number, steps: number) => floor((count * steps) / counts.contexts);
  const own = text ? textSelections(parts) : binarySelections(parts);
  return [
    (matches.matchState << 5) + share(counts.seen, 31),
    partial | (matches.expectedBit << 8),
    last4 & 255,
    (bitIndex << 8) | ((last4 >> 8) & 255),
    own[4],
    matches.expectedByte,
    own[6],
    own[7],
    (bitIndex << 6) | share(counts.sure, 63),
    own[9],
    own[10],
    own[11],
    own[12],
    own.last,
    hash(last4 & 0xffff, 77) & 2047,
    own.last,
  ];
}

interface OwnSelections {
  readonly 4: number;
  readonly 6: number;
  readonly 7: number;
  readonly 9: number;
  readonly 10: number;
  readonly 11: number;
  readonly 12: number;
  readonly last: number;
}

function textSelections({ stream, words, layout }: Parts): OwnSelections {
  const { bitIndex, partial, last4 } = stream;
  return {
    4: (bitIndex << 7) | (words.word0 === 0 ? 0 : 64) | (last4 & 63),
    6: (bitIndex << 8) | (layout.classes & 63) | ((words.punctuation & 3) << 6),
    7: (min(words.wordLength, 15) << 7) | (min(words.previousLength, 7) << 4) | (layout.openBracket & 15),
    9: (min(layout.column, 31) << 3) | bitIndex | ((layout.lineFirst & 7) << 8),
    10: (layout.above << 3) | bitIndex,
    11: layout.classes & 2047,
    12: (words.suffix0 & 0x3ff) | (words.wordLength > 1 ? 1024 : 0),
    last: (partial << 3) | min(words.wordLength, 7),
  };
}

function binarySelections({ stream, x86 }: Parts): OwnSelections {
  const { bitIndex, last4, last8, position } = stream;
  return {
    4: x86.opcode,
    6: (bitIndex << 6) | (x86.state << 3) | (min(x86.immediateLeft, 3) << 1) | (x86.displacementLeft > 0 ? 1 : 0),
    7: (last4 >> 16) & 255,
    9: ((position & 3) << 8) | x86.modrm,
    10: ((last4 >>> 24) << 3) | bitIndex,
    11: (last4 & 0x1f) | ((last4 >> 3) & 0x3e0),
    12: ((last8 & 255) << 3) | bitIndex,
    last: ((x86.opcodes & 255) << 3) | x86.state,
  };
}
