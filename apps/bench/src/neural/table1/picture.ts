/** A panel a file of the paper's table, a line a method: the paper's figure, ours by ranks, ours directly. */
import { linearScale, linearTicks } from "../../report/scale.ts";
import { MARGIN, dot, drawing, legend, line, text } from "../drawing.ts";
import { ROWS, type Method } from "../methods.ts";
import { PAPER_FILES, paperFigure } from "../paper.ts";
import { bitsPerCharacter, findRow, isFileOfPaper, lengthsOf } from "./figures.ts";
import type { Row, Table1Results } from "./results.ts";

const WIDTH = 860;
const NAMES = 236;
const GAP = 18;
const TOP = 84;
const LINE = 19;
const BELOW = 62;
const PANELS_A_ROW = 3;

/** Files that the paper measured come first: they are what can be compared. */
export function toPicture(results: Table1Results): string {
  const methods = ROWS.filter(({ id }) => results.rows.some(({ method }) => method === id));
  const measured = PAPER_FILES.filter((file) => methods.some(({ id }) => findRow(results, id, file) !== undefined));
  const files = [
    ...measured.filter((file) => isFileOfPaper(results, file)),
    ...measured.filter((file) => !isFileOfPaper(results, file)),
  ];
  const width = (WIDTH - NAMES - MARGIN) / PANELS_A_ROW - GAP;
  const height = methods.length * LINE;
  const lines = Math.ceil(files.length / PANELS_A_ROW);
  const parts = files.flatMap((file, i) => {
    const left = NAMES + (i % PANELS_A_ROW) * (width + GAP);
    const top = TOP + Math.floor(i / PANELS_A_ROW) * (height + BELOW);
    const name = isFileOfPaper(results, file) ? file : `${file} *`;
    return [
      ...(i % PANELS_A_ROW === 0
        ? methods.map((method, n) => text(NAMES - 14, top + n * LINE + 14, "small", method.name, "end"))
        : []),
      text(left + width / 2, top - 8, "name", name, "middle"),
      ...panel(results, file, methods, { left, top, width, height }),
    ];
  });
  const total = TOP + Math.max(1, lines) * (height + BELOW);
  return drawing({
    width: WIDTH,
    height: total,
    title: "Bits per character of the neural paper's methods",
    note: `first ${lengthsOf(results)} bytes; further left is smaller; * other bytes than the paper's`,
    label: describe(results, files, methods),
    parts: [
      ...legend(WIDTH - MARGIN, 28, [
        ["paper", "paper"],
        ["second", "ranks"],
        ["first", "direct"],
      ]),
      ...parts,
    ],
  });
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function figuresOf(row: Row, method: Method): { style: "paper" | "second" | "first"; bits: number; what: string }[] {
  const figures = [
    {
      style: "paper" as const,
      bits: method.paper === undefined ? undefined : paperFigure(method.paper, row.file),
      what: "paper",
    },
    { style: "second" as const, bits: bitsPerCharacter(row, "ranks"), what: "ranks" },
    { style: "first" as const, bits: bitsPerCharacter(row, "direct"), what: "direct" },
  ];
  return figures.flatMap(({ style, bits, what }) => (bits === undefined ? [] : [{ style, bits, what }]));
}

function panel(results: Table1Results, file: string, methods: readonly Method[], frame: Frame): string[] {
  const { left, top, width, height } = frame;
  const found = methods.map((method) => {
    const row = findRow(results, method.id, file);
    return { method, figures: row === undefined ? [] : figuresOf(row, method) };
  });
  const values = found.flatMap(({ figures }) => figures.map(({ bits }) => bits));
  const x = linearScale(values, left, left + width);
  const ticks = linearTicks(x);
  const every = Math.ceil(ticks.length / 5);
  return [
    ...ticks
      .filter((_, i) => i % every === 0)
      .flatMap(({ value, position }) => [
        line(position, top, position, top + height),
        text(position, top + height + 17, "tick small", String(value), "middle"),
      ]),
    ...found.flatMap(({ method, figures }, i) => {
      const y = top + i * LINE + LINE / 2;
      return [
        line(left, y, left + width, y),
        ...figures.map(({ style, bits, what }) =>
          dot(x.at(bits), y, style, `${method.name}, ${file}, ${what}: ${bits.toFixed(3)}`),
        ),
      ];
    }),
  ];
}

function describe(results: Table1Results, files: readonly string[], methods: readonly Method[]): string {
  const list = files.map((file) => {
    const figures = methods.flatMap(({ id, name }) => {
      const row = findRow(results, id, file);
      return row === undefined ? [] : [`${name} ${bitsPerCharacter(row, "ranks")?.toFixed(2) ?? ""}`];
    });
    return `${file}: ${figures.join(", ")}`;
  });
  return `Bits per character by ranks. ${list.join(". ")}.`;
}
