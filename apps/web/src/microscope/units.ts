/** What a predictor is shown of a text: symbols, of which one or more stand for each piece of it. */
import type { WordList } from "@pith/codec/level-model";

export interface Units {
  /** What is predicted, a byte each. */
  readonly symbols: Uint8Array;
  /** Places in `symbols`, ascending, up to which they say a whole piece of the text. */
  readonly symbolEnds: Uint32Array;
  /** Bytes of the text up to there. */
  readonly byteEnds: Uint32Array;
  /** Words that codes among the symbols stand for; undefined where the symbols are the bytes of the text. */
  readonly words: WordList | undefined;
  /** What the predictor is: the level's choice for this text. */
  readonly detail: string | undefined;
}

/** Every byte by itself. */
export function unitsOfBytes(bytes: Uint8Array): Units {
  const ends = Uint32Array.from(bytes, (_, place) => place + 1);
  return { symbols: bytes, symbolEnds: ends, byteEnds: ends, words: undefined, detail: undefined };
}

/** The first piece that ends behind a byte of the text: the one that the byte is in. */
export function unitOfByte({ byteEnds }: Units, byte: number): number {
  let low = 0;
  let high = byteEnds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byteEnds[middle] <= byte) low = middle + 1;
    else high = middle;
  }
  return low;
}
