/** The next block: what of it is known, and what surrounds it. */

import { keepEdges, startEdges, takeFromEdges } from "./boundary";
import {
  advance, block, BLOCK, count, locate, neighbour, plane, quantisationAddress, samePlace,
} from "./planes";

/** The block as far as it is known: 64 i16, in rows of 8. */
export const current = memory.data(128, 64);
const zigzag = memory.data<u8>([
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55,
  62, 63,
]);


let steps: usize = 0;
/** Its neighbours, and the blocks at the same place of the first plane and of the plane before. */
export let leftBlock: usize = 0;
export let aboveBlock: usize = 0;
export let aboveLeft: usize = 0;
export let aboveRight: usize = 0;
export let farLeft: usize = 0;
export let farAbove: usize = 0;
export let firstPlane: usize = 0;
export let lastPlane: usize = 0;
/** 0 for the first plane, 1 for others. */
export let kind: i32 = 0;
/** How many of its coefficients are not zero, but for the mean. */
export let total: i32 = 0;

export function startBlock(): void {
  locate();
  steps = quantisationAddress(plane);
  kind = <i32>(plane > 0);
  leftBlock = neighbour(-1, 0);
  aboveBlock = neighbour(0, 1);
  aboveLeft = neighbour(-1, 1);
  aboveRight = neighbour(1, 1);
  farLeft = neighbour(-2, 0);
  farAbove = neighbour(0, 2);
  firstPlane = samePlace(0);
  lastPlane = samePlace(plane - 1);
  startEdges();
  memory.fill(current, 0, BLOCK);
}

/** The number of coefficients that are not zero is known. */
export function setCount(n: i32): void {
  total = n;
  store<u8>(count, n);
}

/** Place of a coefficient, by zigzag order. */
// @ts-ignore: decorator
@inline
export function placeOf(z: i32): i32 {
  return load<u8>(zigzag + z);
}

/** A coefficient of a block. */
// @ts-ignore: decorator
@inline
export function at(block: usize, place: i32): i32 {
  return load<i16>(block + (place << 1));
}

/** The block's coefficient in zigzag order, as the host has put it there. */
// @ts-ignore: decorator
@inline
export function coefficientOf(z: i32): i32 {
  return at(block, placeOf(z));
}

/** The step of quantisation at a place, at least 1. */
// @ts-ignore: decorator
@inline
export function stepOf(place: i32): i32 {
  return max(1, <i32>load<u16>(steps + (place << 1)));
}

/** A coefficient has become known that is not zero. */
// @ts-ignore: decorator
@inline
export function put(place: i32, value: i32): void {
  store<i16>(current + (place << 1), value);
  store<i16>(block + (place << 1), value);
  takeFromEdges(place & 7, place >> 3, value * stepOf(place));
}

/** The mean has become known, and with it the block. */
export function endBlock(mean: i32): void {
  store<i16>(block, mean);
  keepEdges(block);
  advance();
}
