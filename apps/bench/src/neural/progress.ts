/** Says how far a long step is, and how long it will yet take. */
import { say } from "../commands/workspace.ts";
import { duration } from "../report/format.ts";
import type { OnShare } from "./code.ts";

/** Where lines are kept, they are few. */
const STEPS = process.stderr.isTTY ? 100 : 4;

/** @param what is going on */
export function progress(what: string): OnShare {
  const start = performance.now();
  let last = -1;
  return (share) => {
    const step = Math.floor(share * STEPS);
    if (step === last) return;
    last = step;
    const left = share === 0 ? "" : `, ${duration(((performance.now() - start) / 1000) * (1 / share - 1))} left`;
    say(`${what}: ${Math.round(100 * share)} %${left}`);
  };
}
