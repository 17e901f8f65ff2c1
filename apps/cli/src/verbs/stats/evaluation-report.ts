/** Evaluations as text. */

import type { Evaluation, Importance } from "@pith/statistics";

import { formatBytes, formatRate, formatRatio, formatTable, type Column } from "../../format.ts";

/** Mistakes that are listed. */
const MISTAKES = 8;

const KINDS = ["characters", "coded", "ambiguous", "words"] as const;

/** @param before the results of an earlier run, to compare with */
export async function describeEvaluation(
  name: string,
  evaluation: Evaluation,
  before: Evaluation | undefined,
): Promise<string> {
  const { shareOf, showCharacter } = await import("@pith/statistics");
  const { length, encodedLength, seconds } = evaluation;
  const columns: Column[] = [
    { title: "", align: "left" },
    { title: "accuracy", align: "right" },
    { title: "right", align: "right" },
    { title: "of", align: "right" },
    ...(before === undefined
      ? []
      : [{ title: "before", align: "right" } as const, { title: "change", align: "right" } as const]),
  ];
  const rows = KINDS.map((kind) => {
    const share = 100 * shareOf(evaluation[kind]);
    const cells = [kind, `${share.toFixed(2)} %`, `${evaluation[kind].right}`, `${evaluation[kind].of}`];
    if (before === undefined) return cells;
    const old = 100 * shareOf(before[kind]);
    return [...cells, `${old.toFixed(2)} %`, `${share >= old ? "+" : "−"}${Math.abs(share - old).toFixed(2)}`];
  });
  const mistakes = evaluation.confusions.slice(0, MISTAKES).map(({ letter, takenFor, times, of }) => {
    const old = before?.confusions.find((each) => each.letter === letter && each.takenFor === takenFor);
    const change = before === undefined ? "" : `, before ${old?.times ?? 0}`;
    return `  ${showCharacter(letter)} taken for ${showCharacter(takenFor)}: ${times} of ${of}${change}\n`;
  });
  return [
    `${name}: ${formatBytes(length)} → ${formatBytes(encodedLength, length)} (${formatRatio(encodedLength, length)}), `,
    `encoded at ${formatRate(length, seconds.encode)}, decoded at ${formatRate(length, seconds.decode)}\n`,
    formatTable(columns, rows),
    ...(mistakes.length === 0 ? [] : ["most frequent mistakes:\n", ...mistakes]),
  ].join("");
}

/** Accuracy that each distance's neighbours are worth, in percentage points. */
export function describeImportance(importance: readonly Importance[]): string {
  const [columns, rows] = importanceTable(importance);
  return `Accuracy lost where the neighbours at a distance are exchanged, percentage points:\n${formatTable(columns, rows)}`;
}

/** The titles and cells of {@link describeImportance}. */
export function importanceTable(importance: readonly Importance[]): [Column[], string[][]] {
  const distances = importance.at(0)?.losses.map(({ distance }) => distance) ?? [];
  const columns: Column[] = [
    { title: "pair", align: "left" },
    { title: "decisions", align: "right" },
    { title: "accuracy", align: "right" },
    ...distances.map((distance): Column => ({
      title: distance > 0 ? `+${distance}` : `−${-distance}`,
      align: "right",
    })),
  ];
  const rows = importance.map(({ group, decisions, accuracy, losses }) => [
    Array.from(group).join(" "),
    `${decisions}`,
    `${(100 * accuracy).toFixed(2)} %`,
    ...losses.map(({ loss }) => (100 * loss).toFixed(2)),
  ]);
  return [columns, rows];
}
