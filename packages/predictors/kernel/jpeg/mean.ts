/** Contexts of a block's mean, which is coded behind all else: how far it is from what its edges make it. */

import { hash } from "../hash";
import { aboveBlock, at, firstPlane, kind, lastPlane, leftBlock, stepOf, total } from "./blocks";
import { expectedFromAbove, expectedFromLeft, mismatch } from "./boundary";
import { enter } from "../numbers/decisions";
import { classOf, signedClass } from "../numbers/magnitudes";
import { expect, MEAN, startNumber } from "./numbers";
import { blockX, blockY } from "./planes";

/** Keeps contexts apart from those of coefficients. */
const CONTEXTS: i32 = 130;

/** Contexts of the mean; returns what it is expected to be, of which only the difference is coded. */
export function enterMean(): i32 {
  const step = stepOf(0);
  const byLeft = expectedFromLeft(0, 0, step);
  const byAbove = expectedFromAbove(0, 0, step);
  const byBoth = blockX == 0 ? byAbove : blockY == 0 ? byLeft : (byLeft + byAbove) >> 1;
  const rounded = max(-32768, min(32767, (byBoth + 4) >> 3));
  const spread = classOf((byLeft - byAbove) >> 1);
  const wrong = classOf((mismatch() << 1) / step);
  const l = signedClass(at(leftBlock, 0) - rounded);
  const a = signedClass(at(aboveBlock, 0) - rounded);
  const base = CONTEXTS + kind;
  for (let n = 0; n < SLOTS; n++) enter(n, hash(base, n));
  enter(0, base | (spread << 8) | (wrong << 16));
  enter(1, base | (l << 8) | (a << 16));
  enter(2, base | (wrong << 8) | ((byBoth & 7) << 16));
  enter(3, base | (spread << 8));
  enter(4, base | (classOf(total) << 8) | (wrong << 16));
  enter(5, base | (l << 8) | (wrong << 16));
  enter(6, base | (a << 8) | (wrong << 16));
  enter(7, base | (signedClass(at(lastPlane, 0)) << 8) | (signedClass(at(firstPlane, 0)) << 16));
  startNumber(MEAN, kind, 0, wrong * 2);
  const expected = rounded << 3;
  const rest = byBoth - expected;
  expect(rest, rest, blockX == 0 ? rest : byLeft - expected, blockY == 0 ? rest : byAbove - expected);
  return rounded;
}
