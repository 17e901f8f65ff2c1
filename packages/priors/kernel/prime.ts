/**
 * Learns without predicting: tables of histories, direct tables, matches and whatever contexts remember take in what came,
 * as they do when it is coded; the mixer, the maps of histories and the adaptive probability maps do not, since they only
 * learn from predictions. One table at a time takes in as many bytes as there is room for hashes, so that it stays in the cache.
 *
 * Functions that loop are called for few bytes at a time: an engine that compiles quickly first and well later puts the
 * better code in the place of the other when a function is called, and priming is all over in a fraction of a second.
 *
 * For models without runs and network.
 */

import { hash } from "../../predictors/kernel/hash";
import { nextHistory } from "../../predictors/kernel/history";
import { buffer, position, pushByte } from "../../predictors/kernel/mix/bytes";
import { primeDirect } from "../../predictors/kernel/mix/direct";
import { updateMatches } from "../../predictors/kernel/mix/match";
import { updateContexts } from "../../predictors/kernel/mix/model";
import { findSlot, HISTORIES, homeIn, keepHashes, selectSlots, tableOf } from "../../predictors/kernel/mix/slots";

/** Bytes that a call looks at. */
const STEP: i32 = 1024;
/** By how many bytes slots are fetched ahead. */
const AHEAD: i32 = 4;

/** What the loads ahead come to: without a use, the compiler would drop them. */
const touched = memory.data(4, 4);

/**
 * Learns the next `count` bytes of the buffer, at the start of a byte.
 *
 * @param room some memory that may be written to, and its bytes: the more, the longer a table stays in the cache
 */
export function prime(count: i32, room: usize, bytes: i32): void {
  const apart = <i32>(bytes / CONTEXTS) & ~3;
  for (const most = (apart >> 2) - AHEAD; count > 0; count -= most) primeSome(min(count, most), room, apart);
  store<i32>(touched, 0);
  selectSlots(0);
}

function primeSome(count: i32, kept: usize, apart: usize): void {
  const first = buffer + position;
  for (let at: i32 = 0; at < count; at += STEP) hashSome(min(STEP, count - at), kept + (at << 2), apart);
  for (let i: i32 = 0; i < CONTEXTS; i++) {
    const table = tableOf(i);
    for (let at: i32 = 0; at < count; at += STEP) {
      primeTable(table, kept + <usize>i * apart + (at << 2), first + at, min(STEP, count - at));
    }
  }
}

function hashSome(count: i32, kept: usize, apart: usize): void {
  for (let at: i32 = 0; at < count; at++) {
    const byte: i32 = load<u8>(buffer + position);
    keepHashes(kept + (at << 2), apart);
    primeDirect(byte);
    pushByte(byte);
    updateMatches(byte);
    updateContexts(byte);
  }
}

/** A table learns bytes, whose hashes are at `kept`. */
function primeTable(table: usize, kept: usize, bytes: usize, count: i32): void {
  let sum = 0;
  for (let at: i32 = 0; at < count; at++) {
    const next = load<i32>(kept + ((at + AHEAD) << 2));
    sum += load<u8>(homeIn(table, next));
    sum += load<u8>(homeIn(table, hash(next, 16 | (<i32>load<u8>(bytes + at + AHEAD) >> 4))));
    const h = load<i32>(kept + (at << 2));
    const byte: i32 = load<u8>(bytes + at);
    const high = byte >> 4;
    primeNibble(table, h, high);
    primeNibble(table, hash(h, 16 | high), byte & 15);
  }
  store<i32>(touched, sum);
}

/** The slot with that hash learns four bits. */
// @ts-ignore: decorator
@inline
function primeNibble(table: usize, h: i32, nibble: i32): void {
  const histories = findSlot(homeIn(table, h), h) + HISTORIES;
  primeHistory(histories, nibble >> 3);
  primeHistory(histories + 1 + (nibble >> 3), (nibble >> 2) & 1);
  primeHistory(histories + 3 + (nibble >> 2), (nibble >> 1) & 1);
  primeHistory(histories + 7 + (nibble >> 1), nibble & 1);
}

// @ts-ignore: decorator
@inline
function primeHistory(address: usize, bit: i32): void {
  store<u8>(address, nextHistory(load<u8>(address), bit));
}
