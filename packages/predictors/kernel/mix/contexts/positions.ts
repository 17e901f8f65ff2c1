/** The place within four or eight bytes. */

import { byteBack, last4, position } from "../bytes";
import { context } from "./context";

export function updatePositions(): void {
  context("order-2-place", last4 & 0xffff, ((position & 3) << 8) | 19);
  context("bytes-1-4-place", last4 & 0xff0000ff, ((position & 3) << 8) | 20);
  context("bytes-4-8-place", byteBack(4), (byteBack(8) << 8) | ((position & 3) << 16) | 23);
  context("bytes-8-16-place", byteBack(8), (byteBack(16) << 8) | ((position & 7) << 16) | 24);
}
