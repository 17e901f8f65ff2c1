import { PithError } from "@pith/core";

/** @throws PithError for data that has no block */
export function checkSize(size: number, blockSize: number): void {
  if (size >= blockSize) return;
  const problem = size === 0 ? "there is no data to analyse" : "the data is shorter than a block";
  throw new PithError("truncated", problem, { offset: size, expected: blockSize, got: size });
}
