/**
 * Hash tables that never hold more than they may: when a table is full and must not grow, it keeps a sample.
 *
 * An entry starts with a 64-bit hash, or with the first half of one of 128 bits, whose second half ends the entry; the
 * eight bytes after its start are not all zero, which tells it from an empty slot. Of the first half, the
 * low bits of the hash name a slot (open addressing, linear probing), the high bits a level: the number of zeros that
 * the hash starts with. A table at level k holds exactly the entries whose level is at least k, one in 2^k of all
 * possible hashes, and each of them complete, from its first occurrence on. When three quarters of the slots are taken,
 * the table doubles; at its largest, k rises until a table of that size can hold what is left. So the sample depends on
 * what was inserted, never on the order; the union of two tables is the table of the union. (This is adaptive sampling:
 * Wegman 1984; Flajolet, "On adaptive sampling", Computing 34, 1990.)
 *
 * A table is a header, {@link HEADER_BYTES} long, and its slots, which lie elsewhere.
 */

/** Memory of a table's header, in bytes. */
export const HEADER_BYTES: i32 = 24;

const BASE: usize = 0;
const MASK: usize = 4;
const LARGEST_MASK: usize = 8;
const USED: usize = 12;
const LEVEL: usize = 16;
const SLOT_BYTES: usize = 20;

/** Where in an entry the bytes are that are zero in an empty slot. */
const MARK: usize = 8;

/** Slots a table starts with. */
const FIRST_SLOTS: u32 = 1024;

const PAGE: usize = 65536;
/** An entry that is on its way to another slot. */
const moved = memory.data(64, 8);

/** Grows the memory up to `end`; false if the host refuses. */
export function reserveUpTo(end: usize): bool {
  const pages = <i32>((<u64>end + PAGE - 1) / PAGE) - memory.size();
  return pages <= 0 || memory.grow(pages) >= 0;
}

/**
 * Sets up an empty table.
 *
 * @param base where its slots lie: zeros, room for `largest` of them, though memory need not reach so far yet
 * @param slotBytes of an entry, a multiple of 8, at most 64
 * @param largest the most slots, a power of two
 */
export function initTable(table: usize, base: usize, slotBytes: u32, largest: u32): void {
  store<u32>(table, <u32>base, BASE);
  store<u32>(table, min(FIRST_SLOTS, largest) - 1, MASK);
  store<u32>(table, largest - 1, LARGEST_MASK);
  store<u32>(table, 0, USED);
  store<u32>(table, 0, LEVEL);
  store<u32>(table, slotBytes, SLOT_BYTES);
  if (!reserveUpTo(base + <usize>min(FIRST_SLOTS, largest) * slotBytes)) unreachable();
}

/** Zeros that a hash must start with to be in the table. */
// @ts-ignore: decorator
@inline
export function levelOf(table: usize): u32 {
  return load<u32>(table, LEVEL);
}

/** Entries in the table. */
export function usedSlots(table: usize): u32 {
  return load<u32>(table, USED);
}

/** Slots, taken or not. */
export function slotsOf(table: usize): u32 {
  return load<u32>(table, MASK) + 1;
}

/** Address of the slot of this number. */
export function slotAddress(table: usize, number: u32): usize {
  return <usize>load<u32>(table, BASE) + <usize>number * <usize>load<u32>(table, SLOT_BYTES);
}

// @ts-ignore: decorator
@inline
export function isTaken(slot: usize): bool {
  return load<u64>(slot, MARK) != 0;
}

/** What a wide hash adds to an entry: its second half, at the end. */
export const SECOND_BYTES: usize = WIDE ? 8 : 0;

/** The second half of an entry's hash; 0 where hashes have 64 bits. */
// @ts-ignore: decorator
@inline
export function secondOf(slot: usize, slotBytes: usize): u64 {
  return WIDE ? load<u64>(slot + slotBytes - SECOND_BYTES) : 0;
}

/**
 * The slot that holds the hash, or the empty one where it would go. `slotBytes` is the table's own, as a constant.
 *
 * @param second half of a hash of 128 bits, in kernels with WIDE
 */
