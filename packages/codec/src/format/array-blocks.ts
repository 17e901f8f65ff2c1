import { PithError } from "@pith/core";
import type { Formats } from "./formats.ts";
import { FrameWalker, takeStep, type PlacedBlock } from "./frame-walker.ts";

/** The blocks of a file, without their payloads. @throws PithError */
export function* blocksOfArray(file: Uint8Array, formats: Formats): Generator<PlacedBlock> {
  const walker = new FrameWalker(formats);
  while (walker.offset < file.length || !walker.complete) {
    const view = file.subarray(walker.offset, walker.offset + walker.wanted);
    const block = takeStep(walker, view, file.length);
    if (block !== undefined) yield block;
  }
}

/** Bytes of content that the headers of a file name; undefined if they are damaged. */
export function contentLengthOfArray(file: Uint8Array, formats: Formats): number | undefined {
  let length = 0;
  try {
    for (const { header } of blocksOfArray(file, formats)) length += header.contentLength;
  } catch (error) {
    // Decoding will come to the same place, and say what is wrong there.
    if (error instanceof PithError) return undefined;
    throw error;
  }
  return length;
}
