/** The course as a Markdown page. */
import { thousands } from "../../report/format.ts";
import { repeating } from "../../report/repeat.ts";
import { table } from "../../report/table.ts";
import { origin } from "../origin.ts";
import { BREAK_EVEN } from "../paper.ts";
import type { Figure5Results, Point } from "./results.ts";

/** Places that the table shows. */
const PLACES = [1e3, 3e3, 1e4, 3e4, 1e5, 3e5, 1e6, 3e6, 1e7];

export function toPage(results: Figure5Results, picture: string): string {
  const { file, method, network, points, breakEven } = results;
  const end = points.at(-1)?.characters ?? 0;
  const rows = new Set([
    ...PLACES.filter((place) => place < end).map((place) => nearest(points, place)),
    ...points.slice(-1),
  ]);
  const sections = [
    "# Neural compression: the course of Figure 5",
    `${method} (${network}) along the first ${thousands(end)} bytes of ${file}: bits per character from the start up to a place. The file itself and the ranks are coded by an adaptive model of order 0, direct by the predictions. ${origin([results])}.`,
    repeating("neural-figure5 FILE", "the file"),
    `${breakEven === undefined ? "The ranks never cost less than the file itself" : `The ranks cost less than the file itself from character ${thousands(breakEven)} on`}; the paper says approximately ${thousands(BREAK_EVEN)}, on its own copy of a bible.`,
    `![Bits per character along the file](${picture})`,
    table(
      ["characters", "the file itself", "ranks", "direct"],
      [...rows].map(({ characters, file: own, ranks, direct }) => [
        thousands(characters),
        ...[own, ranks, direct].map((bits) => bits.toFixed(3)),
      ]),
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}

function nearest(points: readonly Point[], place: number): Point {
  const away = ({ characters }: Point): number => Math.abs(Math.log(characters / place));
  return points.reduce((best, point) => (away(point) < away(best) ? point : best));
}
