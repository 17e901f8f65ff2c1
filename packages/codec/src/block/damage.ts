import { PithError, type PithErrorCode } from "@pith/core";
import type { CodedBlock } from "./coded-block.ts";

/** Where a block lies in the file. */
export type Placed = Omit<CodedBlock, "payload">;

const DAMAGE: readonly PithErrorCode[] = ["invalid-field", "truncated", "checksum-mismatch", "trailing-data"];

/**
 * What a block that does not decode says of its damage holds within the block alone: that its codes seem to end early does
 * not mean that the file does. The damage lies before the place at which it is noticed, anywhere in the block.
 *
 * @returns the error, with the block's bounds; any other than of damage as it is
 */
export function asDamage(error: unknown, { header, offset, payloadOffset }: Placed): unknown {
  if (!(error instanceof PithError && DAMAGE.includes(error.code))) return error;
  const { problem, expected, got } = error;
  const details = { offset, end: payloadOffset + header.payloadLength, expected, got, cause: error };
  return new PithError("damaged", `a block is damaged (${problem})`, details);
}
