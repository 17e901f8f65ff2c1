/** The results as a Markdown page. */
import { figure, thousands } from "../report/format.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";
import type { PatchesResults } from "./results.ts";

export function toPage({ date, processor, node, level, peers, rows }: PatchesResults): string {
  const programs = peers.map(({ name, version }) => (version === undefined ? name : `${name} (${version})`));
  const sections = [
    "# What is new since an earlier version",
    `${date.slice(0, 10)}, ${processor}, Node ${node}. Bytes of the new version alone, and with the old one as its \`--reference\`, both at ` +
      `level ${level}; beside ${programs.join(", ")}. Each new version came back of each patch, bit for bit.`,
    repeating(`patches ${rows.map(({ old, next }) => `${old} ${next}`).join(" ")}`),
    table(
      ["", "bytes", "alone", "patch", "of the smallest peer's, %", ...peers.map(({ id }) => id)],
      rows.map(({ old, next, size, alone, patch, peers: others }) => [
        `${old} → ${next}`,
        thousands(size),
        thousands(alone),
        thousands(patch),
        peers.length === 0 ? "–" : figure((100 * patch) / Math.min(...Object.values(others))),
        ...peers.map(({ id }) => thousands(others[id])),
      ]),
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}
