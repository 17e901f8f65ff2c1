/** Codes given bits under given probabilities: the binary coder alone, for checking it and for measuring its cost. */
import { decodeBit, encodeBit } from "./binary-coder";

export {
  codedEnd,
  decodedEnd,
  decoderPosition,
  finishEncoder,
  rebase,
  rebaseDecoder,
  startDecoder,
  startEncoder,
} from "./binary-coder";

const PAGE: usize = 65536;

/** Makes room for `bytes` bytes and returns the address of the first. */
export function reserve(bytes: usize): usize {
  const pages = <i32>((__heap_base + bytes + PAGE - 1) / PAGE) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  return __heap_base;
}

/** Codes `count` bits, a byte each at `bits`, under their probabilities, two bytes each at `probabilities`. */
export function encodeBits(bits: usize, probabilities: usize, count: i32): void {
  for (let i: i32 = 0; i < count; i++) {
    encodeBit(load<u8>(bits + i), load<u16>(probabilities + (<usize>i << 1)));
  }
}

/** The reverse of {@link encodeBits}. */
export function decodeBits(bits: usize, probabilities: usize, count: i32): void {
  for (let i: i32 = 0; i < count; i++) {
    store<u8>(bits + i, decodeBit(load<u16>(probabilities + (<usize>i << 1))));
  }
}
