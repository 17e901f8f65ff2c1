import { instantiateKernel } from "@pith/core";
import { kernel } from "#kernels/statistics";

/** What `kernel/statistics.ts` exports. */
export interface StatisticsKernel {
  prepare(firstStretch: number, quadruples: number): void;
  inputAddress(): number;
  inputCapacity(): number;
  scratchAddress(): number;
  take(filled: number): number;
  takeLast(rest: number): void;
  foldPairs(): void;
  pairTotals(): number;
  firstTotals(): number;
  profileCells(): number;
  profileShift(): number;
  coverProfile(offset: number, leastShift: number): void;
  autocorrelationSums(): number;
  tripleCounts(): number;
  tripleCarries(): number;
  carryTriple(triple: number): void;
  keptQuadruples(): number;
  quadrupleLevel(): number;
  startExport(): void;
  exportTriples(): number;
  exportQuadruples(): number;
  addTriples(count: number): void;
  addQuadruples(count: number, level: number): void;
}

export function instantiateStatistics(): StatisticsKernel & { readonly memory: WebAssembly.Memory } {
  return instantiateKernel<StatisticsKernel>(kernel);
}
