/** Reads the thesis's framing (section 5): bytes in, cells out, whose letters are resolved elsewhere. */
import { checkUtf8, missingBytes, startUtf8 } from "./utf8";
export { leastByte, missingBytes, mostByte } from "./utf8";

/** Bytes a slice at most. */
export const SLICE: i32 = 32768;
const BREAK: i32 = 15;
/** A byte that begins coded characters; no character's UTF-8 has it. */
const DOUBLE_BREAK: i32 = 255;
/** The first cell that is a code. */
const FIRST_CODE: i32 = 256;
/** Vectors may be read and written beyond an end. */
const SLACK: i32 = 64;

const input = memory.data(SLICE + SLACK, 16);
const cells = memory.data(SLICE * 4 + SLACK, 16); // u16

let inRun: bool = false;
/** Whether the run has no character yet. */
let emptyRun: bool = false;
let faultAt: i32 = -1;
let written: usize = 0;

/** Where the host puts bytes. */
export function inputAddress(): usize {
  return input;
}

/** Where the host takes cells, two bytes each. */
export function cellsAddress(): usize {
  return cells;
}

/** Whether the stream is inside a coded run. */
export function coding(): bool {
  return inRun;
}

/** Which byte of the slice no encoder would have written; −1 if there is none. */
export function faultPosition(): i32 {
  return faultAt;
}

/** Starts a stream. */
export function start(): void {
  inRun = false;
  faultAt = -1;
  startUtf8();
}

/** Decodes `count` bytes; returns how many cells they gave. */
export function decode(count: i32): i32 {
  written = cells;
  const end = input + count;
  let at: usize = input;
  while (at < end && faultAt < 0) at = inRun ? readCodes(at, end) : readText(at, end);
  return <i32>((written - cells) >> 1);
}

/** Notes that the byte there is wrong; returns where nothing is read any more. */
function fault(at: usize): usize {
  faultAt = <i32>(at - input);
  return at;
}

/** Reads UTF-8 up to the double break; returns where to go on. */
function readText(start: usize, end: usize): usize {
  const stop = checkUtf8(start, end);
  for (let at = start; at < stop; at += 16) {
    const bytes = v128.load(at);
    v128.store(written + ((at - start) << 1), i16x8.extend_low_i8x16_u(bytes));
    v128.store(written + ((at - start) << 1), i16x8.extend_high_i8x16_u(bytes), 16);
  }
  written += (stop - start) << 1;
  if (stop == end) return end;
  if (load<u8>(stop) != DOUBLE_BREAK || missingBytes() > 0) return fault(stop);
  inRun = true;
  emptyRun = true;
  return stop + 1;
}

/** Reads codes up to the break; returns where to go on. */
function readCodes(start: usize, end: usize): usize {
  let at = start;
  const low = i8x16.splat(15);
  const first = i16x8.splat(<i16>FIRST_CODE);
  for (; at + 16 <= end; at += 16) {
    const bytes = v128.load(at);
    const firsts = i8x16.shr_u(bytes, 4);
    const seconds = v128.and(bytes, low);
    if (v128.any_true(v128.or(i8x16.eq(firsts, low), i8x16.eq(seconds, low)))) break;
    // prettier-ignore
    const early = i8x16.shuffle(firsts, seconds, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    // prettier-ignore
    const late = i8x16.shuffle(firsts, seconds, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    v128.store(written, v128.or(i16x8.extend_low_i8x16_u(early), first));
    v128.store(written, v128.or(i16x8.extend_high_i8x16_u(early), first), 16);
    v128.store(written, v128.or(i16x8.extend_low_i8x16_u(late), first), 32);
    v128.store(written, v128.or(i16x8.extend_high_i8x16_u(late), first), 48);
    written += 64;
    emptyRun = false;
  }
  for (; at < end; at++) {
    const byte = <i32>load<u8>(at);
    if (byte >> 4 == BREAK) {
      // A break comes twice if no code stands before it, and no run is without codes.
      if (byte != DOUBLE_BREAK || emptyRun) return fault(at);
      inRun = false;
      return at + 1;
    }
    writeCode(byte >> 4);
    emptyRun = false;
    if ((byte & 15) == BREAK) {
      inRun = false;
      return at + 1;
    }
    writeCode(byte & 15);
  }
  return end;
}

// @ts-ignore: decorator
@inline
function writeCode(code: i32): void {
  store<u16>(written, <u16>(FIRST_CODE + code));
  written += 2;
}
