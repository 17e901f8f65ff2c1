/**
 * Linear memory: what is of fixed size lies in static data; tables whose size depends on the input follow behind it,
 * handed out by a bump allocator. Everything a model reads before it writes is expected to be zero, so that a fresh
 * memory costs nothing until it is touched.
 */

/** Four of the largest slots: a slot's neighbours are found by flipping bits of its address. */
const ALIGNMENT: usize = 128;
const PAGE: usize = 65536;

let next: usize = 0;
let highest: usize = 0;

// @ts-ignore: decorator
@inline
function start(): usize {
  return (__heap_base + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
}

/**
 * Zeroes bytes that were handed out and may not be needed any more, at most so many, from the highest down. A host that must
 * not keep its thread for long calls this again and again before the next block is started.
 *
 * @returns how many such bytes are left
 */
export function clearMemory(most: usize): usize {
  if (highest <= start()) return 0;
  const count = min(most, highest - start());
  highest -= count;
  memory.fill(highest, 0, count);
  return highest - start();
}

/** Forgets all dynamic tables; the bytes that were handed out before are zeroed, so that no block sees another. */
export function resetMemory(): void {
  clearMemory(highest);
  next = start();
}

/** Hands out zeroed bytes, aligned. */
export function allocate(bytes: usize): usize {
  const address = next;
  next = (next + bytes + ALIGNMENT - 1) & ~(ALIGNMENT - 1);
  const pages = <i32>((next + PAGE - 1) / PAGE) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  if (next > highest) highest = next;
  return address;
}
