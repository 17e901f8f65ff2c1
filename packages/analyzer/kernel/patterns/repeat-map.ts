/**
 * Where the pieces are that occurred before: numbers of them for each cell of the file, and a bit for each block.
 *
 * A cell is 2^shift blocks; when the file outgrows the cells, pairs of them become one. A cell keeps its numbers apart
 * by level of the hash (see hash-table.ts), so that those of a sample can be told from what was counted before the
 * sample had to be that small.
 */

/** Cells at most. */
export const CELLS: u32 = 1024;
/** Levels that are told apart; beyond the last, all are one. */
export const CELL_LEVELS: u32 = 32;
/** Pieces of three sizes. */
export const SIZES: u32 = 3;

const CELL_BYTES: usize = CELL_LEVELS * 4;
const SIZE_BYTES: usize = <usize>CELLS * CELL_BYTES;
/** Memory of the cells, in bytes. */
export const MAP_BYTES: usize = <usize>SIZES * SIZE_BYTES;

let cells: usize = 0;
let shift: u32 = 0;
let bits: usize = 0;
let bitCapacity: u32 = 0;

/**
 * @param cellsAddress zeros, {@link MAP_BYTES}
 * @param bitsAddress zeros, a bit for each of `blocks` blocks; later blocks have none
 */
export function initRepeatMap(cellsAddress: usize, bitsAddress: usize, blocks: u32): void {
  cells = cellsAddress;
  shift = 0;
  bits = bitsAddress;
  bitCapacity = blocks;
}

/** Numbers of repeats: 3 sizes (blocks first) times {@link CELLS} cells times {@link CELL_LEVELS} levels, u32. */
export function cellsOfMap(): usize {
  return cells;
}

/** log2 of the blocks of a cell. */
export function cellShift(): u32 {
  return shift;
}

// @ts-ignore: decorator
@inline
function cellAddress(size: u32, cell: u32, level: u32): usize {
  return cells + <usize>size * SIZE_BYTES + <usize>cell * CELL_BYTES + (<usize>level << 2);
}

/** Makes cells at least 2^least blocks large, and large enough for this block. */
export function coverBlock(block: u32, least: u32): void {
  while (shift < least || block >> shift >= CELLS) {
    shift++;
    for (let size: u32 = 0; size < SIZES; size++) {
      for (let cell: u32 = 0; cell < CELLS / 2; cell++) {
        for (let level: u32 = 0; level < CELL_LEVELS; level++) {
          const first = cellAddress(size, cell << 1, level);
          store<u32>(cellAddress(size, cell, level), load<u32>(first) + load<u32>(first, CELL_BYTES));
        }
      }
      memory.fill(cellAddress(size, CELLS / 2, 0), 0, SIZE_BYTES / 2);
    }
  }
}

/** A piece in this block occurred before; the block is covered. */
// @ts-ignore: decorator
@inline
export function noteRepeat(size: u32, block: u32, level: u32): void {
  const address = cellAddress(size, block >> shift, min(level, CELL_LEVELS - 1));
  store<u32>(address, load<u32>(address) + 1);
}

/** The block itself occurred before. */
export function markBlock(block: u32): void {
  if (block >= bitCapacity) return;
  const address = bits + (block >> 3);
  const bit: u32 = 1 << (block & 7);
  store<u8>(address, load<u8>(address) | <u8>bit);
}

/** Where the bits are: of block b, bit b % 8 of byte b / 8. */
export function markedBlocks(): usize {
  return bits;
}
