/**
 * Binary arithmetic coder: one bit at a time under a probability of 16 bits, 32-bit range, no carries.
 *
 * The interval is `low … high`, both inclusive. A bit splits it at `low + (high - low) * p / 2^16`: a one takes the
 * lower part, a zero the upper. Leading bytes on which both ends agree can change no more, and leave. As the ends then
 * differ in their first byte, the interval never gets empty, and one more byte at most names a number inside it.
 *
 * Probabilities are those of a one, 1 … 65535 of 65536. A bit writes or reads at most four bytes. State is global: one
 * encoder and one decoder an instance. The TypeScript twin, `src/binary-coder.ts`, gives the same bytes.
 */

let encoderLow: u32 = 0;
let encoderHigh: u32 = 0xffffffff;
/** Where the next coded byte goes. */
let encoderNext: usize = 0;

let decoderLow: u32 = 0;
let decoderHigh: u32 = 0xffffffff;
/** The four coded bytes that lie at the interval's position. */
let decoderCode: u32 = 0;
/** Where the next coded byte is; passes `decoderEnd` when the data was too short. */
let decoderNext: usize = 0;
let decoderEnd: usize = 0;

/** Starts a stream whose bytes go to `address` and up; the room there is the caller's to watch, by {@link codedEnd}. */
export function startEncoder(address: usize): void {
  encoderLow = 0;
  encoderHigh = 0xffffffff;
  encoderNext = address;
}

/** The address after the last byte written. */
// @ts-ignore: decorator
@inline
export function codedEnd(): usize {
  return encoderNext;
}

/** The encoder's state at {@link markEncoder}. */
let markedLow: u32 = 0;
let markedHigh: u32 = 0;

/** Keeps the encoder's state, for {@link undoEncoder}. */
export function markEncoder(): void {
  markedLow = encoderLow;
  markedHigh = encoderHigh;
}

/** Goes back to where {@link markEncoder} was called; what was written since then is void, from `address` on. */
export function undoEncoder(address: usize): void {
  encoderLow = markedLow;
  encoderHigh = markedHigh;
  encoderNext = address;
}

/** Goes on writing at `address`: for a host that has taken what was written so far. */
export function rebase(address: usize): void {
  encoderNext = address;
}

// Both loops below stand in functions of their own: the bytes come eight times as seldom as the bits, or less, and
// what is inlined stays small.
function shiftOut(): void {
  do {
    store<u8>(encoderNext, <u8>(encoderHigh >> 24));
    encoderNext++;
    encoderLow <<= 8;
    encoderHigh = (encoderHigh << 8) | 0xff;
  } while ((encoderLow ^ encoderHigh) >>> 24 == 0);
}

function shiftIn(): void {
  do {
    const byte: u32 = decoderNext < decoderEnd ? load<u8>(decoderNext) : 0;
    decoderNext++;
    decoderCode = (decoderCode << 8) | byte;
    decoderLow <<= 8;
    decoderHigh = (decoderHigh << 8) | 0xff;
  } while ((decoderLow ^ decoderHigh) >>> 24 == 0);
}

/**
 * Codes one bit.
 *
 * @param bit 0 or 1
 * @param p16 probability of a one, 1 … 65535 of 65536
 */
// @ts-ignore: decorator
@inline
export function encodeBit(bit: i32, p16: i32): void {
  const middle: u32 = encoderLow + <u32>((<u64>(encoderHigh - encoderLow) * <u64>p16) >> 16);
  if (bit) encoderHigh = middle;
  else encoderLow = middle + 1;
  if ((encoderLow ^ encoderHigh) >>> 24 == 0) shiftOut();
}

/** Ends the stream with no byte or one: zeros follow it in the decoder's eyes, whatever is stored after it. */
export function finishEncoder(): void {
  if (encoderLow == 0) return;
  // The ends differ in their first byte, so the first byte of `low`, plus one, with zeros after it is not above `high`.
  store<u8>(encoderNext, <u8>((encoderLow >> 24) + 1));
  encoderNext++;
}

/** Starts on the coded bytes from `address` up to `end`; zeros are read after them. */
export function startDecoder(address: usize, end: usize): void {
  decoderLow = 0;
  decoderHigh = 0xffffffff;
  decoderNext = address;
  decoderEnd = end;
  decoderCode = 0;
  for (let i: i32 = 0; i < 4; i++) {
    const byte: u32 = decoderNext < decoderEnd ? load<u8>(decoderNext) : 0;
    decoderNext++;
    decoderCode = (decoderCode << 8) | byte;
  }
}

/**
 * Decodes one bit.
 *
 * @param p16 probability of a one, 1 … 65535 of 65536, as it was when the bit was coded
 * @returns 0 or 1
 */
// @ts-ignore: decorator
@inline
export function decodeBit(p16: i32): i32 {
  const middle: u32 = decoderLow + <u32>((<u64>(decoderHigh - decoderLow) * <u64>p16) >> 16);
  const bit: i32 = <i32>(decoderCode <= middle);
  if (bit) decoderHigh = middle;
  else decoderLow = middle + 1;
  if ((decoderLow ^ decoderHigh) >>> 24 == 0) shiftIn();
  return bit;
}

/** The address of the next byte to read: four bytes past what the bits so far needed, and past `end` if need be. */
// @ts-ignore: decorator
@inline
export function decoderPosition(): usize {
  return decoderNext;
}

/**
 * The address where the coded bytes end if no bit follows: exactly where {@link finishEncoder} stopped. Beyond the end
 * of the data, the data is truncated; before it, something follows.
 */
export function decodedEnd(): usize {
  return decoderNext - (decoderLow == 0 ? 4 : 3);
}

/** The byte that {@link finishEncoder} wrote if no bit follows, for it is always the same; −1 if it wrote none. */
export function finalByte(): i32 {
  return decoderLow == 0 ? -1 : <i32>(decoderLow >> 24) + 1;
}

/**
 * Goes on reading at `address`: for a host that has moved what {@link decoderPosition} had not reached and put more
 * after it. It must do so before the decoder reads past the end of what it has.
 */
export function rebaseDecoder(address: usize, end: usize): void {
  decoderNext = address;
  decoderEnd = end;
}
