import { instantiateKernel } from "@pith/core";
import { kernel } from "#kernels/patterns";

/** What `kernel/patterns.ts` exports; tables are named by number: blocks, fine, micro, places of blocks. */
export interface PatternKernel {
  prepare(
    blockSize: number,
    md5: number,
    firstBlock: number,
    blocks: number,
    pieces: number,
    places: number,
    markable: number,
  ): void;
  inputAddress(): number;
  inputCapacity(): number;
  scratchAddress(): number;
  scratchCapacity(): number;
  take(filled: number): number;
  kept(table: number): number;
  sampleLevel(table: number): number;
  countClasses(table: number): void;
  topPatterns(table: number, most: number): number;
  patternsIn(table: number, parents: number): number;
  placesOfBlock(signature: bigint): number;
  cellShift(): number;
  cellsOfMap(): number;
  markedBlocks(): number;
  cover(block: number, leastShift: number): void;
  entryBytes(table: number): number;
  startExport(): void;
  exportEntries(table: number): number;
  mergeEntries(table: number, count: number, level: number): void;
}

export function instantiatePatterns(): PatternKernel & { readonly memory: WebAssembly.Memory } {
  return instantiateKernel<PatternKernel>(kernel);
}
