/**
 * Estimates how much of a content comes again, from one anchor in 32: fast, and without keeping the content.
 *
 * An anchor counts where it and the one before it come again at the same distance: then what lies between them very
 * likely does, too. A phrase or a header that comes again by itself does not count.
 */

import { anchorAt, findAnchors, hashOf, READ_BEHIND, WINDOW } from "./dedupe-anchors";
import { replacePlace, startTable, TABLE_ROOM } from "./dedupe-table";

/** The largest hash of an anchor that is looked at. */
const LARGEST: u32 = 0xffffffff >> 5;
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
 * Looks at `count` more bytes, which were put at {@link sliceAddress}.
 *
 * @param border position in the content: a repeat counts where it was before this, and comes again behind it
 * @returns bytes that come again, about
 */
export function sample(count: u32, border: u32): u32 {
  const available = kept + count;
  let repeated: u32 = 0;
  let looked: u32 = 0;
  for (; looked + WINDOW + READ_BEHIND <= available; looked += WINDOW) {
    repeated += sampleWindow(slice + looked, position + looked, border);
  }
  position += looked;
  kept = available - looked;
  memory.copy(slice, slice + looked, kept);
  return repeated;
}

function sampleWindow(window: usize, start: u32, border: u32): u32 {
  let repeated: u32 = 0;
  const count = findAnchors(window);
  for (let i: u32 = 0; i < count; i++) {
    const at = anchorAt(i);
    const hash = hashOf(window + at);
    if (hash > LARGEST) continue;
    const place = start + at;
    // Places are stored from 1: 0 is none.
    const stored = replacePlace(hash, place + 1);
    const before = stored - 1;
    const distance = stored == 0 ? 0 : place - before;
    const again = distance != 0 && distance == lastDistance;
    if (again && before < border && place >= border) repeated += place - lastPlace;
    lastPlace = place;
    lastDistance = distance;
  }
  return repeated;
}
