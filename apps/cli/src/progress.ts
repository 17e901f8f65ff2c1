/** A bar on standard error while a file is in work, if that is a terminal and takes long enough to be seen. */

import { isatty } from "node:tty";

import type { SingleBar } from "cli-progress";

import { formatBytes, formatDuration, formatRate, formatRatio } from "./format.ts";
import type { Session } from "./session.ts";

/** Shorter work shows no bar, and does not load what draws one. */
const DELAY_MS = 500;

export interface ProgressBar {
  /**
   * @param done bytes of content
   * @param ratio size of the file as a share of its content, as far as known
   */
  update(done: number, ratio?: number): void;
  /** Wipes the bar away. */
  stop(): void;
}

const NO_BAR: ProgressBar = { update: () => undefined, stop: () => undefined };

/** Whether there is somebody to show a bar to. */
export function showsProgress({ settings }: Session): boolean {
  return !settings.quiet && isatty(2);
}

/**
 * @param label what is in work
 * @param total bytes of content in all; undefined if unknown
 * @param options rate: whether to say how many bytes a second; not where total counts something else
 */
export function showProgress(
  session: Session,
  label: string,
  total: number | undefined,
  { rate = true }: { readonly rate?: boolean } = {},
): ProgressBar {
  if (!showsProgress(session)) return NO_BAR;
  const { place } = session;
  const started = performance.now();
  let bar: SingleBar | undefined;
  let phase: "waiting" | "loading" | "drawing" | "stopped" = "waiting";

  const draw = async (): Promise<void> => {
    phase = "loading";
    const { default: progress } = await import("cli-progress");
    if ((phase as string) === "stopped") return;
    const format = total === undefined ? "{label}: {content}{facts}" : "{label}: {percentage} % |{bar}| {left}{facts}";
    bar = new progress.SingleBar(
      { format, clearOnComplete: true, hideCursor: false, barsize: 20, linewrap: false, stream: process.stderr },
      progress.Presets.shades_classic,
    );
    bar.start(total ?? 1, 0, { label: place + label, content: "", facts: "", left: "" });
    phase = "drawing";
    // Ctrl-C must not leave the terminal as the bar set it up.
    process.once("exit", stop);
  };

  const stop = (): void => {
    phase = "stopped";
    bar?.stop();
    bar = undefined;
    process.off("exit", stop);
    session.beforePrinting = undefined;
  };
  session.beforePrinting = stop;

  return {
    update(done, ratio) {
      const seconds = (performance.now() - started) / 1000;
      if (phase === "waiting" && seconds * 1000 >= DELAY_MS) void draw();
      if (phase !== "drawing") return;
      bar?.update(total === undefined ? 0 : Math.min(done, total), {
        content: formatBytes(done),
        facts:
          (rate ? `, ${formatRate(done, seconds)}` : "") +
          (ratio === undefined ? "" : `, ratio ${formatRatio(ratio, 1)}`),
        left:
          total === undefined || done === 0
            ? ""
            : `${formatDuration((seconds * Math.max(0, total - done)) / done)} left`,
      });
    },
    stop,
  };
}
