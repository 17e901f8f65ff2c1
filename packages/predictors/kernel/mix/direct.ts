/**
 * Direct tables of orders 0, 1 and, in some models, 2: an adaptive probability for each byte prefix. Cells are kept as differences
 * from ½, so that an untouched table is all zeros.
 */

import { allocate } from "../memory";
import { hash } from "../hash";
import { stretch } from "../math";
import { HALF, learnt, probability12 } from "../state-map";
import { last4, partial } from "./bytes";
import { touch } from "./journal";

const ORDER_0: bool = has("tables", "order-0");
const ORDER_1: bool = has("tables", "order-1");
const ORDER_2: bool = has("tables", "order-2");

/** Inputs of the mixer: one of order 0, two each of the others. */
export const DIRECT_INPUTS: i32 = (ORDER_0 ? 1 : 0) + (ORDER_1 ? 2 : 0) + (ORDER_2 ? 2 : 0);
const AT_ORDER_1: usize = ORDER_0 ? 4 : 0;
const AT_ORDER_2: usize = AT_ORDER_1 + (ORDER_1 ? 8 : 0);

let order0: usize = 0;
let order1: usize = 0;
let order2: usize = 0;
let order2Mask: i32 = 0;
let cell0: usize = 0;
let cell1: usize = 0;
let cell2: usize = 0;

/** `order2Bits`: log2 of the cells of order 2. */
export function startDirect(order2Bits: i32): void {
  if (ORDER_0) order0 = allocate(256 * 4);
  if (ORDER_1) order1 = allocate(65536 * 4);
  if (ORDER_2) {
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
  touch(address);
  store<i32>(address, learnt(load<i32>(address) ^ HALF, bit, limit) ^ HALF);
}

// @ts-ignore: decorator
@inline
function pair(inputs: usize, p12: i32): void {
  store<f32>(inputs, stretch(p12));
  store<f32>(inputs, <f32>(p12 - 2048) * (1.0 / 1024.0), 4);
}

/** Writes the inputs. */
// @ts-ignore: decorator
@inline
export function predictDirect(inputs: usize): void {
  if (ORDER_0) {
    const address0 = order0 + (partial << 2);
    store<f32>(inputs, stretch(probabilityAt(address0)));
    cell0 = address0;
  }
  if (ORDER_1) {
    const address1 = order1 + ((((last4 & 255) << 8) | partial) << 2);
    pair(inputs + AT_ORDER_1, probabilityAt(address1));
    cell1 = address1;
  }
  if (ORDER_2) {
    const address2 = order2 + ((hash(last4 & 0xffff, partial) & order2Mask) << 2);
    pair(inputs + AT_ORDER_2, probabilityAt(address2));
    cell2 = address2;
  }
}

/** All cells of the next byte learn it, at its start. */
export function primeDirect(byte: i32): void {
  for (let partial = 1, bit = 7; bit >= 0; bit--) {
    const next = (byte >> bit) & 1;
    if (ORDER_0) learnAt(order0 + (partial << 2), next, 255);
    if (ORDER_1) learnAt(order1 + ((((last4 & 255) << 8) | partial) << 2), next, 255);
    if (ORDER_2) learnAt(order2 + ((hash(last4 & 0xffff, partial) & order2Mask) << 2), next, 1023);
    partial = (partial << 1) | next;
  }
}

// @ts-ignore: decorator
@inline
export function learnDirect(bit: i32): void {
  if (ORDER_0) learnAt(cell0, bit, 255);
  if (ORDER_1) learnAt(cell1, bit, 255);
  if (ORDER_2) learnAt(cell2, bit, 1023);
}
