/** What the header of a block says of its contexts: how it is chosen, written and read. */
import { PithError } from "@pith/core";
import type { ByteReader, ByteWriter } from "@pith/core/bytes";
import type { TableOptions } from "../method.ts";

/** What a block of this method says of its contexts. */
export interface PpmParameters {
  /** Bytes of the longest context: one of 4, 6, 8 and 12. */
  readonly order: number;
  /** A number of {@link arenaBytes}: the memory that contexts have. */
  readonly arena: number;
}

/** By two bits of the parameters. */
const ORDERS = [4, 6, 8, 12];
const ARENA_BITS = 6;
/** 1 GiB. */
const MOST_ARENA = 56;

/** Bytes of memory that contexts have: 64 KiB times a power of two, in steps of a quarter. */
export function arenaBytes(arena: number): number {
  return (4 + (arena & 3)) * 2 ** (14 + (arena >> 2));
}

const MIB = 2 ** 20;

/** By level: the longest order, and most bytes of memory that contexts have. */
const LEVELS: readonly { readonly order: number; readonly most: number }[] = [
  { order: 4, most: 6 * MIB },
  { order: 6, most: 12 * MIB },
  { order: 8, most: 20 * MIB },
  { order: 8, most: 40 * MIB },
  { order: 8, most: 64 * MIB },
  { order: 8, most: 128 * MIB },
  { order: 8, most: 160 * MIB },
  { order: 12, most: 320 * MIB },
  { order: 12, most: 512 * MIB },
  { order: 12, most: 512 * MIB },
];

/** Bytes of memory that a byte may need, in data that never repeats. */
const MOST_PER_BYTE = 32;
/** Bytes of memory that a byte usually needs with orders above 6: with less, a lower order does better. */
const USUAL_PER_BYTE = 12;
const LOWER_ORDER = 6;

/** @param length bytes of input; memory is not taken for more than they need */
export function ppmParameters(length: number, level: number, { halvings = 0 }: TableOptions = {}): PpmParameters {
  const { order, most } = LEVELS[level - 1];
  const bytes = Math.min(most / 2 ** halvings, MOST_PER_BYTE * length);
  let arena = 0;
  while (arena < MOST_ARENA && arenaBytes(arena + 1) <= bytes) arena++;
  return { order: bytes < USUAL_PER_BYTE * length ? Math.min(order, LOWER_ORDER) : order, arena };
}

export function writePpmParameters({ order, arena }: PpmParameters, writer: ByteWriter): void {
  writer.byte((ORDERS.indexOf(order) << ARENA_BITS) | arena);
}

/** @throws PithError `invalid-field` on values that no encoder writes */
export function readPpmParameters(reader: ByteReader): PpmParameters {
  const { offset } = reader;
  const byte = reader.byte();
  const arena = byte & (2 ** ARENA_BITS - 1);
  if (arena > MOST_ARENA) {
    throw new PithError("invalid-field", "the contexts of a block have no such memory", {
      offset,
      expected: `at most ${MOST_ARENA}`,
      got: arena,
    });
  }
  return { order: ORDERS[byte >> ARENA_BITS], arena };
}
