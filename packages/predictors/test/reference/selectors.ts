/** Which weight vector each weight set and each final mixer uses, by name. */
import { floor, min } from "./numbers.ts";
import type { Parts } from "./parts.ts";

/** How many of the model's contexts were seen before, and how many have only ever seen one byte. */
export interface Counts {
  readonly contexts: number;
  readonly seen: number;
  readonly sure: number;
}

/** Of weight sets, each 0 … 2047. */
export function selections(
  { stream, matches, words, layout, x86, sparse, grid, lines }: Parts,
  counts: Counts,
): Readonly<Record<string, number>> {
  const { last4, partial, bitIndex } = stream;
  const share = (count: number, steps: number) => floor((count * steps) / counts.contexts);
  return {
    "match-seen": (matches.matchState << 5) + share(counts.seen, 31),
    "partial-expected-bit": partial | (matches.expectedBit << 8),
    "order-1": last4 & 255,
    "byte-2": (bitIndex << 8) | ((last4 >> 8) & 255),
    "expected-byte": matches.expectedByte,
    sure: (bitIndex << 6) | share(counts.sure, 63),
    "in-word": (bitIndex << 7) | (words.word0 === 0 ? 0 : 64) | (last4 & 63),
    suffix: (words.suffix & 0x3ff) | (words.wordLength > 1 ? 1024 : 0),
    "classes-2-punctuation": (bitIndex << 8) | (layout.classes & 63) | ((words.punctuation & 3) << 6),
    column: (min(layout.column, 31) << 3) | bitIndex | ((layout.lineFirst & 7) << 8),
    "classes-4": layout.classes & 2047,
    opcode: x86.opcode,
    "x86-state":
      (bitIndex << 6) | (x86.state << 3) | (min(x86.immediateLeft, 3) << 1) | (x86.displacementLeft > 0 ? 1 : 0),
    "byte-3": (bitIndex << 8) | ((last4 >> 16) & 255),
    "zeros-repeats": (bitIndex << 8) | (sparse.zeros(4) << 4) | sparse.repeats(4),
    "grid-column": grid.column & 2047,
    field: (bitIndex << 8) | (lines.above.state << 6) | min(lines.field + lines.tokenCount, 63),
    template: (bitIndex << 8) | (lines.like.state << 6) | (lines.above.state << 4) | min(lines.agreed, 15),
    above: (bitIndex << 8) | (lines.above.bytes & 255),
    categories: ((x86.categories & 127) << 4) | (x86.state << 1) | (x86.displacementLeft > 0 ? 1 : 0),
    "code-place":
      (bitIndex << 8) | (x86.state << 5) | (min(x86.displacementLeft + x86.immediateLeft, 7) << 2) | (x86.modrm >> 6),
    "previous-opcode": ((x86.opcodes & 255) << 3) | x86.state,
  };
}

/** Of final mixers, each 0 … 1023. */
export function finalSelections({ stream, matches }: Parts): Readonly<Record<string, number>> {
  const { last4, partial, bitIndex } = stream;
  return { partial, match: (matches.matchState << 3) | bitIndex, "order-1": last4 & 255 };
}
