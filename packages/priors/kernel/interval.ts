/**
 * The interval of a message: what binary arithmetic coding leaves of all numbers, bit by bit. It splits and moves on as
 * that of the entropy coder does, whose format it shares. There it ends with a byte and a length is stored beside it; here
 * the host names its end by the shortest number in it, so the decoder needs the interval as much as the encoder.
 */

/** Ends of the interval, both inclusive, behind the bytes on which they agree. */
export let low: u32 = 0;
export let high: u32 = 0xffffffff;

/** The agreed bytes since {@link rewind}, and how many. */
const AGREED: usize = memory.data(64, 16);
let agreed: usize = 0;

/** The number to be decoded: four bytes at the interval's position, and where the next ones are. */
let code: u32 = 0;
let next: usize = 0;
let end: usize = 0;

/** Starts with all numbers. */
export function startInterval(): void {
  low = 0;
  high = 0xffffffff;
  agreed = 0;
  next = 0;
  end = 0;
}

/** Starts on a number's bytes, from `address` up to `past`; zeros follow. */
export function startNumber(address: usize, past: usize): void {
  startInterval();
  next = address;
  end = past;
  for (let i = 0; i < 4; i++) pull();
}

function pull(): void {
  code = (code << 8) | (next < end ? <u32>load<u8>(next) : 0);
  next++;
}

/** Address of the agreed bytes since {@link rewind}. */
export function agreedAddress(): usize {
  return AGREED;
}

/** How many there are, at most 32 a byte of content. */
export function agreedLength(): usize {
  return agreed;
}

/** Forgets the agreed bytes: the host has them. */
export function rewind(): void {
  agreed = 0;
}

function agree(): void {
  do {
    store<u8>(AGREED + agreed, <u8>(high >> 24));
    agreed++;
    low <<= 8;
    high = (high << 8) | 0xff;
    pull();
  } while ((low ^ high) >>> 24 == 0);
}

/**
 * Narrows the interval to that of a bit; a one has the lower part.
 *
 * @param p16 probability of a one, 1 … 65535 of 65536
 */
// @ts-ignore: decorator
@inline
export function narrow(bit: i32, p16: i32): void {
  const middle: u32 = split(p16);
  if (bit) high = middle;
  else low = middle + 1;
  if ((low ^ high) >>> 24 == 0) agree();
}

/** As {@link narrow}, to where the number lies. @returns the bit */
// @ts-ignore: decorator
@inline
export function narrowToNumber(p16: i32): i32 {
  const bit = <i32>(code <= split(p16));
  narrow(bit, p16);
  return bit;
}

// @ts-ignore: decorator
@inline
function split(p16: i32): u32 {
  return low + <u32>((<u64>(high - low) * <u64>p16) >> 16);
}
