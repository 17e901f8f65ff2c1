import { formatBytes, formatCount } from "../numbers.ts";
import type { Report } from "../report.ts";
import { autocorrelationSection } from "./autocorrelation.ts";
import { entropySection } from "./entropy.ts";
import { levelsSection, metaSection, runsSection } from "./levels.ts";
import { mapSection } from "./map.ts";
import { escape, paragraph, section } from "./markup.ts";
import { claimSection, keyFigures, sizesSection } from "./sizes.ts";
import { REPORT_STYLE } from "./style.ts";
import { tensorsSection } from "./tensors.ts";
import { treeSection } from "./tree.ts";

/**
 * The report as a piece of a page: put it into an element of class `report`, with {@link REPORT_STYLE} on the page. It has
 * no scripts, no styles of its own and asks for nothing.
 */
export function renderFragment(report: Report): string {
  const { analysis, safetensors, name } = report;
  const { size, parameters, notes } = analysis;
  return [
    `<header><h1>${escape(name)}</h1>`,
    `<p class="lead">${formatBytes(size)}, blocks of ${formatCount(parameters.blockSize)} bytes, signature ` +
      `${escape(parameters.signature)}</p>`,
    keyFigures(report),
    "</header>",
    sizesSection(report),
    claimSection(report),
    ...(safetensors === null ? [] : [tensorsSection(safetensors)]),
    mapSection(analysis),
    runsSection(analysis),
    treeSection(analysis),
    levelsSection(analysis),
    entropySection(analysis),
    autocorrelationSection(analysis),
    metaSection(analysis),
    ...(notes.length === 0 ? [] : [section("notes", "Notes", notes.map(paragraph))]),
  ].join("\n");
}

/** The report as one page that stands alone: nothing is fetched. */
export function renderHtml(report: Report): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escape(report.name)}: pattern analysis</title>
<style>:root { color-scheme: light dark; } body { margin: 0; }${REPORT_STYLE}</style>
</head>
<body class="report">
<main>
${renderFragment(report)}
</main>
</body>
</html>
`;
}
