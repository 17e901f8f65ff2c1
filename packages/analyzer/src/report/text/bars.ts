/** Pictures of characters. */

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const HEIGHTS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

/**
 * A bar.
 *
 * @param share 0 … 1 of the width; what is beyond is cut off
 * @param width in characters
 */
export function bar(share: number, width: number): string {
  const eighths = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const text = "█".repeat(eighths >> 3) + EIGHTHS[eighths & 7];
  return text === "" && share > 0 ? EIGHTHS[1] : text;
}

/**
 * A line of columns, one a value.
 *
 * @param values 0 … `most`; 0 is a space, whatever is more at least the lowest column
 */
export function sparkline(values: readonly number[], most: number): string {
  return values
    .map((value) => {
      if (!(value > 0) || most <= 0) return " ";
      return HEIGHTS[Math.min(HEIGHTS.length - 1, Math.floor((value / most) * HEIGHTS.length))];
    })
    .join("");
}
