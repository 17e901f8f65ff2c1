/**
 * Range coder: a symbol at a time, as a part of an interval of up to 2^48, without carries.
 *
 * The interval is `low … low + range - 1`. A symbol of frequency f out of a total takes f / total of it; what the
 * division leaves over goes to the last symbol. Leading bytes on which both ends agree leave. Should the ends straddle a
 * byte's boundary while the range falls below 2^24 (about once in 65536 bytes), the part beyond the boundary is given
 * up, which costs a bit or two, so that no carry ever runs back through what was written.
 *
 * A total of frequencies is 2^22 at most, so that the rarest symbol has 4 numbers at least in the smallest range.
 *
 * State is global: one encoder and one decoder an instance. The TypeScript twin, `src/range-coder.ts`, gives the same
 * bytes.
 */

/** The most bytes that one symbol writes or reads. */
export const MAXIMUM_BYTES_PER_SYMBOL: i32 = 8;

const FULL: u64 = 1 << 48;
const TOP: u64 = 1 << 40;
const BOTTOM: u64 = 1 << 24;

let encoderLow: u64 = 0;
let encoderRange: u64 = FULL;
let encoderNext: usize = 0;

let decoderLow: u64 = 0;
let decoderRange: u64 = FULL;
/** The six coded bytes that lie at the interval's position. */
let decoderCode: u64 = 0;
/** `decoderRange` per unit of frequency, between the two steps of decoding. */
let decoderUnit: u64 = 0;
let decoderNext: usize = 0;
let decoderEnd: usize = 0;
/** Where reading was when the stream first led where no encoder's does; 0 if it did not. */
let decoderFault: usize = 0;

/** Starts a stream whose bytes go to `address` and up. */
export function startRangeEncoder(address: usize): void {
  encoderLow = 0;
  encoderRange = FULL;
  encoderNext = address;
}

/** The address after the last byte written. */
// @ts-ignore: decorator
@inline
export function rangeCodedEnd(): usize {
  return encoderNext;
}

/** Goes on writing at `address`: for a host that has taken what was written so far. */
export function rebaseRangeEncoder(address: usize): void {
  encoderNext = address;
}

// @ts-ignore: decorator
@inline
function settled(low: u64, range: u64): bool {
  return (low ^ (low + range - 1)) < TOP;
}

function shiftOut(): void {
  let low = encoderLow;
  let range = encoderRange;
  for (;;) {
    if (!settled(low, range)) {
      if (range >= BOTTOM) break;
      range = BOTTOM - (low & (BOTTOM - 1));
    }
    store<u8>(encoderNext, <u8>(low >> 40));
    encoderNext++;
    low = (low & (TOP - 1)) << 8;
    range <<= 8;
  }
  encoderLow = low;
  encoderRange = range;
}

/**
 * Codes a symbol.
 *
 * @param cumulative sum of the frequencies of the symbols before it
 * @param frequency its own, at least 1
 * @param total sum of all frequencies, at most 2^22
 */
// @ts-ignore: decorator
@inline
export function encodeInterval(cumulative: u32, frequency: u32, total: u32): void {
  const unit = encoderRange / total;
  const skipped = unit * cumulative;
  encoderLow += skipped;
  encoderRange = cumulative + frequency < total ? unit * frequency : encoderRange - skipped;
  if (settled(encoderLow, encoderRange) || encoderRange < BOTTOM) shiftOut();
}

/**
 * Codes a bit.
 *
 * @param bit 0 or 1
 * @param p16 probability of a one, 1 … 65535 of 65536
 */
// @ts-ignore: decorator
@inline
export function encodeRangeBit(bit: i32, p16: i32): void {
  const split = (encoderRange >> 16) * <u64>p16;
  if (bit) {
    encoderRange = split;
  } else {
    encoderLow += split;
    encoderRange -= split;
  }
  if (settled(encoderLow, encoderRange) || encoderRange < BOTTOM) shiftOut();
}

