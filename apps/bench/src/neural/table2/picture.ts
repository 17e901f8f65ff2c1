/** A line a variant: the paper's figure, ours with its settings, ours tuned. */
import { linearScale, linearTicks } from "../../report/scale.ts";
import { MARGIN, dot, drawing, legend, line, text, type Series } from "../drawing.ts";
import { TABLE_2 } from "../paper.ts";
import { findRow, type Row, type Table2Results } from "./results.ts";
import { VARIANTS } from "./variants.ts";

const WIDTH = 760;
const LEFT = 130;
const TOP = 66;
const LINE = 30;

interface Mark {
  readonly style: Series;
  readonly bits: number;
  readonly what: string;
}

export function toPicture(results: Table2Results): string {
  const variants = VARIANTS.filter(({ id }) => results.rows.some(({ variant }) => variant === id));
  const lines = variants.map(({ id, name }) => ({
    name,
    marks: [
      { style: "paper" as const, bits: TABLE_2[id].bitsPerCharacter, what: "paper" },
      ...marksOf(findRow(results, id, "paper"), "paper's settings", "third", undefined),
      ...marksOf(findRow(results, id, "sooner"), "sooner", undefined, "second"),
      ...marksOf(findRow(results, id, "tuned"), "tuned", undefined, "first"),
    ],
  }));
  const right = WIDTH - MARGIN;
  const bottom = TOP + lines.length * LINE;
  const x = linearScale(
    lines.flatMap(({ marks }) => marks.map(({ bits }) => bits)),
    LEFT,
    right,
  );
  return drawing({
    width: WIDTH,
    height: bottom + 44,
    title: "Variants of the network",
    note: "bits per character; further left is smaller",
    label: `Bits per character. ${lines.map(({ name, marks }) => `${name}: ${marks.map(({ what, bits }) => `${what} ${bits.toFixed(2)}`).join(", ")}`).join(". ")}.`,
    parts: [
      ...legend(right, 28, [
        ["paper", "paper"],
        ["third", "ranks, as there"],
        ["second", "direct, sooner"],
        ["first", "direct, tuned"],
      ]),
      ...linearTicks(x).flatMap(({ value, position }) => [
        line(position, TOP, position, bottom),
        text(position, bottom + 20, "tick", String(value), "middle"),
      ]),
      ...lines.flatMap(({ name, marks }, i) => {
        const y = TOP + (i + 0.5) * LINE;
        return [
          text(LEFT - 12, y + 4, "name", name, "end"),
          line(LEFT, y, right, y),
          ...marks.map(({ style, bits, what }) => dot(x.at(bits), y, style, `${name}, ${what}: ${bits.toFixed(3)}`)),
        ];
      }),
    ],
  });
}

/** @param ranks and direct: undefined leaves them out */
function marksOf(row: Row | undefined, setting: string, ranks: Series | undefined, direct: Series | undefined): Mark[] {
  if (row === undefined) return [];
  const bits = (size: number): number => (size * 8) / row.characters;
  return [
    ...(ranks === undefined ? [] : [{ style: ranks, bits: bits(row.ranks), what: `${setting}, ranks` }]),
    ...(direct === undefined ? [] : [{ style: direct, bits: bits(row.direct), what: `${setting}, direct` }]),
  ];
}
