/**
 * Codes arrays of symbols under one adaptive model, a slice at a time: memory is a few buffers of fixed size, however
 * long the array is.
 */
import { decodeAdaptive, encodeAdaptive, initModel, modelBytes } from "./adaptive-model";
import {
  MAXIMUM_BYTES_PER_SYMBOL,
  finishRangeEncoder,
  rangeCodedEnd,
  rangeDecodedEnd,
  rangeDecoderFault,
  rangeDecoderPosition,
  rangeFinalByte,
  rebaseRangeDecoder,
  rebaseRangeEncoder,
  startRangeDecoder,
  startRangeEncoder,
} from "./range-coder";

/** Symbols a slice at most. */
export const SLICE: i32 = 16384;

const symbolBuffer = memory.data(SLICE * 2, 16);
// Room for a slice at its worst, and for the byte that ends a stream.
const codedBuffer = memory.data(SLICE * MAXIMUM_BYTES_PER_SYMBOL + 16, 16);
const PAGE: usize = 65536;

/** Where the host puts or takes symbols, two bytes each. */
export function symbolsAddress(): usize {
  return symbolBuffer;
}

/** Where the host takes or puts coded bytes. */
export function codedAddress(): usize {
  return codedBuffer;
}

/** Room for coded bytes: what the host must offer a decoder for a whole slice, unless the data ends sooner. */
export function codedCapacity(): i32 {
  return SLICE * MAXIMUM_BYTES_PER_SYMBOL + 16;
}

// @ts-ignore: decorator
@inline
function model(): usize {
  return (__heap_base + 15) & ~15;
}

/** Sets up the model; the memory may grow. */
export function prepare(size: u32, increment: u32, limit: u32): void {
  const pages = <i32>((model() + modelBytes(size) + PAGE - 1) / PAGE) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  initModel(model(), size, increment, limit);
}

export function startEncoding(): void {
  startRangeEncoder(codedBuffer);
}

/** Codes `count` symbols of the symbol buffer; returns how many bytes it wrote to the coded buffer. */
export function encodeSlice(count: i32): i32 {
  rebaseRangeEncoder(codedBuffer);
  for (let i: i32 = 0; i < count; i++) encodeAdaptive(model(), load<u16>(symbolBuffer + (<usize>i << 1)));
  return <i32>(rangeCodedEnd() - codedBuffer);
}

/** Ends the stream; returns how many bytes it wrote to the coded buffer, 0 or 1. */
export function finishEncoding(): i32 {
  rebaseRangeEncoder(codedBuffer);
  finishRangeEncoder();
  return <i32>(rangeCodedEnd() - codedBuffer);
}

/** Starts on the first `length` bytes of the stream, which the host has put into the coded buffer. */
export function startDecoding(length: i32): void {
  startRangeDecoder(codedBuffer, codedBuffer + length);
}

/** Goes on with the `length` bytes that follow those read so far, which the host has put into the coded buffer. */
export function refill(length: i32): void {
  rebaseRangeDecoder(codedBuffer, codedBuffer + length);
}

/** Decodes `count` symbols into the symbol buffer; returns how many bytes of the coded buffer it read or passed. */
export function decodeSlice(count: i32): i32 {
  for (let i: i32 = 0; i < count; i++) store<u16>(symbolBuffer + (<usize>i << 1), decodeAdaptive(model()));
  return <i32>(rangeDecoderPosition() - codedBuffer);
}

/** How far the stream's end, if this is it, lies before what was read: 5 or 6 bytes. */
export function unreadBytes(): i32 {
  return <i32>(rangeDecoderPosition() - rangeDecodedEnd());
}

/** The byte that ends the stream, if this is its end; −1 if none does. */
export function finalByte(): i32 {
  return rangeFinalByte();
}

/** How far into the coded buffer the decoder was when the stream led where no encoder's does; −1 if it did not. */
export function faultPosition(): i32 {
  const address = rangeDecoderFault();
  return address == 0 ? -1 : <i32>(address - codedBuffer);
}
