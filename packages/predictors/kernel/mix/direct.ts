/**
 * Direct tables of orders 0, 1 and, in some models, 2: an adaptive probability for each byte prefix. Cells are kept as differences
 * from ½, so that an untouched table is all zeros.
 */

import { allocate } from "../memory";
import { hash } from "../hash";
import { stretch } from "../math";
import { HALF, learnt, probability12 } from "../state-map";
import { last4, partial } from "./bytes";

let order0: usize = 0;
let order1: usize = 0;
let order2: usize = 0;
let order2Mask: i32 = 0;
let cell0: usize = 0;
let cell1: usize = 0;
let cell2: usize = 0;

/** `order2Bits`: log2 of the cells of order 2. */
export function startDirect(order2Bits: i32): void {
  order0 = allocate(256 * 4);
  order1 = allocate(65536 * 4);
  if (ORDERS == 2) {
    order2 = allocate(<usize>4 << order2Bits);
    order2Mask = (1 << order2Bits) - 1;
  }
}

// @ts-ignore: decorator
@inline
function probabilityAt(address: usize): i32 {
  return probability12(load<i32>(address) ^ HALF);
}

// @ts-ignore: decorator
@inline
function learnAt(address: usize, bit: i32, limit: i32): void {
  store<i32>(address, learnt(load<i32>(address) ^ HALF, bit, limit) ^ HALF);
}

// @ts-ignore: decorator
@inline
function pair(inputs: usize, p12: i32): void {
  store<f32>(inputs, stretch(p12));
  store<f32>(inputs, <f32>(p12 - 2048) * (1.0 / 1024.0), 4);
}

/** Writes one input for order 0, two each for the others. */
// @ts-ignore: decorator
@inline
export function predictDirect(inputs: usize): void {
  const address0 = order0 + (partial << 2);
  store<f32>(inputs, stretch(probabilityAt(address0)));
  cell0 = address0;
  const address1 = order1 + ((((last4 & 255) << 8) | partial) << 2);
  pair(inputs + 4, probabilityAt(address1));
  cell1 = address1;
  if (ORDERS == 2) {
    const address2 = order2 + ((hash(last4 & 0xffff, partial) & order2Mask) << 2);
    pair(inputs + 12, probabilityAt(address2));
    cell2 = address2;
  }
}

// @ts-ignore: decorator
@inline
export function learnDirect(bit: i32): void {
  learnAt(cell0, bit, 255);
  learnAt(cell1, bit, 255);
  if (ORDERS == 2) learnAt(cell2, bit, 1023);
}
