/**
 * Learns without predicting: tables of histories, direct tables, matches and whatever contexts remember take in what came,
 * as they do when it is coded; the mixer, the maps of histories and the adaptive probability maps do not, since they only
 * learn from predictions. Several times as fast, and made faster by taking one table at a time, which then stays in the cache.
 *
 * For models without runs and network.
 */

import { buffer, position, pushByte } from "./bytes";
import { primeDirect } from "./direct";
import { updateMatches } from "./match";
import { updateContexts } from "./model";
import { keepHashes, primeTable, selectSlots } from "./slots";

/**
 * Learns the next `count` bytes of the buffer, at the start of a byte.
 *
 * @param room some memory that may be written to, and its bytes: the more, the longer a table stays in the cache
 */
export function prime(count: i32, room: usize, bytes: i32): void {
  const apart = <i32>(bytes / CONTEXTS) & ~3;
  for (const most = apart >> 2; count > 0; count -= most) primeSome(min(count, most), room, apart);
  selectSlots(0);
}

function primeSome(count: i32, kept: usize, apart: usize): void {
  const first = buffer + position;
  for (let at: i32 = 0; at < count; at++) {
    const byte: i32 = load<u8>(buffer + position);
    keepHashes(kept + (at << 2), apart);
    primeDirect(byte);
    pushByte(byte);
    updateMatches(byte);
    updateContexts(byte);
  }
  for (let i: i32 = 0; i < CONTEXTS; i++) primeTable(i, kept + <usize>i * apart, first, count);
}
