/** The ladder as a document. */

import { basename } from "node:path";

import type { Ladder, NamedText, Rung, RungName, Statistics } from "@pith/statistics";

import type { StatsSettings } from "./settings.ts";
import { importanceTable } from "./evaluation-report.ts";

/** What the document is made of. */
export interface LadderReport {
  readonly ladder: Ladder;
  readonly texts: readonly NamedText[];
  readonly statistics: Statistics;
  readonly settings: StatsSettings;
  /** Bytes of the texts of the search and of the training. */
  readonly sizes: { readonly search: number; readonly training: number };
  /** Name of the picture of the searches; undefined if there is none. */
  readonly figure: string | undefined;
}

const DECIDER_NAMES: Readonly<Partial<Record<string, string>>> = {
  tree: "decision trees",
  forest: "random forest",
  boosted: "boosted trees",
  network: "neural network",
};

/** The thesis's Figure 16, by pair: −4 to −1, +1 to +3. */
const FIGURE_16: Readonly<Partial<Record<string, readonly number[]>>> = {
  fd: [0.18, 0.196, 0.253, 0.359, 0.314, 0.251, 0.224],
  pk: [0.19, 0.231, 0.258, 0.315, 0.304, 0.23, 0.213],
  cl: [0.186, 0.196, 0.245, 0.331, 0.368, 0.266, 0.213],
  go: [0.187, 0.201, 0.26, 0.376, 0.421, 0.221, 0.195],
  nw: [0.185, 0.2, 0.239, 0.352, 0.339, 0.253, 0.221],
  az: [0.192, 0.211, 0.233, 0.386, 0.444, 0.215, 0.194],
  hx: [0.196, 0.21, 0.285, 0.488, 0.258, 0.218, 0.199],
  mq: [0.205, 0.217, 0.224, 0.252, 0.367, 0.282, 0.209],
  is: [0.188, 0.209, 0.224, 0.391, 0.468, 0.225, 0.199],
  je: [0.196, 0.204, 0.231, 0.364, 0.41, 0.223, 0.208],
  yv: [0.19, 0.221, 0.24, 0.346, 0.362, 0.232, 0.212],
  bu: [0.185, 0.196, 0.236, 0.458, 0.43, 0.206, 0.2],
  tr: [0.182, 0.21, 0.262, 0.383, 0.315, 0.251, 0.209],
};

/** What each rung is, and why it is better or worse than the one before. */
const EXPLANATIONS: Readonly<Record<RungName, string>> = {
  alphabetical:
    "Letters share codes as they follow each other in the alphabet. For each of the two letters of a code, the decoder adds " +
    "up the z-scores of the seven neighbours and takes the larger sum; a neighbour that is ambiguous itself, which those to " +
    "the right mostly are, counts as the mean of its two letters. Some of these pairs are as alike as letters can be: m and " +
    "n, s and t. What was counted matters as well: with Wikipedia alone, as in the thesis, this and the next two rungs are " +
    "one to two points lower on stories than with novels among the texts.",
  "primary difference":
    "Pairs for which the sum of squared differences of the z-scores is largest: letters that are used as differently as " +
    "possible. The measure counts each letter the same, however rare it is, and does not know that neighbours will be " +
    "ambiguous too.",
  "thesis table":
    "The pairs that the thesis prints (its Figure 10). A search found them for its own statistics, decoder and text; with " +
    "others they are good and not the best, which is why the thesis's figure is that of its search, and the next rung's.",
  "swap search":
    "Starts from the primary difference, takes pairs apart and puts them together at random, and keeps what decodes a text " +
    "better: it counts letters as often as they come, and ambiguous neighbours as they are. The best of three searches, " +
    "with 2, 3 and 4 pairs at a time, whose accuracies, as in the thesis, end close to each other (see below).",
  tanh:
    "The hyperbolic tangent of each z-score is added up instead of the z-score itself. What one neighbour can say is so " +
    "limited to ±1: a single striking combination no longer outvotes the other six. Pairs that suit one way of adding need " +
    "not suit another, so the search goes on from where it was, now with tanh; the tables below show it with pairs that " +
    "stay. Those that were searched for without it were chosen where it matters least.",
  multipliers:
    "Near neighbours count more than far ones: the thesis's numbers after its search, the second of its columns. The search " +
    "for pairs goes on with them.",
  trained:
    "The numbers of the table are moved, by steps of a fixed size, wherever the training text was decoded wrongly: up for the " +
    "right letter, down for the other. Z-scores describe each neighbour by itself; training makes the seven of them, " +
    "ambiguous ones included, add up to right decisions. The thesis's optimiser saw 24,000 characters.",
};

