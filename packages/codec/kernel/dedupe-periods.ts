/** Short periods: windows that are nothing but repetitions of their first bytes. */

import { anchorAt, WINDOW } from "./dedupe-anchors";

/** Longest period that is looked for: a window then holds more than one. Longer ones have enough anchors to be noticed. */
const LONGEST: u32 = 3072;
/** Anchors of a window up to which it is searched for its period; above, the anchors tell. Hardly any have so few. */
const FEW: u32 = 2;
/** Places that look like the start of the second period, and may turn out to be none. */
const TRIES: i32 = 8;

/** The latest period that was found; 0 if none was. */
let latest: u32 = 0;

/** Whether a window repeats the latest period that was found: a run goes on. */
// @ts-ignore: decorator
@inline
export function repeatsPeriod(window: usize): bool {
  return latest != 0 && repeats(window, latest);
}

/**
 * Whether a window repeats a period of at most {@link LONGEST} bytes from its start to its end.
 *
 * @param count anchors of the window, as `findAnchors` has just found them
 */
export function isPeriodic(window: usize, count: u32): bool {
  if (count <= FEW) return searchPeriod(window);
  const first = anchorAt(0);
  const bytes = load<u64>(window + first);
  let tries = TRIES;
  for (let i: u32 = 1; i < count && anchorAt(i) - first <= LONGEST; i++) {
    if (load<u64>(window + anchorAt(i)) != bytes) continue;
    if (repeats(window, anchorAt(i) - first)) return true;
    if (--tries == 0) return false;
  }
  return false;
}

function searchPeriod(window: usize): bool {
  const first = v128.load(window);
  let tries = TRIES;
  for (let period: u32 = 1; period <= LONGEST; period++) {
    if (!i8x16.all_true(i8x16.eq(first, v128.load(window + period)))) continue;
    if (repeats(window, period)) return true;
    if (--tries == 0) return false;
  }
  return false;
}

/** Whether each byte of a window is the one that lies `period` bytes before it. */
function repeats(window: usize, period: u32): bool {
  latest = 0;
  const end = window + WINDOW - 16;
  for (let at = window + period; at < end; at += 16) {
    if (!i8x16.all_true(i8x16.eq(v128.load(at), v128.load(at - period)))) return false;
  }
  if (!i8x16.all_true(i8x16.eq(v128.load(end), v128.load(end - period)))) return false;
  latest = period;
  return true;
}
