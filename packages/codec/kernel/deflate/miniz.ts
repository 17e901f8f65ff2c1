/**
 * Looks for matches as miniz does, and what descends from it: a place counts as looked at where its bytes at the end of the
 * best match so far are right, three others count together as one; the window is shorter by what the encoder has read ahead.
 */

import { agreement } from "./agreement";
import { match } from "./block";
import { content, length, placeBefore } from "./chains";
import { MAX_DISTANCE, MAX_MATCH, MIN_MATCH } from "./codes";
import { spend } from "./work";

/** Matches of three bytes are not made from this far away. */
const FAR: i32 = 8192;
/** Behind a match this long, a quarter of the places is looked at. */
const GOOD: i32 = 32;
/** Places that count as one where none is right. */
const TOGETHER: i32 = 3;
/** Places that lie at a multiple of this are never found: it takes them for the end of the chain. */
const UNFOUND: i32 = 65536;

/** The match of a place that is entered and longer than `than`, or 0. @param hops places that are looked at, as miniz counts */
export function searchLikeMiniz(place: i32, than: i32, hops: i32): i32 {
  const most = min(length - place, MAX_MATCH);
  let best = max(than, MIN_MATCH - 1);
  if (most <= best) return 0;
  const at = content + place;
  const oldest = max(0, place - (MAX_DISTANCE - most));
  const start = load<u16>(at);
  let tries = ((best >= GOOD ? hops >> 2 : hops) + 2) / TOGETHER;
  spend(TOGETHER * tries);
  let end = load<u16>(at + best - 1);
  let distance = 0;
  let candidate = place;
  let others = 0;
  while (tries > 0) {
    candidate = placeBefore(candidate);
    if (candidate < oldest || (candidate & (UNFOUND - 1)) == 0) break;
    const other = content + candidate;
    if (load<u16>(other + best - 1) != end) {
      if (++others == TOGETHER) {
        others = 0;
        tries--;
      }
      continue;
    }
    others = 0;
    tries--;
    if (load<u16>(other) != start) continue;
    const agreed = agreement(at, other, most);
    if (agreed <= best) continue;
    best = agreed;
    distance = place - candidate;
    if (best == most) break;
    end = load<u16>(at + best - 1);
  }
  if (distance == 0 || distance == (place & (MAX_DISTANCE - 1))) return 0;
  return best == MIN_MATCH && distance >= FAR ? 0 : match(best, distance);
}
