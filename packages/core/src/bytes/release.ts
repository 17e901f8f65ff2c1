import { isWhole } from "./concatenate.ts";

/** Bytes from which on it matters when they are given back. */
const LARGE = 2 ** 20;

/**
 * Gives the memory of an array back at once, where it is all of its memory: a collector takes its time, while the next
 * block takes as much again. Nobody may look at the array any more.
 */
export function release(bytes: Uint8Array): void {
  if (!isWhole(bytes) || bytes.length < LARGE || typeof MessageChannel === "undefined") return;
  // What is sent through a closed port is dropped, and its memory with it.
  const { port1 } = new MessageChannel();
  port1.close();
  port1.postMessage(undefined, [bytes.buffer]);
}

/** Bytes of a piece. */
const PIECE = 2 ** 22;

/** An array in pieces, so that whoever takes them one by one need not hold all; it is given back after the last. */
export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  if (bytes.length <= PIECE) {
    yield bytes;
    return;
  }
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.slice(at, at + PIECE);
  release(bytes);
}
