/** Records: the distance at which bytes repeat, found where one byte recurs at the same distance several times running. */

import { byteBack, position } from "../bytes";
import { context } from "./context";

const LONGEST: i32 = 1024;
/** Equal distances in a row that make a record. */
const PROOF: i32 = 3;

/** Length of the record, 0 until one is found. */
let recordLength: i32 = 0;

const lastSeen = memory.data(256 * 4, 64); // i32 [byte]: position
let candidate: i32 = 0;
let repeats: i32 = 0;

export function startRecords(): void {
  if (!usesThisFile()) return;
  memory.fill(lastSeen, 0, 256 * 4);
  recordLength = candidate = repeats = 0;
}

export function updateRecords(c: i32): void {
  if (!usesThisFile()) return;
  findRecord(c);
  context("record-above-2", above(1, c), (above(2, 0) << 8) | 21 | (recordLength << 16));
  context("record-above", above(1, c), (c << 8) | 22 | (recordLength << 16));
}

function findRecord(c: i32): void {
  const cell = lastSeen + (c << 2);
  const distance = position - load<i32>(cell);
  store<i32>(cell, position);
  if (distance <= 1 || distance >= LONGEST || c == 0) return;
  if (distance == candidate) {
    repeats++;
    if (repeats > PROOF) recordLength = distance;
  } else {
    repeats = 0;
    candidate = distance;
  }
}

/** The byte `records` records above the next one; `otherwise` where no record is known. */
// @ts-ignore: decorator
@inline
function above(records: i32, otherwise: i32): i32 {
  return recordLength == 0 ? otherwise : byteBack(recordLength * records);
}
