/** What all pictures share: a self-contained SVG that is legible on a light and on a dark page. */

const STYLE = `
    svg { color-scheme: light dark; }
    .page { fill: #ffffff; }
    text { font: 13px system-ui, "DejaVu Sans", sans-serif; fill: #24292f; }
    .title { font-size: 16px; font-weight: 600; }
    .note, .tick { fill: #57606a; }
    .grid { stroke: #d8dee4; stroke-width: 1; }
    .bar { fill: #0969da; }
    .line { fill: none; stroke-width: 2; }
    .first { stroke: #0969da; } .second { stroke: #bc4c00; } .third { stroke: #1a7f37; }
    text.first { fill: #0969da; stroke: none; } text.second { fill: #bc4c00; stroke: none; }
    text.third { fill: #1a7f37; stroke: none; }
    @media (prefers-color-scheme: dark) {
      .page { fill: #0d1117; }
      text { fill: #e6edf3; }
      .note, .tick { fill: #9198a1; }
      .grid { stroke: #30363d; }
      .bar { fill: #58a6ff; }
      .first { stroke: #58a6ff; } .second { stroke: #f0883e; } .third { stroke: #56d364; }
      text.first { fill: #58a6ff; } text.second { fill: #f0883e; } text.third { fill: #56d364; }
    }`;

/** A picture of some size around its parts, each a line of markup. */
export function picture(width: number, height: number, description: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(description)}">`,
    `  <style>${STYLE}\n  </style>`,
    `  <rect class="page" width="${width}" height="${height}" rx="8"/>`,
    ...parts.map((part) => `  ${part}`),
    "</svg>\n",
  ].join("\n");
}

export function label(x: number, y: number, style: string, content: string, anchor = "start"): string {
  return `<text class="${style}" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escape(content)}</text>`;
}

export function gridLine(x1: number, y1: number, x2: number, y2: number): string {
  return `<line class="grid" x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}"/>`;
}

export function bar(x: number, y: number, width: number, height: number, tip: string): string {
  const size = `width="${round(width)}" height="${round(height)}"`;
  return `<rect class="bar" x="${round(x)}" y="${round(y)}" ${size}><title>${escape(tip)}</title></rect>`;
}

export function polyline(style: string, points: readonly (readonly [number, number])[]): string {
  return `<polyline class="line ${style}" points="${points.map(([x, y]) => `${round(x)},${round(y)}`).join(" ")}"/>`;
}

function round(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function escape(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