/** Ends the stream with no byte or one; the decoder takes what follows for zeros. */
export function finishRangeEncoder(): void {
  if (encoderLow == 0) return;
  store<u8>(encoderNext, <u8>((encoderLow >> 40) + 1));
  encoderNext++;
}

// @ts-ignore: decorator
@inline
function nextByte(): u64 {
  const byte: u64 = decoderNext < decoderEnd ? load<u8>(decoderNext) : 0;
  decoderNext++;
  return byte;
}

/** Starts on the coded bytes from `address` up to `end`; zeros are read after them. */
export function startRangeDecoder(address: usize, end: usize): void {
  decoderLow = 0;
  decoderRange = FULL;
  decoderFault = 0;
  decoderNext = address;
  decoderEnd = end;
  decoderCode = 0;
  for (let i: i32 = 0; i < 6; i++) decoderCode = (decoderCode << 8) | nextByte();
}

function shiftIn(): void {
  let low = decoderLow;
  let range = decoderRange;
  for (;;) {
    if (!settled(low, range)) {
      if (range >= BOTTOM) break;
      range = BOTTOM - (low & (BOTTOM - 1));
      if (decoderCode >= low + range) {
        // The part that every encoder gives up: no stream leads there.
        if (decoderFault == 0) decoderFault = decoderNext;
        decoderCode = low;
      }
    }
    decoderCode = ((decoderCode & (TOP - 1)) << 8) | nextByte();
    low = (low & (TOP - 1)) << 8;
    range <<= 8;
  }
  decoderLow = low;
  decoderRange = range;
}

/** First step of decoding: a number below `total`; the symbol is the one whose frequencies enclose it. */
// @ts-ignore: decorator
@inline
export function decodeTarget(total: u32): u32 {
  decoderUnit = decoderRange / total;
  return <u32>min<u64>((decoderCode - decoderLow) / decoderUnit, total - 1);
}

/** Second step: takes the symbol away, with the same numbers that {@link encodeInterval} had. */
// @ts-ignore: decorator
@inline
export function consumeInterval(cumulative: u32, frequency: u32, total: u32): void {
  const skipped = decoderUnit * cumulative;
  decoderLow += skipped;
  decoderRange = cumulative + frequency < total ? decoderUnit * frequency : decoderRange - skipped;
  if (settled(decoderLow, decoderRange) || decoderRange < BOTTOM) shiftIn();
}

/**
 * Decodes a bit.
 *
 * @param p16 as it was when the bit was coded
 * @returns 0 or 1
 */
// @ts-ignore: decorator
@inline
export function decodeRangeBit(p16: i32): i32 {
  const split = (decoderRange >> 16) * <u64>p16;
  const bit = <i32>(decoderCode - decoderLow < split);
  if (bit) {
    decoderRange = split;
  } else {
    decoderLow += split;
    decoderRange -= split;
  }
  if (settled(decoderLow, decoderRange) || decoderRange < BOTTOM) shiftIn();
  return bit;
}

/** The address of the next byte to read: six bytes past what the symbols so far needed. */
// @ts-ignore: decorator
@inline
export function rangeDecoderPosition(): usize {
  return decoderNext;
}

/** The address where the coded bytes end if no symbol follows: exactly where the encoder stopped. */
export function rangeDecodedEnd(): usize {
  return decoderNext - (decoderLow == 0 ? 6 : 5);
}

/** The byte that {@link finishRangeEncoder} wrote if no symbol follows, for it is always the same; −1 if it wrote none. */
export function rangeFinalByte(): i32 {
  return decoderLow == 0 ? -1 : <i32>(decoderLow >> 40) + 1;
}

/** Where reading was when the coded bytes first were such as no encoder writes; 0 if they never were. */
export function rangeDecoderFault(): usize {
  return decoderFault;
}

/** Goes on reading at `address`: for a host that has moved what was not read yet and put more after it. */
export function rebaseRangeDecoder(address: usize, end: usize): void {
  decoderNext = address;
  decoderEnd = end;
}
