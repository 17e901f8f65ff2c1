import { PithError } from "@pith/core";
import { headerMemory } from "../format/block-header.ts";
import type { PlacedBlock } from "../format/frame-walker.ts";

/** @throws PithError `memory-limit` if decoding the block takes more than `memoryLimit` bytes */
export function checkMemory({ header, offset }: Pick<PlacedBlock, "header" | "offset">, memoryLimit: number): void {
  const memory = headerMemory(header);
  if (memory <= memoryLimit) return;
  throw new PithError("memory-limit", "decoding the block takes more memory than is allowed", {
    offset,
    expected: `at most ${memoryLimit} bytes`,
    got: memory,
  });
}