// @ts-ignore: decorator
@inline
export function find(table: usize, hash: u64, second: u64, slotBytes: usize): usize {
  const base = <usize>load<u32>(table, BASE);
  const mask = load<u32>(table, MASK);
  let number = <u32>hash & mask;
  let slot = base + <usize>number * slotBytes;
  while ((load<u64>(slot) != hash || (WIDE && secondOf(slot, slotBytes) != second)) && isTaken(slot)) {
    number = (number + 1) & mask;
    slot = base + <usize>number * slotBytes;
  }
  return slot;
}

let touched: u64 = 0;

/**
 * Starts to bring the slots of several hashes into the cache, all at the same time; a look-up alone would wait for each.
 *
 * @param hashes address of the first, of `count`, `stride` bytes apart
 */
// @ts-ignore: decorator
@inline
export function touch(table: usize, hashes: usize, count: u32, stride: usize, slotBytes: usize): void {
  const base = <usize>load<u32>(table, BASE);
  const mask = load<u32>(table, MASK);
  let sum: u64 = 0;
  for (let i: u32 = 0; i < count; i++) {
    sum += load<u64>(base + <usize>(load<u32>(hashes) & mask) * slotBytes);
    hashes += stride;
  }
  // Something has to come of it, or the compiler would leave it out.
  touched += sum;
}

/** To be called when an entry was written into an empty slot. Entries may move, and leave if the level rises. */
export function noteInsertion(table: usize): void {
  const used = load<u32>(table, USED) + 1;
  store<u32>(table, used, USED);
  if (isCrowded(table)) makeRoom(table);
}

/** Lets no hash stay that does not start with `level` zeros: for a table that takes in one at this level. */
export function raiseLevel(table: usize, level: u32): void {
  if (level <= levelOf(table)) return;
  store<u32>(table, level, LEVEL);
  rehash(table, load<u32>(table, MASK));
}

function isCrowded(table: usize): bool {
  return (<u64>load<u32>(table, USED) << 2) > <u64>slotsOf(table) * 3;
}

function makeRoom(table: usize): void {
  const mask = load<u32>(table, MASK);
  if (mask < load<u32>(table, LARGEST_MASK)) {
    const doubled = (mask << 1) | 1;
    const end = <u64>load<u32>(table, BASE) + (<u64>doubled + 1) * load<u32>(table, SLOT_BYTES);
    if (end < 0xffffffff && reserveUpTo(<usize>end)) {
      rehash(table, doubled);
      return;
    }
    // The host has no more memory to give: this is as large as the table gets.
    store<u32>(table, mask, LARGEST_MASK);
  }
  do {
    store<u32>(table, levelOf(table) + 1, LEVEL);
    rehash(table, mask);
  } while (isCrowded(table));
}

/**
 * Moves every entry to where the new mask wants it, in place, and drops those below the level. The walk starts behind an
 * empty slot; then an entry always finds a slot no later than its own, or its own in the upper half, and none that it
 * passes is left empty later.
 */
function rehash(table: usize, mask: u32): void {
  const before = load<u32>(table, MASK);
  const slotBytes = <usize>load<u32>(table, SLOT_BYTES);
  const level = <u64>levelOf(table);
  store<u32>(table, mask, MASK);
  let start: u32 = 0;
  while (isTaken(slotAddress(table, start))) start++;
  let used: u32 = 0;
  for (let i: u32 = 1; i <= before; i++) {
    const slot = slotAddress(table, (start + i) & before);
    if (!isTaken(slot)) continue;
    const hash = load<u64>(slot);
    if (clz(hash) < level) {
      store<u64>(slot, 0, MARK);
      continue;
    }
    used++;
    memory.copy(moved, slot, slotBytes);
    store<u64>(slot, 0, MARK);
    const target = find(table, hash, secondOf(moved, slotBytes), slotBytes);
    memory.copy(target, moved, slotBytes);
  }
  store<u32>(table, used, USED);
}