export async function ladderMarkdown(report: LadderReport): Promise<string> {
  const { formatCodeTable } = await import("@pith/framing");
  const { ladder, texts, statistics, sizes, settings } = report;
  const { counts } = statistics;
  const hungarian = formatCodeTable(ladder.hungarian.table);
  const matchings =
    ladder.hungarian.difference < ladder.exact.difference
      ? `The Hungarian algorithm, whose cycles have to be cut into pairs, reaches ${percent(ladder.hungarian.difference / ladder.exact.difference)} % of what an exact matching of the letters does (\`${formatCodeTable(ladder.exact.table)}\`).`
      : "The Hungarian algorithm and an exact matching of the letters find the same here: all its cycles are pairs.";
  const others = [
    ["the pairs of the thesis", ladder.withThesisTable],
    ["the pairs of the swap search", ladder.withSwapSearch],
  ] as const;
  return `${[
    "# From alphabetical pairs to trained tables",
    "",
    "How accurate the letter pairs of the thesis are, step by step: the share of all characters of a text that come back right",
    "after encoding and decoding, in percent, beside the thesis's own figures. Repeated by",
    "",
    "```sh",
    commandOf(report),
    "```",
    "",
    "with statistics that `pith stats count` made. [README](README.md) says what the texts are.",
    "",
    `Statistics: ${counts.total} characters. Search: ${sizes.search} bytes, ${settings.steps} steps for each number of pairs at a`,
    `time, seed ${settings.seed}. Training: ${sizes.training} bytes, ${settings.epochs} times, step ${settings.rate}. The texts below only`,
    "measure.",
    "",
    ...(await table(ladder.rungs, texts, "characters")),
    "",
    ...(
      await Promise.all(
        others.map(async ([name, rungs]) => [
          `The last three rungs with ${name} throughout:`,
          "",
          ...(await table(rungs, texts, "characters")),
          "",
        ]),
      )
    ).flat(),
    "Of the letters that had to be decided, which leaves out spaces, periods and all that is not coded:",
    "",
    ...(await table(ladder.rungs, texts, "ambiguous")),
    "",
    "Codes, of which training keeps those of the multipliers:",
    "",
    ...markdownTable(
      ["rung", "codes"],
      ladder.rungs.slice(0, -1).map(({ name, table: codes }) => [name, `\`${formatCodeTable(codes)}\``]),
    ),
    "",
    "## The rungs",
    "",
    ...ladder.rungs.flatMap(({ name }) => [`**${capitalised(name)}.** ${EXPLANATIONS[name]}`, ""]),
    "## Activations",
    "",
    "What is applied to each z-score before they are added up, with the pairs of the thesis and without multipliers (its",
    "Figure 15), among which tanh is best.",
    "",
    ...(await activationTable(ladder, texts)),
    "",
    "## Other deciders",
    "",
    "The further work of the thesis: what else could decide, seeing the same seven neighbours with the pairs of the thesis, and",
    "having learned the same training text as the last rung. A decision tree for each code; a forest of 24, each of lessons",
    "drawn anew, whose questions choose among three neighbours; 40 boosted trees for each code; a network of 48 units, its",
    "weights rounded to bytes. Below them the models that ship: the table learned more text, and the resolvers see whole words",
    "and have pairs of their own. Percent of the letters that had to be decided; bytes of the model; speed of decoding the",
    "first text by the clock, whatever else the machine did: the first four are plain TypeScript, the others kernels.",
    "",
    ...(await deciderTable(ladder, texts)),
    "",
    "## Pairs by primary difference",
    "",
    `\`${hungarian}\`: ${matchings}`,
    "",
    "## Searches",
    "",
    ...markdownTable(
      ["pairs at a time", "at first", "at last", "improvements", "last one at step"],
      ladder.searches.map(({ swapSize, accuracy, curve }) => [
        `${swapSize}`,
        percent(curve[0].accuracy),
        percent(accuracy),
        `${curve.length - 1}`,
        `${curve[curve.length - 1].step}`,
      ]),
    ),
    ...(report.figure === undefined ? [] : ["", `![Accuracy as the searches went on](${report.figure})`]),
    "",
    "## Most frequent mistakes with the thesis's pairs",
    "",
    ...(await mistakes(ladder, texts)),
    ...importanceSection(report),
  ].join("\n")}\n`;
}

async function table(
  rungs: readonly Rung[],
  texts: readonly NamedText[],
  kind: "characters" | "ambiguous",
): Promise<string[]> {
  const { shareOf } = await import("@pith/statistics");
  const thesis = kind === "characters";
  return markdownTable(
    ["", ...(thesis ? ["thesis"] : []), ...texts.map(({ name }) => name)],
    rungs.map((rung) => [
      rung.name,
      ...(thesis ? [rung.thesis?.toFixed(2) ?? "–"] : []),
      ...rung.evaluations.map((evaluation) => percent(shareOf(evaluation[kind]))),
    ]),
  );
}

/** What makes this page again, from files of these names. */
function commandOf({ settings, texts, figure }: LadderReport): string {
  const names = (option: string, paths: readonly string[]): string[] =>
    paths.map((path) => `${option} ${basename(path)}`);
  return [
    "pith stats evaluate --ladder",
    ...names("--statistics", settings.statistics === undefined ? [] : [settings.statistics]),
    ...names("--search", settings.search),
    ...names("--train", settings.train),
    ...(settings.sample === undefined ? [] : [`--sample ${settings.sample}`]),
    `--steps ${settings.steps} --epochs ${settings.epochs} --rate ${settings.rate} --seed ${settings.seed}`,
    ...(figure === undefined ? [] : [`--svg ${figure}`]),
    "-o letter-pairs-ladder.md",
    ...texts.map(({ name }) => name),
  ].join(" ");
}

async function activationTable({ activations }: Ladder, texts: readonly NamedText[]): Promise<string[]> {
  const { shareOf } = await import("@pith/statistics");
  return markdownTable(
    ["activation", "thesis", ...texts.map(({ name }) => name)],
    activations.map(({ name, thesis, evaluations }) => [
      name,
      thesis?.toFixed(2) ?? "–",
      ...evaluations.map(({ characters }) => percent(shareOf(characters))),
    ]),
  );
}

async function deciderTable({ deciders }: Ladder, texts: readonly NamedText[]): Promise<string[]> {
  const { shareOf } = await import("@pith/statistics");
  return markdownTable(
    ["decider", ...texts.map(({ name }) => name), "bytes", "MB/s"],
    deciders.map(({ name, bytes, evaluations }) => [
      DECIDER_NAMES[name] ?? name,
      ...evaluations.map(({ ambiguous }) => percent(shareOf(ambiguous))),
      bytes.toLocaleString("en-US"),
      (evaluations[0].length / 1e6 / evaluations[0].seconds.decode).toPrecision(3),
    ]),
  );
}

async function mistakes({ rungs }: Ladder, texts: readonly NamedText[]): Promise<string[]> {
  const { showCharacter } = await import("@pith/statistics");
  const rung = rungs.find(({ name }) => name === "thesis table");
  return markdownTable(
    ["text", "letter, taken for, share of the letter's decisions"],
    texts.map(({ name }, i) => [
      name,
      (rung?.evaluations[i].confusions ?? [])
        .slice(0, 5)
        .map(({ letter, takenFor, times, of }) =>
          [showCharacter(letter), "→", showCharacter(takenFor), `${percent(times / of)} %`].join(" "),
        )
        .join(", "),
    ]),
  );
}

function importanceSection({ ladder, texts }: LadderReport): string[] {
  const [columns, rows] = importanceTable(ladder.importance);
  return [
    "",
    "## How much each neighbour matters",
    "",
    "Percentage points of the right decisions that are lost when the neighbours at a distance are exchanged at random among",
    `the decisions of a pair; the thesis's pairs, on ${texts[0].name}. All neighbours are known, to the decoder's training too,`,
    "as they were to the gradient boosted trees of the thesis's Figure 16, whose importance is on another scale.",
    "",
    ...markdownTable(
      columns.map(({ title }) => title),
      rows,
    ),
    "",
    "## How early trees ask for each neighbour",
    "",
    "The measure of that figure, of the boosted trees above: 1 ÷ (1 + the questions above the first that asks for a neighbour,",
    "the mean over the trees of a pair). In brackets the thesis's, of its own trees and text.",
    "",
    ...markdownTable(
      columns.filter(({ title }) => title !== "decisions" && title !== "accuracy").map(({ title }) => title),
      ladder.earliness.map(({ group, values }) => [
        Array.from(group).join(" "),
        ...values.map((value, i) => besideThesis(value, FIGURE_16[group]?.[i])),
      ]),
    ),
  ];
}

function besideThesis(value: number, thesis: number | undefined): string {
  return thesis === undefined ? value.toFixed(3) : `${value.toFixed(3)} (${thesis.toFixed(3)})`;
}

function markdownTable(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)];
}

function percent(share: number): string {
  return (100 * share).toFixed(2);
}

function capitalised(text: string): string {
  return text[0].toUpperCase() + text.slice(1);
}
