/** Logs: one archive with a snapshot a day of a folder in which logs rotate, so that each log is in several. */
import { CorpusError } from "../measure/corpus.ts";
import type { BackupOptions } from "./backups.ts";
import { Random } from "./random.ts";
import { tarEnd, tarEntry } from "./tar.ts";
import { filesBelow } from "./tree.ts";

const SEED = 6;
const FIRST_DAY = 1_577_836_800;
const DAY = 86_400;
/** Days that a log is kept. */
const KEPT = 7;

/**
 * The archive, in pieces. Messages are lines of the `.log` files in the folder, with other numbers.
 *
 * @throws CorpusError if there are none
 */
export function* logs(folder: string, { versions, size }: BackupOptions): Generator<Uint8Array> {
  const random = new Random(SEED);
  const messages = [...filesBelow(folder, "")]
    .filter(({ name }) => name.endsWith(".log"))
    .flatMap(({ content }) => new TextDecoder("latin1").decode(content).split("\n"))
    .filter((line) => line !== "");
  if (messages.length === 0) throw new CorpusError(`${folder} has no .log files with lines`);
  const kept: { readonly content: Uint8Array; readonly seconds: number }[] = [];
  for (let day = 1 - KEPT; day < versions; day++) {
    const seconds = FIRST_DAY + day * DAY;
    kept.unshift({ content: dayOfLog(messages, Math.ceil(size / KEPT), seconds, random), seconds });
    if (day < 0) continue;
    for (const [age, log] of kept.slice(0, KEPT).entries()) {
      const name = `snapshot-${String(day + 1).padStart(3, "0")}/service.log${age === 0 ? "" : `.${age}`}`;
      yield* tarEntry(name, log.content, log.seconds);
    }
  }
  yield tarEnd();
}

/** About `length` bytes of lines, whose times go through the day. */
function dayOfLog(messages: readonly string[], length: number, seconds: number, random: Random): Uint8Array {
  const content = new Uint8Array(length);
  const encoder = new TextEncoder();
  for (let at = 0; at < length;) {
    const time = new Date((seconds + (DAY * at) / length) * 1000).toISOString();
    const message = random
      .of(messages)
      .replace(/\d{2,}/g, (digits) => digits.replace(/\d/g, () => `${random.below(10)}`));
    at += encoder.encodeInto(`${time} ${message}\n`, content.subarray(at)).written;
  }
  return content;
}
