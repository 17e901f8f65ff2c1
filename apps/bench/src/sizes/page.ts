/** Sizes of what is loaded, as a Markdown page. */
import type { Where } from "../measure/where.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";

interface Weighed {
  readonly name: string;
  readonly bytes: number;
}

export interface SizesResults extends Where {
  readonly format: 1;
  readonly models: readonly Weighed[];
  readonly bundles: readonly Weighed[];
}

/** KB are 1000 bytes; small ones with a digit behind the point. */
function kilobytes(bytes: number): string {
  return (bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0);
}

export function toPage({ date, models, bundles }: SizesResults): string {
  const rows = (list: readonly Weighed[]): string[][] => list.map(({ name, bytes }) => [name, kilobytes(bytes)]);
  return `${[
    "# What is loaded",
    `KB of 1000 bytes. ${date.slice(0, 10)}.`,
    repeating("sizes"),
    "## Models",
    "Of `@pith/weights`, packed, and the words by which `@pith/codec` codes English. The modules have them in base64, which is a third larger.",
    table(["model", "KB"], rows(models)),
    "## Bundles",
    "Programs that import this and nothing else, by esbuild, compressed by brotli, or by gzip where it is one of `@pith/codec/decode`. A check holds each below the limit in `.size-limit.json`.",
    table(["program", "KB"], rows(bundles)),
  ].join("\n\n")}\n`;
}
