import type { MessageOptions } from "@pith/priors";

import { refuseTerminal } from "../../files/target.ts";
import { formatTable, type Column } from "../../format.ts";
import type { Facts, Session } from "../../session.ts";
import { advising } from "../shared/advising.ts";
import { writeOutput } from "../shared/output.ts";
import { brotliLength, linesOf } from "../shared/lines.ts";
import { decode, encode } from "./codes.ts";
import { read, readKnown } from "./inputs.ts";
import type { MessagesSettings } from "./settings.ts";

const ADVICE = {
  "unsupported-version": "is it a message that pith message wrote? Another version of pith may read it",
  "unknown-method": "give --prior or --reference as the message was written with",
  otherwise: "is it a message that pith message wrote, and --prior or --reference as it was written with?",
};

export async function run(session: Session<MessagesSettings>): Promise<void> {
  const { settings, operands } = session;
  const path = operands[0] ?? "-";
  session.dataOnStandardOutput = !settings.byLine && settings.output === undefined;
  const options = { prior: await readKnown(settings) };
  await session.forEach([path], async () => {
    const content = await read(path);
    if (settings.byLine) return await measure(session, content, options);
    if (!settings.reading && settings.output === undefined) refuseTerminal(settings.force);
    const result = settings.reading
      ? await advising(ADVICE, () => decode(content, options))
      : await encode(content, settings.codes, options);
    await writeOutput(session, settings.output ?? "-", result);
    return { length: content.length, outputLength: result.length };
  });
}

const COLUMNS: readonly Column[] = [
  { title: "lines", align: "right" },
  { title: "bytes, mean", align: "right" },
  { title: "message, mean", align: "right" },
  { title: "brotli -q 11, mean", align: "right" },
  { title: "longer than brotli's", align: "right" },
];

/** How long the lines of a text get as messages. */
async function measure(
  session: Session<MessagesSettings>,
  content: Uint8Array,
  options: MessageOptions,
): Promise<Facts> {
  const lines: { length: number; bytes: number; brotli: number }[] = [];
  for (const line of linesOf(content)) {
    const { length: bytes } = await encode(line, session.settings.codes, options);
    lines.push({ length: line.length, bytes, brotli: brotliLength(line) });
  }
  session.setLines(lines);
  const mean = (of: (line: (typeof lines)[number]) => number): number =>
    lines.reduce((sum, line) => sum + of(line), 0) / Math.max(1, lines.length);
  const facts = {
    number: lines.length,
    lengthMean: mean(({ length }) => length),
    bytesMean: mean(({ bytes }) => bytes),
    brotliMean: mean(({ brotli }) => brotli),
    longer: lines.filter(({ bytes, brotli }) => bytes > brotli).length,
  };
  const { number, lengthMean, bytesMean, brotliMean, longer } = facts;
  const means = [lengthMean, bytesMean, brotliMean].map((value) => value.toFixed(1));
  await session.print(formatTable(COLUMNS, [[`${number}`, ...means, `${longer}`]]));
  return facts;
}
