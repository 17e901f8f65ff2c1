/** The results as a Markdown page. */
import { median, medianRatio } from "../measure/statistics.ts";
import type { Where } from "../measure/where.ts";
import { figure, thousands } from "../report/format.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";
import type {
  BufferingResult,
  Count,
  DecoderResult,
  LetterResults,
  MessagesResult,
  SearchResult,
  SpeedResults,
  StreamSize,
  TextResult,
  TokensResult,
  WidthResult,
  WordsResult,
  WordsSide,
} from "./results.ts";

export function toPage({ texts, messages, speed, buffering, words, search, codes }: LetterResults): string {
  const sections = [
    "# Letter pairs",
    "What the words mean is in [letter-pairs.md](../letter-pairs.md). No decoder or model learned from any of these texts. " +
      "All that was coded was decoded again and compared.",
    repeating(
      "letters FOLDER --messages FILE --train FILE",
      "the folder of the three texts, the file of messages, and English to count",
    ),
  ];
  if (texts !== undefined) {
    sections.push(...codedSection(texts.rows), ...accuracySection(texts.rows), ...sizeSection(texts.rows));
  }
  if (messages !== undefined) sections.push(...messagesSection(messages.rows));
  if (words !== undefined) sections.push(...wordsSection(words.rows));
  if (codes !== undefined)
    sections.push(...widthsSection(codes.widths, codes.training), ...tokensSection(codes.tokens));
  if (search !== undefined) sections.push(...searchSection(search.rows));
  if (speed !== undefined) sections.push(...speedSection(speed));
  if (buffering !== undefined) sections.push(...bufferingSection(buffering));
  return `${sections.join("\n\n")}\n`;
}

function byDecoder(rows: readonly TextResult[], cell: (result: DecoderResult, text: TextResult) => string): string {
  return table(
    ["", "bytes", ...(rows.at(0)?.decoders ?? []).map(({ decoder }) => decoder)],
    rows.map((text) => [text.name, thousands(text.length), ...text.decoders.map((result) => cell(result, text))]),
  );
}

