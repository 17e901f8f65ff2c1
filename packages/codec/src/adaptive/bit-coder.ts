import type { BinaryDecoder, BinaryEncoder } from "@pith/entropy";

/**
 * Codes one bit either way, so that a model is written once: an encoder takes the bit and returns it; a decoder
 * ignores what it is given and returns the bit that was coded.
 */
export type BitCoder = (bit: number, p16: number) => number;

export function encoding(encoder: BinaryEncoder): BitCoder {
  return (bit, p16) => {
    encoder.encode(bit, p16);
    return bit;
  };
}

export function decoding(decoder: BinaryDecoder): BitCoder {
  return (_, p16) => decoder.decode(p16);
}
