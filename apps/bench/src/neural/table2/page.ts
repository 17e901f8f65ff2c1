/** The table as a Markdown page. */
import { figure, thousands } from "../../report/format.ts";
import { repeating } from "../../report/repeat.ts";
import { table } from "../../report/table.ts";
import { describeNetwork } from "../methods.ts";
import { origin } from "../origin.ts";
import { TABLE_2 } from "../paper.ts";
import { LEARNING } from "./learning.ts";
import { findRow, type Row, type Table2Results } from "./results.ts";
import { VARIANTS } from "./variants.ts";

/** @param picture name of the picture's file, beside the page; undefined if there is none */
export function toPage(results: Table2Results, picture: string | undefined): string {
  const variants = VARIANTS.filter(({ id }) => results.rows.some(({ variant }) => variant === id));
  const ofRow = (row: Row | undefined): string[] =>
    row === undefined ? ["–", "–", "–"] : [bits(row, "ranks"), bits(row, "direct"), figure(row.seconds)];
  const sections = [
    "# Neural compression: the variants of Table 2",
    `What stands beside the linear and the dense network, and bits per character of the adaptive method. ${describe(results)} The paper's figures (F. van Dijken, W. Verdyck, _Neural Data Compression_, 2024) are of an Apple M1 and, as far as the bits are concerned, of its own copy of a bible. Seconds here are of processor time, to predict and to code both ways.`,
    repeating("neural-table2 FILE", "the file"),
    `Paper's settings: ${describeNetwork({ network: LEARNING.paper })}. Sooner: ${describeNetwork({ network: LEARNING.sooner })}. Tuned: ${describeNetwork({ network: LEARNING.tuned })}.`,
    table(
      [
        "",
        "paper",
        "paper, s",
        ...["here", "sooner", "tuned"].flatMap((setting) => [
          `${setting}: ranks`,
          `${setting}: direct`,
          `${setting}: s`,
        ]),
      ],
      variants.map(({ id, name }) => [
        name,
        TABLE_2[id].bitsPerCharacter.toFixed(2),
        figure(TABLE_2[id].seconds),
        ...ofRow(findRow(results, id, "paper")),
        ...ofRow(findRow(results, id, "sooner")),
        ...ofRow(findRow(results, id, "tuned")),
      ]),
    ),
    "With the paper's settings the order is much as there: recurrent layers are best, two of them better than one, and the gated and the attentive variants are behind one simple layer, for want of epochs as it supposes. What it supposes is true: who learns from 16 symbols at a time learns eight times as often, and then gates do better than one simple layer. Here the output sees every layer and not the last alone, so that a third does no harm; and states go on from chunk to chunk through the whole file. The LSTM here has an input gate that is one minus its forget gate, and so a third fewer weights than the usual one.",
    ...(picture === undefined ? [] : [`![Bits per character of the variants](${picture})`]),
  ];
  return `${sections.join("\n\n")}\n`;
}

function bits(row: Row, coding: "ranks" | "direct"): string {
  return ((row[coding] * 8) / row.characters).toFixed(3);
}

function describe({ rows }: Table2Results): string {
  const files = [...new Set(rows.map(({ file, characters }) => `the first ${thousands(characters)} bytes of ${file}`))];
  return `Measured on ${files.join("; ")}: ${origin(rows)}.`;
}
