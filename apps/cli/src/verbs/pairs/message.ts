import type { MessageOptions } from "@pith/pairs";

import { refuseTerminal } from "../../files/target.ts";
import { formatTable, type Column } from "../../format.ts";
import type { Facts, Session } from "../../session.ts";
import type { PairsSettings } from "./settings.ts";
import { advising } from "../shared/advising.ts";
import { brotliLength, linesOf } from "../shared/lines.ts";
import { writeOutput } from "../shared/output.ts";
import { readPath } from "../shared/whole.ts";
import { LARGEST } from "./streams.ts";
import { lossesOf, reportLosses } from "./losses.ts";

const ADVICE = {
  "unsupported-version": "another version of pith wrote it; install that",
  otherwise: "is it a message that pith pairs message wrote?",
};

export async function run(session: Session<PairsSettings>): Promise<void> {
  const { settings, operands } = session;
  const path = operands[0] ?? "-";
  session.dataOnStandardOutput = !settings.byLine && settings.output === undefined;
  await session.forEach([path], async () => {
    const content = await readPath(path, LARGEST);
    if (settings.byLine) return await measure(session, content);
    if (!settings.reading && settings.output === undefined) refuseTerminal(settings.force);
    const result = settings.reading ? await decode(content) : await encode(session, path, content);
    await writeOutput(session, settings.output ?? "-", result);
    return { length: content.length, outputLength: result.length };
  });
}

function optionsOf({ settings: { bits, form, lossy } }: Session<PairsSettings>): MessageOptions {
  return { bits, form, lossy };
}

async function decode(message: Uint8Array): Promise<Uint8Array> {
  const { decodeMessage } = await import("@pith/pairs");
  return await advising(ADVICE, () => decodeMessage(message));
}

async function encode(session: Session<PairsSettings>, path: string, text: Uint8Array): Promise<Uint8Array> {
  const { encodeMessage } = await import("@pith/pairs");
  const message = await encodeMessage(text, optionsOf(session));
  if (session.settings.lossy) reportLosses(session, path, lossesOf(text, await decode(message)));
  return message;
}

/** Bytes of what counts as a short message in the summary. */
const SHORTEST = 100;
const LONGEST = 300;

interface Line {
  readonly length: number;
  readonly message: number;
  readonly brotli: number;
}

const COLUMNS: readonly Column[] = [
  { title: "lines", align: "left" },
  { title: "number", align: "right" },
  { title: "message, mean", align: "right" },
  { title: "brotli -q 11, mean", align: "right" },
  { title: "not below brotli", align: "right" },
];

/** What some lines come to; means are of shares of a line's length. */
interface Summary {
  readonly what: string;
  readonly count: number;
  readonly mean: number;
  readonly brotliMean: number;
  readonly notBelow: number;
}

/** How long the lines of a text get as messages. */
async function measure(session: Session<PairsSettings>, content: Uint8Array): Promise<Facts> {
  const { encodeMessage } = await import("@pith/pairs");
  const lines: Line[] = [];
  for (const line of linesOf(content)) {
    const message = await encodeMessage(line, optionsOf(session));
    lines.push({ length: line.length, message: message.length, brotli: brotliLength(line) });
  }
  const summaries = [
    summary("all lines", lines),
    summary(
      `${SHORTEST} to ${LONGEST} bytes`,
      lines.filter(({ length }) => length >= SHORTEST && length <= LONGEST),
    ),
  ];
  const rows = summaries.map(({ what, count, mean, brotliMean, notBelow }) => [
    what,
    `${count}`,
    percent(mean),
    percent(brotliMean),
    `${notBelow}`,
  ]);
  await session.print(formatTable(COLUMNS, rows));
  return { summaries };
}

function summary(what: string, lines: readonly Line[]): Summary {
  const share = (of: (line: Line) => number): number =>
    lines.reduce((sum, line) => sum + of(line) / line.length, 0) / Math.max(1, lines.length);
  return {
    what,
    count: lines.length,
    mean: share(({ message }) => message),
    brotliMean: share(({ brotli }) => brotli),
    notBelow: lines.filter(({ message, brotli }) => message >= brotli).length,
  };
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
