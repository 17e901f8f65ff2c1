import type { Progress } from "../options.ts";
import type { OnDone } from "./steps.ts";

/** Sums the progress of blocks. What it reports never decreases. */
export class ProgressMeter {
  #done = 0;
  readonly #total: number | undefined;
  readonly #report: ((progress: Progress) => void) | undefined;

  /** @param total bytes of content in all, where that is known */
  constructor(report: ((progress: Progress) => void) | undefined, total: number | undefined) {
    this.#report = report;
    this.#total = total;
  }

  /** A listener for one block of `length` bytes of content. */
  block(length: number): OnDone {
    let before = 0;
    return (done) => {
      const now = Math.min(done, length);
      if (now <= before) return;
      this.#done += now - before;
      before = now;
      this.#report?.({ done: this.#done, total: this.#total });
    };
  }

  /** The last report: all is done. */
  end(): void {
    this.#report?.({ done: this.#done, total: this.#done });
  }
}
