/** How the paper's static network was trained, as a Markdown page. */
import type { Where } from "../../measure/where.ts";
import { thousands } from "../../report/format.ts";
import { repeating } from "../../report/repeat.ts";
import { table } from "../../report/table.ts";
import { origin } from "../origin.ts";
import type { Training } from "./kept.ts";

/** What `neural-static.json` holds: how the network was trained whose rows `neural-table1.json` has. */
export interface StaticResults extends Where, Training {
  readonly format: 1;
}

export function toPage(results: StaticResults): string {
  const { shape, learnt, validated, stride, epochs, seconds } = results;
  const best = epochs.reduce((least, { validation }, i) => (validation < epochs[least].validation ? i : least), 0);
  const perEpoch = thousands(Math.floor((learnt - shape.length - 1) / stride) + 1);
  return `${[
    "# Neural compression: the paper's static network",
    `Section 3.2.1 of the paper (F. van Dijken, W. Verdyck, _Neural Data Compression_, 2024): an embedding, a layer of long short-term memory, two dense layers with ReLU; ${shape.hidden} units each. What is said of its training in section 3.5 holds here, too: a rate of ${shape.rate}, ${shape.windows} windows of ${shape.length} symbols at a time, ${epochs.length} passes, a bible but for the megabyte that is tested, of the rest nine tenths to learn and one to validate. ${origin([results])}.`,
    repeating("neural-static FILE FOLDER", "a whole bible, and the folder of files to test"),
    `[Table 1](neural-table1.md) has what comes of it, beside the paper's figures, as _Static, the paper's network_. It is trained from nothing by that command in ${thousands(Math.round(seconds))} s of processor time.`,
    "## Training",
    `${thousands(learnt)} bytes to learn, ${thousands(validated)} to validate; ${perEpoch} windows a pass, one every ${stride} symbols. Bits a symbol, in training before each was learnt. The weights of pass ${best + 1} are kept.`,
    table(
      ["pass", "training", "validation"],
      epochs.map(({ training, validation }, i) => [String(i + 1), training.toFixed(4), validation.toFixed(4)]),
    ),
    "## What the paper leaves open",
    "Whether windows overlap, and whether the last symbol of each is learnt or all: here all, and they do not overlap, so that each symbol is learnt once a pass. `--stride 1` begins a window at every symbol, which takes thirty times as long. How wide the embedding is: here as the rest. Whether the second dense layer is the output: here the output is a third, since ReLU before the probabilities would make every symbol that is thought unlikely equally so. Symbols are all 256 bytes, of which a bible has a quarter: others cost much, as the paper says of _webster_.",
    "Each symbol is predicted from the thirty before it and nothing else, as it was learnt; a decoder, which has to go through all thirty for every symbol, takes as long as that.",
    "For DNA the paper trains on _chr20_ but for the tested megabyte, of which there is nothing here but that megabyte.",
  ].join("\n\n")}\n`;
}
