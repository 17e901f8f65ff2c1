/**
 * Looks for matches as the encoder of Go's standard library does at its levels 2 to 9: like zlib, but of four bytes at least,
 * as far back as 32,768 bytes and to the very first, and at the next place with as many tries as ever.
 */

import { agreement } from "./agreement";
import { match } from "./block";
import { content, length, placeBefore } from "./chains";
import { MAX_DISTANCE, MAX_MATCH } from "./codes";
import { spend } from "./work";

const SHORTEST: i32 = 4;
/** Matches of the shortest length are not made from further away. */
const FAR: i32 = 4096;

/** The match of a place that is entered, or 0. @param hops places that are looked at */
export function searchLikeGo(place: i32, hops: i32, nice: i32): i32 {
  const most = min(length - place, MAX_MATCH);
  if (most < SHORTEST) return 0;
  const enough = min(nice, most);
  const at = content + place;
  const oldest = max(0, place - MAX_DISTANCE);
  let best = SHORTEST - 1;
  let distance = 0;
  let tries = hops;
  let candidate = placeBefore(place);
  while (tries > 0 && candidate >= oldest) {
    tries--;
    const other = content + candidate;
    if (best < most && load<u8>(other + best) == load<u8>(at + best)) {
      const agreed = agreement(at, other, most);
      if (agreed > best && (agreed > SHORTEST || place - candidate <= FAR)) {
        best = agreed;
        distance = place - candidate;
        if (agreed >= enough) break;
      }
    }
    // The chain of the place furthest away is overwritten by that of this one.
    if (place - candidate == MAX_DISTANCE) break;
    candidate = placeBefore(candidate);
  }
  spend(hops - tries);
  return distance == 0 ? 0 : match(best, distance);
}
