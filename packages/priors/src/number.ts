/** A text as a number and back, under a model: what a message holds behind its head. */
import { PithError } from "@pith/core";
import { Endings, furtherBytes, tailOf } from "./endings.ts";
import { MOST_CONTENT, type Model } from "./model.ts";

/** @param text at most MOST_CONTENT bytes */
export function encodeNumber(model: Model, text: Uint8Array): Uint8Array<ArrayBuffer> {
  const { kernel } = model;
  kernel.startInterval();
  const endings = new Endings();
  const number: number[] = [];
  let ending = endings.next(0, 2 ** 32 - 1);
  for (const byte of text) {
    kernel.encodeByte(byte);
    ending = nextEnding(model, endings, (agreed) => number.push(agreed));
  }
  return Uint8Array.from([...number, ...furtherBytes(ending)]);
}

/** What each byte of a text costs under the model, in bits: how much it narrows the interval. */
export function costsOf(model: Model, text: Uint8Array): Float64Array<ArrayBuffer> {
  const { kernel } = model;
  kernel.startInterval();
  let width = 2 ** 32;
  return Float64Array.from(text, (byte) => {
    const before = width;
    kernel.encodeByte(byte);
    // Bytes on which both ends agree are left out of them.
    let agreed = 0;
    for (const _ of model.agreed()) agreed++;
    width = (kernel.highEnd() >>> 0) - (kernel.lowEnd() >>> 0) + 1;
    return Math.log2(before / width) + 8 * agreed;
  });
}

/**
 * @param offset of the number in the message, for errors
 * @throws PithError `damaged` if no text has this number
 */
export function decodeNumber(model: Model, number: Uint8Array, offset: number): Uint8Array<ArrayBuffer> {
  model.startDecoding(number);
  const endings = new Endings();
  const tail = tailOf(number);
  const text: number[] = [];
  let ending = endings.next(0, 2 ** 32 - 1);
  while (ending.length !== number.length || ending.tail !== tail) {
    if (endings.agreed > number.length || text.length === MOST_CONTENT) {
      throw new PithError("damaged", "a message does not end with its bytes", {
        offset,
        end: offset + number.length,
        expected: "what was written with this prior",
        got: `${number.length} bytes that no message has`,
      });
    }
    text.push(model.kernel.decodeByte());
    ending = nextEnding(model, endings);
  }
  return Uint8Array.from(text);
}

function nextEnding(model: Model, endings: Endings, seen?: (agreed: number) => void) {
  for (const byte of model.agreed()) {
    endings.agree(byte);
    seen?.(byte);
  }
  return endings.next(model.kernel.lowEnd() >>> 0, model.kernel.highEnd() >>> 0);
}
