/**
 * Memory of the context tree: blocks of units, each unit of 12 bytes. What is given back is kept in a list for its size and
 * handed out again; otherwise the next units that nobody had are. Nothing is ever joined or moved, so a block costs a few
 * instructions, and when neither a list nor the rest has one, the tree is full.
 */

/** Bytes of a unit: a context, or two states. */
export const UNIT: usize = 12;

/** Sizes of blocks: 1 to 4 units, then about a third more each time, to 128. */
const SIZES: i32 = 14;
const MOST_UNITS: i32 = 128;

const sizes = memory.data<u8>([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128]);
/** By units that are needed: the size that has them. */
const sizeOf = memory.data(MOST_UNITS + 1);
/** By size: the first block that was given back, 0 if there is none. A block's first word is the next one. */
const free = memory.data(SIZES * 4, 4);

let next: usize = 0;
let end: usize = 0;

/** Forgets all blocks; those to come lie in the `bytes` from `address` on. */
export function startArena(address: usize, bytes: usize): void {
  next = address;
  end = address + bytes;
  memory.fill(free, 0, SIZES * 4);
  let size = 0;
  for (let units = 1; units <= MOST_UNITS; units++) {
    if (units > <i32>load<u8>(sizes + size)) size++;
    store<u8>(sizeOf + units, size);
  }
}

/** A block of at least so many units; 0 if there is none left. */
// @ts-ignore: decorator
@inline
export function takeUnits(units: i32): usize {
  const size = <usize>load<u8>(sizeOf + units);
  const list = free + (size << 2);
  const given: usize = load<u32>(list);
  if (given != 0) {
    store<u32>(list, load<u32>(given));
    return given;
  }
  const block = next;
  const after = block + <usize>load<u8>(sizes + size) * UNIT;
  if (after > end) return 0;
  next = after;
  return block;
}

/** Gives back a block that was taken for so many units. */
// @ts-ignore: decorator
@inline
export function giveUnits(block: usize, units: i32): void {
  const list = free + (<usize>load<u8>(sizeOf + units) << 2);
  store<u32>(block, load<u32>(list));
  store<u32>(list, <u32>block);
}

/** Whether a block for so many units holds one unit more. */
// @ts-ignore: decorator
@inline
export function hasRoomForOneMore(units: i32): bool {
  return load<u8>(sizeOf + units) == load<u8>(sizeOf + units + 1);
}
