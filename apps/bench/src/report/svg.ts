/** What all pictures are made of: self-contained SVG, legible on a light and on a dark page. */

/** Size of letters, in pixels. */
export const FONT_SIZE = 13;

const STYLE = `
    svg { color-scheme: light dark; }
    .page { fill: #ffffff; }
    text { font: ${FONT_SIZE}px system-ui, "DejaVu Sans", sans-serif; fill: #24292f; }
    .title { font-size: 16px; font-weight: 600; }
    .note, .tick { fill: #57606a; }
    .grid { stroke: #d8dee4; stroke-width: 1; }`;
const DARK_STYLE = `
      .page { fill: #0d1117; }
      text { fill: #e6edf3; }
      .note, .tick { fill: #9198a1; }
      .grid { stroke: #30363d; }`;

/** A whole picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** For those who cannot see it. */
  readonly label: string;
  /** Rules of its own classes, a line each, and those that differ on a dark page. */
  readonly style: string;
  readonly darkStyle: string;
  readonly parts: readonly string[];
}

export function picture({ width, height, label, style, darkStyle, parts }: Picture): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(label)}">`,
    `  <style>${STYLE}${style}\n    @media (prefers-color-scheme: dark) {${DARK_STYLE}${darkStyle}\n    }\n  </style>`,
    `  <rect class="page" width="${width}" height="${height}" rx="8"/>`,
    ...parts.map((part) => `  ${part}`),
    "</svg>\n",
  ].join("\n");
}

export type Anchor = "start" | "middle" | "end";

export function text(x: number, y: number, style: string, content: string, anchor: Anchor = "start"): string {
  return `<text class="${style}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(content)}</text>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, style = "grid"): string {
  return `<line class="${style}" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

export function polyline(points: readonly (readonly [x: number, y: number])[], style: string): string {
  return `<polyline class="${style}" points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(" ")}"/>`;
}

/** A mark with words that show when it is pointed at. */
export function dot(x: number, y: number, radius: number, style: string, tip: string): string {
  return `<circle class="${style}" cx="${round(x)}" cy="${round(y)}" r="${radius}"><title>${escape(tip)}</title></circle>`;
}

export function bar(x: number, y: number, width: number, height: number, style: string, tip: string): string {
  return `<rect class="${style}" x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"><title>${escape(tip)}</title></rect>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escape(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
