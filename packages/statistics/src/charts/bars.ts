/** Bars of text, for a terminal. */

/** A bar: its label, how long it is, and what is written behind it. */
export interface Bar {
  readonly label: string;
  /** 0 or more. */
  readonly value: number;
  readonly note: string;
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/**
 * Bars one below the other, the largest as long as `width` characters; each ends in a line feed.
 *
 * @param largest value of a bar of full length: that of the largest bar by default
 */
export function textBars(bars: readonly Bar[], width: number, largest = 0): string {
  const labels = Math.max(0, ...bars.map(({ label }) => label.length));
  const full = Math.max(largest, ...bars.map(({ value }) => value));
  const lines = bars.map(({ label, value, note }) => {
    const eighths = full > 0 ? Math.round((value / full) * width * 8) : 0;
    const bar = "█".repeat(eighths >> 3) + EIGHTHS[eighths & 7];
    return `${label.padStart(labels)} ${bar.padEnd(width)} ${note}`.trimEnd();
  });
  return lines.map((line) => `${line}\n`).join("");
}
