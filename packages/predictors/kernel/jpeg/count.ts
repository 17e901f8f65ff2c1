/** Contexts of how many coefficients of a block are not zero. */

import { hash } from "../hash";
import { kind } from "./blocks";
import { enter } from "../numbers/decisions";
import { COUNT, expect, startNumber } from "./numbers";
import { neighbourCount, plane, samePlaceCount } from "./planes";

/** Keeps contexts apart from those of coefficients. */
const CONTEXTS: i32 = 128 << 4;

/**
 * Contexts of a number of coefficients, 0 … 63: of its three high bits, or, behind them, of its three low ones.
 *
 * @param high the high ones, or −1
 */
export function enterCount(high: i32): void {
  const l = neighbourCount(-1, 0);
  const a = neighbourCount(0, 1);
  const al = neighbourCount(-1, 1);
  const ar = neighbourCount(1, 1);
  const mean = (l + a + 1) >> 1;
  const wide = (2 * l + 2 * a + al + ar + 3) / 6;
  const other = samePlaceCount(plane - 1);
  const first = samePlaceCount(0);
  const base = CONTEXTS + (kind << 4) + high + 1;
  for (let n = 0; n < SLOTS; n++) enter(n, hash(base, n));
  enter(0, hash(base, mean));
  enter(1, hash(base, l | (a << 8)));
  enter(2, hash(base, wide | (1 << 20)));
  enter(3, hash(base, (l >> 1) | ((a >> 1) << 8) | ((ar >> 2) << 16) | ((al >> 2) << 24)));
  enter(4, hash(base, other | (wide >> 1 << 8)));
  enter(5, hash(base, first | (other << 8)));
  enter(6, hash(base, a | (ar << 8)));
  enter(7, hash(base, l | ((al >> 1) << 8)));
  startNumber(COUNT, kind, 0, wide);
  expect(0, 0, 0, 0);
}
