/**
 * What is said of planes before they come: how each is coded, classes, frequencies. Little, so each bit is coded under what it
 * was before in the same place. One function writes and reads: what it is given is looked at by the encoder alone.
 */
import {
  codedEnd, decodeBit, decodedEnd, encodeBit, finalByte, finishEncoder, startDecoder, startEncoder,
} from "../../../entropy/kernel/binary-coder";
import { HALF, learn } from "../../../predictors/kernel/state-map";

/** Cells for bits: trees of numbers of up to eight bits, by context. */
const TREES: i32 = 64;
const TREE: i32 = 256;
const LIMIT: i32 = 30;

const cells = memory.data(TREES * TREE * 4, 64);

let decoding: bool = false;

function reset(): void {
  for (let i = 0; i < TREES * TREE; i++) store<i32>(cells + (i << 2), HALF);
}

export function startWriting(address: usize): void {
  decoding = false;
  reset();
  startEncoder(address);
}

export function startReading(address: usize, end: usize): void {
  decoding = true;
  reset();
  startDecoder(address, end);
}

/** Ends what was written; returns the address behind it. */
export function endWriting(): usize {
  finishEncoder();
  return codedEnd();
}

/** Whether what was read ends where it should, as encoders end it. */
export function isReadTo(end: usize): bool {
  const last = finalByte();
  return decodedEnd() == end && (last < 0 || load<u8>(end - 1) == last);
}

function bit(value: i32, cell: usize): i32 {
  const p = max(64, min(65472, load<u32>(cell) >>> 16));
  let coded = value;
  if (decoding) coded = decodeBit(p);
  else encodeBit(value, p);
  learn(cell, coded, LIMIT);
  return coded;
}

/** A number of `bits` bits, up to 8, in the tree of a context, 0 … 63. */
export function number(value: i32, bits: i32, context: i32): i32 {
  const tree = cells + ((context * TREE) << 2);
  let node = 1;
  for (let i = bits - 1; i >= 0; i--) node = (node << 1) | bit((value >> i) & 1, tree + (node << 2));
  return node - (1 << bits);
}
