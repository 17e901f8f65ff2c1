/** The picture: a plane of blocks for each component, and where in it the next block lies. */

import { allocate } from "../memory";

/** Components, at most. */
const MOST_PLANES: i32 = 4;
/** Bytes of a block: 64 i16, in rows of 8. */
export const BLOCK: usize = 128;

const coefficients = memory.data(MOST_PLANES * 4, 16); // usize [plane]
const counts = memory.data(MOST_PLANES * 4, 16); // usize [plane]: u8 [block]
const widths = memory.data(MOST_PLANES * 4, 16); // i32 [plane]
const heights = memory.data(MOST_PLANES * 4, 16); // i32 [plane]
const quantisations = memory.data(MOST_PLANES * 128, 64); // u16 [plane][64], in rows of 8
/** What stands for blocks beyond the edges. */
const nothing = memory.data(128, 64);

let planes: i32 = 0;

/** The next block. */
export let plane: i32 = 0;
export let blockX: i32 = 0;
export let blockY: i32 = 0;
/** Of its plane, in blocks. */
export let wide: i32 = 0;
export let block: usize = 0;
/** Address of its number of coefficients that are not zero. */
export let count: usize = 0;

export function resetPlanes(): void {
  planes = 0;
  plane = 0;
  blockX = 0;
  blockY = 0;
}

/** Adds a component of so many blocks; returns the address of its coefficients, i16, all zero. */
export function addPlane(across: i32, down: i32): usize {
  const address = allocate(<usize>across * <usize>down * BLOCK);
  store<usize>(coefficients + (planes << 2), address);
  store<i32>(widths + (planes << 2), across);
  store<i32>(heights + (planes << 2), down);
  planes++;
  return address;
}

/** Of a component: u16, in rows of 8. */
export function quantisationAddress(n: i32): usize {
  return quantisations + (n << 7);
}

/** After all planes are there. */
export function startPlanes(): void {
  for (let n = 0; n < planes; n++) {
    store<usize>(counts + (n << 2), allocate(<usize>(load<i32>(widths + (n << 2)) * load<i32>(heights + (n << 2)))));
  }
}

/** Blocks across the widest plane. */
export function widest(): i32 {
  let most = 0;
  for (let n = 0; n < planes; n++) most = max(most, load<i32>(widths + (n << 2)));
  return most;
}

/** Looks up where the next block lies. */
export function locate(): void {
  wide = load<i32>(widths + (plane << 2));
  const number = <usize>(blockY * wide + blockX);
  block = load<usize>(coefficients + (plane << 2)) + number * BLOCK;
  count = load<usize>(counts + (plane << 2)) + number;
}

/** Goes on to the next block, row by row, plane by plane. */
export function advance(): void {
  if (++blockX < wide) return;
  blockX = 0;
  if (++blockY < load<i32>(heights + (plane << 2))) return;
  blockY = 0;
  plane++;
}

/** Whether there is a block so far to the right and so far up. */
// @ts-ignore: decorator
@inline
function hasNeighbour(right: i32, up: i32): bool {
  return blockX + right >= 0 && blockX + right < wide && blockY >= up;
}

/** A block before the next one in its plane; one of zeros if it is beyond the edges. */
// @ts-ignore: decorator
@inline
export function neighbour(right: i32, up: i32): usize {
  return hasNeighbour(right, up) ? block + (right - up * wide) * <i32>BLOCK : nothing;
}

/** Its number of coefficients that are not zero; 0 beyond the edges. */
// @ts-ignore: decorator
@inline
export function neighbourCount(right: i32, up: i32): i32 {
  return hasNeighbour(right, up) ? <i32>load<u8>(count + (right - up * wide)) : 0;
}

/** Number of the block of an earlier plane at the same place of the picture. */
function sameNumber(other: i32): usize {
  const across = load<i32>(widths + (other << 2));
  const x = <i32>((<i64>blockX * across) / wide);
  const y = <i32>((<i64>blockY * load<i32>(heights + (other << 2))) / load<i32>(heights + (plane << 2)));
  return <usize>(y * across + x);
}

/** The block of an earlier plane at the same place of the picture; one of zeros where there is no such plane. */
export function samePlace(other: i32): usize {
  if (other < 0 || other >= plane) return nothing;
  return load<usize>(coefficients + (other << 2)) + sameNumber(other) * BLOCK;
}

/** Its number of coefficients that are not zero. */
export function samePlaceCount(other: i32): i32 {
  if (other < 0 || other >= plane) return 0;
  return <i32>load<u8>(load<usize>(counts + (other << 2)) + sameNumber(other));
}