/** The thesis's Figure 12 and, with its decoder, its measure of accuracy. */
function codedSection(rows: readonly TextResult[]): string[] {
  return [
    "## What is coded",
    "Characters that have a code, those of them in runs of 12 or more, which the thesis calls compressible, and the size in its framing, with nothing corrected, percent:",
    table(
      ["", "encodable", "in runs", "size"],
      rows.map(({ name, length, encodable, inRuns, framed }) => [
        name,
        percent(encodable, 1),
        percent(inRuns, 1),
        percent(framed / length, 2),
      ]),
    ),
    "## Right characters",
    "Of all characters of the text, which is how the thesis counts, those that come back right, percent:",
    byDecoder(rows, ({ characters }) => percent(characters.right / characters.of, 2)),
    "## Coded characters",
    "Of those that were coded:",
    byDecoder(rows, ({ coded }) => percent(coded.right / coded.of, 2)),
  ];
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
    "## In-stream",
    "The same in-stream:",
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

/** The thesis's section 6.4. */
function wordsSection(rows: readonly WordsResult[]): string[] {
  const share = ({ right, of }: Count, digits: number): string => percent(right / of, digits);
  const both = (row: WordsResult, cell: (side: WordsSide) => string): string[] => [cell(row.before), cell(row.after)];
  return [
    "## Dictionary",
    "The letter table alone, and with a dictionary of 36,000 words: a word that is none becomes the one that differs least in " +
      "letters of the same codes. Ambiguous letters and words that are right with nothing corrected, percent; and raw streams " +
      "with corrections, which bring every byte back, percent of the text.",
    table(
      [
        "",
        "letters",
        "letters, looked up",
        "words",
        "words, looked up",
        "thesis's framing",
        "the same, looked up",
        "in-stream",
        "in-stream, looked up",
      ],
      rows.map((row) => [
        row.name,
        ...both(row, ({ ambiguous }) => share(ambiguous, 2)),
        ...both(row, ({ words }) => share(words, 2)),
        ...both(row, ({ thesis }) => percent(thesis / row.length, 2)),
        ...both(row, ({ inStream }) => percent(inStream / row.length, 2)),
      ]),
    ),
    "Names and rare words that the list lacks become others now and then; far more that were wrong become right.",
  ];
}

/** The thesis's section 3.1.1. */
function widthsSection(rows: readonly WidthResult[], training: number): string[] {
  return [
    "## Codes of other widths",
    "Letters dealt to the codes of 2 and 3 bits by frequency, eight to a code at most; the thesis's pairs in 4 bits; in 6, " +
      "letters of both cases and a few others by themselves. Letters are decided by sums of log-probabilities of the seven " +
      `neighbours, counted in ${thousands(training)} bytes of other English. Sizes are computed: percent of the text, with ` +
      "nothing corrected, and with what would say which letters are wrong.",
    table(
      ["bits", "text", "coded", "letters right", "size, lossy", "size, lossless"],
      rows.map(({ bits, name, length, coded, size, ambiguous, right, corrections }) => [
        `${bits}`,
        name,
        percent(coded / length, 1),
        ambiguous === 0 ? "–" : percent(right / ambiguous, 2),
        percent(size / length, 2),
        percent((size + (ambiguous === 0 ? 0 : corrections)) / length, 2),
      ]),
    ),
    "Six bits need nothing decided and code more characters, but save only a quarter of each. With two bits, runs of twelve of " +
      "the few characters that have a code hardly come, and most of what they save is spent on what was meant.",
  ];
}

/** The thesis's section 6.3: tokenizers, and codes for several characters. */
function tokensSection(rows: readonly TokensResult[]): string[] {
  return [
    "## Codes for several characters",
    "Codes that stand for one to many characters each, found by joining the most frequent pairs again and again in the same " +
      "other English, in the thesis's runs. Each has one meaning, so that nothing is decided and nothing is lost. Sizes are " +
      "computed, percent of the text; the vocabulary is known beforehand.",
    table(
      ["bits", "text", "codes", "coded", "characters a code", "size", "vocabulary, bytes", "MB/s"],
      rows.map(({ bits, tokens, name, length, coded, codes, size, vocabulary, seconds }) => [
        `${bits}`,
        name,
        thousands(tokens),
        percent(coded / length, 1),
        figure(coded / codes),
        percent(size / length, 2),
        thousands(vocabulary),
        figure(length / 1e6 / seconds),
      ]),
    ),
    "Bytes that stand for several characters each are shorter than two letters to a byte, and certain.",
  ];
}

/** The thesis's section 6.5: search engines. */
function searchSection(rows: readonly SearchResult[]): string[] {
  return [
    "## Search",
    "Words looked for in streams by their codes, with no letter told apart: the hundred most frequent of each text, and a " +
      "hundred from all the others. False are places of other words of the same codes; none is missed.",
    table(
      ["", "words", "found", "false", "false, %", "ms a word", "MB of text a second"],
      rows.map(({ name, length, words, found, right, seconds }) => [
        name,
        thousands(words),
        thousands(found),
        thousands(found - right),
        percent((found - right) / found, 2),
        figure((1000 * seconds) / words),
        figure((length * words) / 1e6 / seconds),
      ]),
    ),
  ];
}

/** The thesis's Figure 9. */
function bufferingSection({ length, rows, date, processor, node }: BufferingResult & Where): string[] {
  return [
    "## Buffering",
    `${date.slice(0, 10)}, ${processor}, Node ${node}. Framing the first ${thousands(length)} bytes, read by a call of the system for ` +
      "each character, or for many: microseconds of processor time a character, the median and the extremes of the rounds.",
    table(
      ["bytes a call", "median", "least", "most"],
      rows.map(({ size, seconds }) => [
        thousands(size),
        ...[median(seconds), Math.min(...seconds), Math.max(...seconds)].map((time) => figure((1e6 * time) / length)),
      ]),
    ),
  ];
}

function percent(share: number, digits: number): string {
  return (100 * share).toFixed(digits);
}
