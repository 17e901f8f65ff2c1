/**
 * Counts of bytes along the file, in cells. A cell is 2^shift bytes; when the file outgrows the cells, pairs of them
 * become one.
 */

/** Cells at most. */
export const CELLS: u32 = 1024;
/** log2 bytes of the smallest cell. */
const FIRST_SHIFT: u32 = 10;
const CELL_BYTES: usize = 256 * 4;
/** Memory of the cells, in bytes. */
export const PROFILE_BYTES: usize = <usize>CELLS * CELL_BYTES;

/** Neighbours are counted in different tables: runs of one byte would otherwise wait for their own counter. */
const parts = memory.data(4 * 256 * 4, 16);

let cells: usize = 0;
let shift: u32 = FIRST_SHIFT;

/** @param address zeros, {@link PROFILE_BYTES} */
export function initProfile(address: usize): void {
  cells = address;
  shift = FIRST_SHIFT;
}

/** log2 bytes of a cell. */
export function profileShift(): u32 {
  return shift;
}

/** All cells, 256 u32 each. */
export function profileCells(): usize {
  return cells;
}

// @ts-ignore: decorator
@inline
function profileCell(cell: u32): usize {
  return cells + <usize>cell * CELL_BYTES;
}

/** Adds the counts at `from` to those at `to`; 256 u32 each. */
function addCounts(to: usize, from: usize): void {
  for (let i: usize = 0; i < CELL_BYTES; i += 16) {
    v128.store(to + i, i32x4.add(v128.load(to + i), v128.load(from + i)));
  }
}

/** Makes cells at least 2^least bytes large, and large enough for this offset. */
export function coverOffset(offset: u64, least: u32): void {
  while (shift < least || offset >> <u64>shift >= <u64>CELLS) {
    shift++;
    for (let cell: u32 = 0; cell < CELLS / 2; cell++) {
      const first = profileCell(cell << 1);
      addCounts(first, first + CELL_BYTES);
      if (cell > 0) memory.copy(profileCell(cell), first, CELL_BYTES);
    }
    memory.fill(profileCell(CELLS / 2), 0, PROFILE_BYTES / 2);
  }
}

// @ts-ignore: decorator
@inline
function increment(part: usize, address: usize): void {
  const counter = parts + part * CELL_BYTES + (<usize>load<u8>(address) << 2);
  store<u32>(counter, load<u32>(counter) + 1);
}

/** Counts the bytes of a window that lies at `offset` of the file. */
export function countProfile(address: usize, length: usize, offset: u64): void {
  const end = address + length;
  coverOffset(offset + length - 1, 0);
  while (address < end) {
    const cell = profileCell(<u32>(offset >> shift));
    const inCell = <usize>((((offset >> shift) + 1) << shift) - offset);
    const last = min(end, address + inCell);
    offset += last - address;
    memory.fill(parts, 0, 4 * CELL_BYTES);
    for (; address + 4 <= last; address += 4) {
      increment(0, address);
      increment(1, address + 1);
      increment(2, address + 2);
      increment(3, address + 3);
    }
    for (; address < last; address++) increment(0, address);
    for (let part: usize = 0; part < 4; part++) addCounts(cell, parts + part * CELL_BYTES);
  }
}
