/** The parts of the pictures: blue is what was measured, grey what the paper reports; orange and green are further series. */
import { dot as mark, picture, text } from "../report/svg.ts";

export { bar, line, polyline, text } from "../report/svg.ts";

const STYLE = `
    .small { font-size: 12px; }
    polyline { fill: none; stroke-width: 2; }
    .paper { fill: #8c959f; }
    .first { fill: #0969da; } line.first, polyline.first { stroke: #0969da; fill: none; }
    .second { fill: #bc4c00; } line.second, polyline.second { stroke: #bc4c00; fill: none; }
    .third { fill: #1a7f37; } line.third, polyline.third { stroke: #1a7f37; fill: none; }
    line.paper { stroke: #8c959f; stroke-dasharray: 5 4; }`;
const DARK_STYLE = `
      .first { fill: #58a6ff; } line.first, polyline.first { stroke: #58a6ff; }
      .second { fill: #f0883e; } line.second, polyline.second { stroke: #f0883e; }
      .third { fill: #56d364; } line.third, polyline.third { stroke: #56d364; }`;

/** The class of a series. */
export type Series = "paper" | "first" | "second" | "third";

/** A whole picture. */
interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** One line below the title. */
  readonly note: string;
  /** For those who cannot see it. */
  readonly label: string;
  readonly parts: readonly string[];
}

export const MARGIN = 24;

export function drawing({ width, height, title, note, label, parts }: Drawing): string {
  const heading = [text(MARGIN, 28, "title", title), text(MARGIN, 47, "note", note)];
  return picture({ width, height, label, style: STYLE, darkStyle: DARK_STYLE, parts: [...heading, ...parts] });
}

/** A mark with words that show when it is pointed at. */
export function dot(x: number, y: number, style: Series, tip: string): string {
  return mark(x, y, 4, style, tip);
}

/** Names of series in a row, each with its mark, ending at `right`. */
export function legend(right: number, y: number, series: readonly (readonly [Series, string])[]): string[] {
  let end = right;
  return [...series].reverse().flatMap(([style, name]) => {
    // The mean width of a letter of usual sans-serif fonts.
    const start = end - name.length * 13 * 0.55;
    end = start - 30;
    return [dot(start - 10, y - 4, style, name), text(start, y, "tick", name)];
  });
}
