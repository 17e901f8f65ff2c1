/** The results as a Markdown page. */
import { median, medianRatio } from "../measure/statistics.ts";
import type { Where } from "../measure/where.ts";
import { figure, thousands } from "../report/format.ts";
import { table } from "../report/table.ts";
import type { DecoderResult, LetterResults, MessagesResult, SpeedResults, StreamSize, TextResult } from "./results.ts";

export function toPage({ texts, messages, speed }: LetterResults): string {
  const sections = [
    "# Letter pairs",
    "Written by `npm run bench -- letters`; what the words mean is in [letter-pairs.md](../letter-pairs.md). No decoder or " +
      "model learned from any of these texts. All that was coded was decoded again and compared.",
  ];
  if (texts !== undefined) sections.push(...accuracySection(texts.rows), ...sizeSection(texts.rows));
  if (messages !== undefined) sections.push(...messagesSection(messages.rows));
  if (speed !== undefined) sections.push(...speedSection(speed));
  return `${sections.join("\n\n")}\n`;
}

function byDecoder(rows: readonly TextResult[], cell: (result: DecoderResult, text: TextResult) => string): string {
  return table(
    ["", "bytes", ...(rows.at(0)?.decoders ?? []).map(({ decoder }) => decoder)],
    rows.map((text) => [text.name, thousands(text.length), ...text.decoders.map((result) => cell(result, text))]),
  );
}

function accuracySection(rows: readonly TextResult[]): string[] {
  return [
    "## Letters",
    "Ambiguous letters that are right in the thesis's framing, with nothing corrected, percent:",
    byDecoder(rows, ({ right, ambiguous }) => percent(right / ambiguous, 3)),
  ];
}

function sizeSection(rows: readonly TextResult[]): string[] {
  const shares = (of: (result: DecoderResult) => StreamSize): string =>
    byDecoder(rows, (result, { length }) => {
      const { size, corrections } = of(result);
      return `${percent(size / length, 2)} (${percent(corrections / length, 3)})`;
    });
  return [
    "## Sizes",
    "Raw streams that bring every byte back, percent of the text; the corrections among them in brackets. The thesis's framing:",
    shares(({ thesis }) => thesis),
    "In-stream:",
    shares(({ inStream }) => inStream),
  ];
}

function messagesSection(rows: readonly MessagesResult[]): string[] {
  const forms = rows.at(0)?.forms ?? [];
  return [
    "## Messages",
    "Texts of 100 to 300 bytes: lines of messages, and cuts from all over a text. Means of the share of each text, percent; in " +
      "brackets how many are not shorter than brotli -q 11 makes them. *Shortest* is what a writer takes unless told otherwise.",
    table(
      ["", "number", ...forms.map(({ bits, form }) => `${bits} bits, ${form}`), "brotli -q 11"],
      rows.map((row) => [
        row.name,
        thousands(row.count),
        ...row.forms.map(({ mean, notBelowBrotli }) => `${percent(mean, 1)} (${notBelowBrotli})`),
        percent(row.brotli, 1),
      ]),
    ),
  ];
}

function speedSection({ length, reference, rows, date, processor, node }: SpeedResults & Where): string[] {
  const speeds = (seconds: readonly number[]): number[] => seconds.map((time) => length / 1e6 / time);
  const compared = speeds(reference.seconds);
  return [
    "## Speed",
    `${date.slice(0, 10)}, ${processor}, Node ${node}. One core, ${thousands(length)} bytes of text, medians of ` +
      `${reference.seconds.length} interleaved rounds; processor time (user + system). Speeds change with what else the ` +
      `machine does; the ratios to ${reference.name}, taken within each round, hardly do.`,
    table(
      ["", "MB/s", `× ${reference.name}`],
      [
        [reference.name, figure(median(compared)), "1"],
        ...rows.map(({ name, seconds }) => [
          name,
          figure(median(speeds(seconds))),
          figure(medianRatio(speeds(seconds), compared)),
        ]),
      ],
    ),
  ];
}

function percent(share: number, digits: number): string {
  return (100 * share).toFixed(digits);
}
