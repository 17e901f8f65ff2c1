/** The parts of the pictures: self-contained SVG, legible on a light and on a dark page. */

/** Blue is what was measured, grey what the paper reports; orange and green tell further series apart. */
const STYLE = `
    svg { color-scheme: light dark; }
    .page { fill: #ffffff; }
    text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #24292f; }
    .title { font-size: 16px; font-weight: 600; }
    .note, .tick { fill: #57606a; }
    .small { font-size: 12px; }
    line { stroke: #d8dee4; }
    polyline { fill: none; stroke-width: 2; }
    .paper { fill: #8c959f; }
    .first { fill: #0969da; } line.first, polyline.first { stroke: #0969da; fill: none; }
    .second { fill: #bc4c00; } line.second, polyline.second { stroke: #bc4c00; fill: none; }
    .third { fill: #1a7f37; } line.third, polyline.third { stroke: #1a7f37; fill: none; }
    line.paper { stroke: #8c959f; stroke-dasharray: 5 4; }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; }
      text { fill: #e6edf3; }
      .note, .tick { fill: #9198a1; }
      line { stroke: #30363d; }
      .first { fill: #58a6ff; } line.first, polyline.first { stroke: #58a6ff; }
      .second { fill: #f0883e; } line.second, polyline.second { stroke: #f0883e; }
      .third { fill: #56d364; } line.third, polyline.third { stroke: #56d364; }
    }`;

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
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(label)}">`,
    `  <style>${STYLE}\n  </style>`,
    `  <rect class="page" width="${width}" height="${height}" rx="8"/>`,
    `  ${text(MARGIN, 28, "title", title)}`,
    `  ${text(MARGIN, 47, "note", note)}`,
    ...parts.map((part) => `  ${part}`),
    "</svg>\n",
  ].join("\n");
}

type Anchor = "start" | "middle" | "end";

export function text(x: number, y: number, style: string, content: string, anchor: Anchor = "start"): string {
  return `<text class="${style}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(content)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, style = "grid"): string {
  return `<line class="${style}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

/** A mark with words that show when it is pointed at. */
export function dot(x: number, y: number, style: Series, tip: string): string {
  return `<circle class="${style}" cx="${round(x)}" cy="${round(y)}" r="4"><title>${escape(tip)}</title></circle>`;
}

export function bar(x: number, y: number, width: number, height: number, style: Series, tip: string): string {
  return `<rect class="${style}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"><title>${escape(tip)}</title></rect>`;
}

export function path(points: readonly (readonly [number, number])[], style: Series): string {
  return `<polyline class="${style}" points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(" ")}"/>`;
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

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escape(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
