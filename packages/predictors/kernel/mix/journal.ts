/**
 * What a model can be taken back to: once `mark` was called, each part tells where it is about to write, and what lay there
 * is kept, a block at a time. `undo` puts it back. So a short message costs what it touched, not a copy of the whole model.
 *
 * Only of models that are PRIMED; of the others' calls nothing is left. Variables of modules are the host's to keep.
 */

import { allocate } from "../memory";

const BLOCK_BITS: usize = 8;
const BLOCK: usize = 1 << BLOCK_BITS;
/** An entry: the block's address, and what lay there. */
const ENTRY: usize = BLOCK + 16;

/** u8 [block]: whether it is kept already. Zero as long as nothing is. */
let kept: usize = 0;
let active: bool = false;
/** What is of fixed size, as it was. */
let fixed: usize = 0;
let entries: usize = 0;
let count: usize = 0;

/** Once a model was laid out. */
export function startJournal(): void {
  active = false;
  if (!PRIMED) return;
  kept = allocate((allocate(0) >> BLOCK_BITS) + 1);
  fixed = allocate(__heap_base);
  count = 0;
}

/** Address behind all that the model goes by. */
export function modelEnd(): usize {
  return kept;
}

/** From now on, `undo` goes back to here, and no further. Nothing may be allocated any more. */
export function mark(): void {
  forget();
  // Behind all that is there: as many as are needed.
  entries = allocate(0);
  memory.copy(fixed, 0, __heap_base);
  active = true;
}

/** Keeps nothing until the next `mark`: what is learnt now is not to be undone. */
export function unmark(): void {
  forget();
  active = false;
}

/** Puts back what has changed since `mark`, but for the variables of modules. */
export function undo(): void {
  for (let i: usize = 0; i < count; i++) {
    const entry = entries + i * ENTRY;
    memory.copy(load<usize>(entry), entry + 16, BLOCK);
  }
  forget();
  memory.copy(0, fixed, __heap_base);
}

function forget(): void {
  for (let i: usize = 0; i < count; i++) store<u8>(kept + (load<usize>(entries + i * ENTRY) >> BLOCK_BITS), 0);
  count = 0;
}

/** The part is about to write to the bytes at `address`, which lie in one block or in it and the next. */
// @ts-ignore: decorator
@inline
export function touch(address: usize, bytes: usize = 1): void {
  if (!PRIMED) return;
  if (!active) return;
  if (load<u8>(kept + (address >> BLOCK_BITS)) == 0) keep(address);
  if (bytes > 1) {
    const last = address + bytes - 1;
    if (load<u8>(kept + (last >> BLOCK_BITS)) == 0) keep(last);
  }
}

function keep(address: usize): void {
  const block = address & ~(BLOCK - 1);
  store<u8>(kept + (address >> BLOCK_BITS), 1);
  const entry = entries + count * ENTRY;
  const pages = <i32>((entry + ENTRY + 0xffff) >> 16) - memory.size();
  if (pages > 0 && memory.grow(pages) < 0) unreachable();
  store<usize>(entry, block);
  memory.copy(entry + 16, block, BLOCK);
  count++;
}
