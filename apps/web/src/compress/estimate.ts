/** How long a file will take: by what levels take elsewhere, and by how fast this machine was so far. */

/** Bytes of English a second at each level, by one core of a server, of the command; what a machine here makes of it is learnt. */
const USUAL_RATES = [1.5e6, 2e6, 2e6, 6.2e5, 7e5, 5e5, 3.8e5, 1.7e5, 9e4, 4.5e4] as const;

/** Bytes below which starting takes longer than coding: such files tell nothing of the rate. */
const LEAST = 20_000;
/** Of what was known of this machine, the share that stays when another file is done. */
const KEPT = 0.7;

const KEY = "pith-speed";

/** How many times as fast as usual this machine is. */
let speed = keptSpeed();

function keptSpeed(): number {
  try {
    const kept = Number(localStorage.getItem(KEY) ?? 1);
    return kept > 0 && Number.isFinite(kept) ? kept : 1;
  } catch {
    // Storage is blocked.
    return 1;
  }
}

/** Seconds that a file takes, as far as that can be said. */
export function estimateSeconds(bytes: number, level: number): number {
  return bytes / (speed * USUAL_RATES[level - 1]);
}

/** Learns from a file that is done. */
export function learnSpeed(bytes: number, level: number, seconds: number): void {
  if (bytes < LEAST || seconds <= 0) return;
  const own = bytes / seconds / USUAL_RATES[level - 1];
  speed = speed ** KEPT * own ** (1 - KEPT);
  try {
    localStorage.setItem(KEY, String(speed));
  } catch {
    // As above: it is known while the page is open.
  }
}
