/**
 * Records that repeat on three scales, aligned to 1000, 100 and 10 bytes: as good a case for block-aligned patterns as
 * there is.
 *
 * A page of 1000 bytes is one of 256 known pages, one time in four. Otherwise it has ten rows, each of which is one of
 * 1024 known rows, every other time. Otherwise the row has ten fields: a number that counts the rows, and nine that are
 * of 4096 known fields, or three times in eight digits at random.
 */
import { random64 } from "./random";

const FIELD: usize = 10;
const ROW: usize = 100;
export const PAGE_BYTES: usize = 1000;
const FIELDS: usize = 4096;
const ROWS: usize = 1024;
const PAGES: usize = 256;

const fields = memory.data(40960, 16);
const rows = memory.data(102400, 16);
const pages = memory.data(256000, 16);

let rowNumber: u64 = 0;

export function startStructured(): void {
  rowNumber = 0;
  for (let i: usize = 0; i < FIELDS; i++) writeDigits(fields + i * FIELD, random64());
  for (let i: usize = 0; i < ROWS; i++) writeRow(rows + i * ROW);
  for (let i: usize = 0; i < PAGES; i++) writeRows(pages + i * PAGE_BYTES);
}

/** Ten digits. */
function writeDigits(address: usize, value: u64): void {
  let rest = <u32>(value % 10000000000 / 100000);
  for (let half: usize = 0; half < FIELD; half += FIELD / 2) {
    for (let i: usize = FIELD / 2; i > 0; i--) {
      store<u8>(address + half + i - 1, <u8>(0x30 + (rest % 10)));
      rest /= 10;
    }
    rest = <u32>(value % 100000);
  }
}

function writeRow(address: usize): void {
  writeDigits(address, rowNumber++);
  let bits = random64();
  for (let at: usize = FIELD; at < ROW; at += FIELD) {
    if ((bits & 7) < 3) writeDigits(address + at, random64());
    else memory.copy(address + at, fields + <usize>(random64() & (FIELDS - 1)) * FIELD, FIELD);
    bits >>= 3;
  }
}

function writeRows(address: usize): void {
  for (let at: usize = 0; at < PAGE_BYTES; at += ROW) {
    const bits = random64();
    if (bits & 1) memory.copy(address + at, rows + <usize>((bits >> 1) & (ROWS - 1)) * ROW, ROW);
    else writeRow(address + at);
  }
}

/** Writes whole pages from `address` until `end` is reached or passed; returns where it stopped. */
export function writeStructured(address: usize, end: usize): usize {
  for (; address < end; address += PAGE_BYTES) {
    const bits = random64();
    if ((bits & 3) == 0) memory.copy(address, pages + <usize>((bits >> 2) & (PAGES - 1)) * PAGE_BYTES, PAGE_BYTES);
    else writeRows(address);
  }
  return address;
}
