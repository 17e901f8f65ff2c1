import { takeKernel, type Kernel } from "@pith/core";
import type { ResolverWeights } from "@pith/weights";
import type { PairsKernel } from "../generated/pairs-exports.ts";
import { addEscapes, streamEscapes } from "./escapes.ts";

/** What a kernel is set up for. */
export interface PairsSettings {
  readonly kernel: Kernel<PairsKernel>;
  /** groups[c] holds the characters that code c stands for: 15, letters in groups of letters alone. */
  readonly groups: readonly string[];
  /** What resolves letters; without it, the kernel only writes and reads them. */
  readonly resolver?: ResolverWeights | undefined;
  /** Lines of the text end with CR LF. */
  readonly crlf: boolean;
  /** Bytes of the longest chunk of text. */
  readonly capacity: number;
}

/** A kernel for some settings; `giveKernel` takes it back. */
export function startKernel({ kernel: embedded, groups, resolver, crlf, capacity }: PairsSettings): PairsKernel {
  const kernel = takeKernel(embedded, kernelMemory(resolver?.tableBits ?? 0, capacity));
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
  return kernel;
}

/** Bytes of memory that a kernel takes: twelve bytes a character of a chunk, and the weights. */
export function kernelMemory(tableBits: number, capacity: number): number {
  const FIXED = 2 ** 20;
  const EACH = 14;
  return FIXED + 2 ** tableBits + EACH * capacity;
}

/** Bytes of a kernel's memory. */
export function view(kernel: PairsKernel, address: number, length: number): Uint8Array {
  return new Uint8Array(kernel.memory.buffer, address, length);
}
