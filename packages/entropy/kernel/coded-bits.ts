/**
 * Coded bits in slices: the host takes or gives the coded bytes between two slices, so that they need not fit the
 * kernel's memory. A kernel says where they go and codes its symbols between `startSlice` and `sliceWritten`, or decodes
 * them before `sliceRead`; the rest it hands on to the host.
 */

import {
  codedEnd, decodedEnd, decoderPosition, finalByte, finishEncoder, rebase, rebaseDecoder, startDecoder, startEncoder,
} from "./binary-coder";

let coded: usize = 0;

/** Sets where the coded bytes of a slice lie, before anything is coded. */
export function setCoded(address: usize): void {
  coded = address;
}

/** Address of the coded bytes of a slice. */
export function codedAddress(): usize {
  return coded;
}

export function startEncoding(): void {
  startEncoder(coded);
}

/** The host has taken what was coded. */
export function startSlice(): void {
  rebase(coded);
}

/** How many coded bytes wait at codedAddress. */
export function sliceWritten(): usize {
  return codedEnd() - coded;
}

/** Ends the coded bytes; returns how many wait at codedAddress. */
export function finishEncoding(): usize {
  rebase(coded);
  finishEncoder();
  return codedEnd() - coded;
}

/** Starts to decode from the first `available` bytes at codedAddress; zeros are read behind them. */
export function startDecoding(available: usize): void {
  startDecoder(coded, coded + available);
}

/** Goes on with `available` bytes at codedAddress: those that were not yet read, and more behind them. */
export function refill(available: usize): void {
  rebaseDecoder(coded, coded + available);
}

/** How many coded bytes were read since the last refill. */
export function sliceRead(): usize {
  return decoderPosition() - coded;
}

/**
 * Coded bytes up to where they end if no bit follows, since the last refill, exactly where the encoder stopped; may be
 * below 0. Beyond what was available, the data is truncated; before it, something follows.
 */
export function codedLength(): i32 {
  return <i32>decodedEnd() - <i32>coded;
}

/** The last of the coded bytes, if no bit follows; −1 if the encoder wrote none to end them. */
export function codedFinalByte(): i32 {
  return finalByte();
}
