/** The last bytes: all of the last 1 to 8, or some of the last four. */

import { hash } from "../../hash";
import { last4, last8 } from "../bytes";
import { context } from "./context";

export function updateOrders(): void {
  context("order-1", last4 & 0xff, 1);
  context("order-2", last4 & 0xffff, 2);
  context("order-3", last4 & 0xffffff, 3);
  context("order-4", last4, 4);
  context("order-5", last4, (last8 & 0xff) | 0x500);
  context("order-6", last4, (last8 & 0xffff) | 0x60000);

  context("order-8", last4, hash(last8, 8));

  // Without the last one.
  context("skip-3", last4 & 0xffffff00, 11);
  context("skip-2", last4 & 0x00ffff00, 12);

  // By how far back they are.
  context("byte-4", last4 & 0xff000000, 13);
  context("bytes-2-3", last4 & 0xffff00, 14);
  context("bytes-2-4", last4 & 0xff00ff00, 15);
  context("bytes-3-4", last4 & 0xffff0000, 16);
}
