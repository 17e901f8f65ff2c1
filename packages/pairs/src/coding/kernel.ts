import type { ResolverWeights } from "@pith/weights";
import type { PairsKernel } from "../generated/pairs-exports.ts";
import { addEscapes, streamEscapes } from "./escapes.ts";

/** What a kernel is set up for. */
export interface PairsSettings {
  /** groups[c] holds the characters that code c stands for: 15, letters in groups of letters alone. */
  readonly groups: readonly string[];
  /** What resolves letters; without it, the kernel only writes and reads them. */
  readonly resolver?: ResolverWeights | undefined;
  /** Lines of the text end with CR LF. */
  readonly crlf: boolean;
  /** Bytes of the longest chunk of text. */
  readonly capacity: number;
}

/** Starts a kernel, which forgets what it did before. */
export function startKernel(kernel: PairsKernel, { groups, resolver, crlf, capacity }: PairsSettings): void {
  kernel.clear();
  for (const [code, group] of groups.entries()) {
    for (const character of group) kernel.addMember(code, character.charCodeAt(0));
  }
  addEscapes(kernel, streamEscapes(crlf));
  if (resolver !== undefined) {
    const { tableBits, weights } = resolver;
    const address = kernel.startWeights(tableBits);
    new Int8Array(kernel.memory.buffer, address, weights.length).set(weights);
  }
  kernel.reserve(capacity);
}

/** Bytes of memory that a kernel takes: twelve bytes a character of a chunk, and the weights. */
export function kernelMemory(tableBits: number, capacity: number): number {
  const FIXED = 2 ** 20;
  const EACH = 14;
  return FIXED + 2 ** tableBits + EACH * capacity;
}
