/**
 * Estimates how much of a content comes again, from one anchor in 32: fast, and without keeping the content.
 *
 * An anchor counts where it and the one before it come again at the same distance: then what lies between them very
 * likely does, too. A phrase or a header that comes again by itself does not count.
 *
 * A window that repeats a short period counts as a whole: its few anchors may all be among those that are not looked at.
 */

import { anchorAt, findAnchors, hashOf, READ_BEHIND, WINDOW } from "./dedupe-anchors";
import { isPeriodic, repeatsPeriod } from "./dedupe-periods";
import { replacePlace, startTable, TABLE_ROOM } from "./dedupe-table";

/** The largest hash of an anchor that is looked at. */
const LARGEST: u32 = 0xffffffff >> 5;
/** Bytes that a stretch has at least that counts where it repeats its own piece: models see shorter ones themselves. */
const LONG: u32 = 16384;
/** Bytes that are looked at in one call. */
const SLICE: u32 = 1 << 20;

const PAGE: usize = 65536;

const table: usize = (__heap_base + 63) & ~63;
/** What was not looked at yet, and behind it the next slice. */
const slice: usize = table + TABLE_ROOM;
let kept: u32 = 0;

/** Position of the slice in the content, below 2^32 - SLICE. */
let position: u32 = 0;
/** Where the last anchor was, and how far before it it was before; 0 if it was not. */
let lastPlace: u32 = 0;
let lastDistance: u32 = 0;
/** Bytes of the last call that come again: from before the border, and from behind it. */
let before: u32 = 0;
let within: u32 = 0;
/** Bytes so far of a stretch that comes again on the same side of the border. */
let stretch: u32 = 0;

memory.grow(<i32>((slice + SLICE + 2 * (WINDOW + READ_BEHIND) + PAGE - 1) / PAGE) - memory.size());
startTable(table);

/** Where the next bytes go. */
export function sliceAddress(): usize {
  return slice + kept;
}

/** Most bytes that {@link sample} takes. */
export function sliceLength(): u32 {
  return SLICE;
}

/**
 * Looks at `count` more bytes, which were put at {@link sliceAddress}. {@link repeatedBefore} and {@link repeatedWithin}
 * say what came of it.
 *
 * @param border position in the content where the piece begins that the bytes belong to
 */
export function sample(count: u32, border: u32): void {
  const available = kept + count;
  before = within = 0;
  let looked: u32 = 0;
  for (; looked + WINDOW + READ_BEHIND <= available; looked += WINDOW) {
    sampleWindow(slice + looked, position + looked, border);
  }
  position += looked;
  kept = available - looked;
  memory.copy(slice, slice + looked, kept);
}

/** Bytes, about, that were there before the border and come again behind it. */
export function repeatedBefore(): u32 {
  return before;
}

/** Bytes, about, that come again on the same side of the border. */
export function repeatedWithin(): u32 {
  return within;
}

function sampleWindow(window: usize, start: u32, border: u32): void {
  if (repeatsPeriod(window)) {
    extend(WINDOW);
    return;
  }
  const count = findAnchors(window);
  if (isPeriodic(window, count)) {
    if (lastDistance != 0) stretch = 0;
    extend(WINDOW);
    lastDistance = 0;
    return;
  }
  for (let i: u32 = 0; i < count; i++) {
    const at = anchorAt(i);
    const hash = hashOf(window + at);
    if (hash > LARGEST) continue;
    const place = start + at;
    // Places are stored from 1: 0 is none.
    const stored = replacePlace(hash, place + 1);
    const source = stored - 1;
    const distance = stored == 0 ? 0 : place - source;
    if (distance == 0 || distance != lastDistance) stretch = 0;
    else if (source < border && place >= border) before += place - lastPlace;
    else extend(place - lastPlace);
    lastPlace = place;
    lastDistance = distance;
  }
}

/** A stretch goes on. It counts as soon as it is long. */
function extend(count: u32): void {
  stretch += count;
  if (stretch >= LONG) within += stretch - count < LONG ? stretch : count;
}
