/** Orders 2 and 3: how often each byte follows two or three others, in the windows that the sample takes. */
import { countQuadruples, hashOf, largestHash } from "./quadruples";
import { TRIPLE_MASK, countTriple, touchTriples } from "./triples";

/** Positions that are looked at together. */
const GROUP: usize = 1024;
/** Hashes of those whose context is in the sample. */
const chosen = memory.data(GROUP * 8, 16);

/**
 * Counts the strings of three and four bytes in a window.
 *
 * @param weight of each, 1 … 2^16
 */
export function countContexts(address: usize, length: usize, weight: u32): void {
  const end = address + length;
  // Four bytes are read at each place; the last three of the window, where that would be too far, come by themselves.
  if (length >= 3) countTriple(<u32>load<u16>(end - 3) | (<u32>load<u8>(end - 1) << 16), weight);
  while (address + 4 <= end) {
    const last = min(address + GROUP, end - 3);
    const largest = largestHash();
    let to = chosen;
    touchTriples(address, last);
    for (; address < last; address++) {
      const four = load<u32>(address);
      countTriple(four & TRIPLE_MASK, weight);
      const hash = hashOf(four);
      store<u64>(to, hash);
      to += <usize>(hash <= largest) << 3;
    }
    countQuadruples(chosen, <u32>((to - chosen) >> 3), weight);
  }
}
