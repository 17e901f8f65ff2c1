import { ESTIMATION_BYTES, LEAST_ROOM, MATCH_BYTES, ROOM_OF_BYTE, SLICE } from "../../generated/ppm-exports.ts";

/** Bytes, some milliseconds: tables are in memory that nobody has touched. */
export const FIRST_SLICE = 64;

/** Bytes of the kernel's fixed tables, and what WebAssembly's memory is rounded up by. */
const STATIC = 2 * 65_536;

/** Bytes of memory that the kernel takes for a block of `length` bytes. */
export function kernelMemory(length: number, arena: number): number {
  const room = ROOM_OF_BYTE * Math.min(length, SLICE) + LEAST_ROOM;
  return STATIC + ESTIMATION_BYTES + MATCH_BYTES + room + length + arena;
}
