/** What compress and decompress share: from a source to a target, with nothing lost on the way. */

import { unlink } from "node:fs/promises";
import { isatty } from "node:tty";

import { asker } from "../../ask.ts";
import { UsageError } from "../../errors.ts";
import { descriptorOf, sourceName, targetName } from "../../files/descriptors.ts";
import { Source } from "../../files/source.ts";
import { systemPath } from "../../files/system-path.ts";
import { openTarget, type Target } from "../../files/target.ts";
import { bitsPerCharacter, formatBytes, formatDuration, formatRate, formatRatio } from "../../format.ts";
import type { MessageSettings } from "../../interface/common-options.ts";
import { displayName, type Facts, type Session } from "../../session.ts";

/** Where the output goes, and what becomes of the source. */
export interface OutputSettings {
  readonly stdout: boolean;
  /** Where the output goes; undefined: beside the source. */
  readonly output: string | undefined;
  /** Content bytes [start, end); end undefined: to the end of the content. */
  readonly range: { readonly start: number; readonly end: number | undefined } | undefined;
  readonly force: boolean;
  /** Delete each source once its output is whole, checked and on the disk. */
  readonly remove: boolean;
}

type CodingSession = Session<MessageSettings & OutputSettings>;

/** One way of coding. */
export interface Coding {
  /** The name of the output beside its source. */
  name(source: string): string;
  /** Reads the source to its end, writes the target. */
  code(source: Source, target: Target): Promise<void>;
  /** Reads the finished output again, before the source is deleted; absent where coding has checked it already. */
  readonly check?: (path: string) => Promise<void>;
  /** Which side of the coding is the content. */
  readonly content: "source" | "target";
}

/** Refuses combinations that make no sense, and returns the sources: standard input if none is named. */
export function sourcesOf(session: CodingSession): readonly string[] {
  const { settings, operands } = session;
  const sources = namesOf(operands);
  if (settings.output !== undefined && sources.length > 1) {
    throw new UsageError(`-o: expected one file, got ${sources.length}; join several with -c > FILE`);
  }
  if (settings.remove && sources.some((source) => source === "-" || goesToStandardOutput(session, source))) {
    throw new UsageError("--rm: expected files and output in files, got standard input or output");
  }
  return sources;
}

/** What operands name: standard input if there are none. */
export function namesOf(operands: readonly string[]): readonly string[] {
  return operands.length === 0 ? ["-"] : operands.map(sourceName);
}

/** Whether the output of a source goes to standard output. */
export function goesToStandardOutput(session: CodingSession, source: string): boolean {
  const { stdout, output, range } = session.settings;
  if (output !== undefined) return targetName(output) === "-";
  return stdout || source === "-" || descriptorOf(source) !== undefined || range !== undefined;
}

/** Refuses to wait for somebody to type compressed data, or a file that nobody asked for. */
export function refuseTyping(session: Session, sources: readonly string[]): void {
  if (session.operands.length === 0 && sources.includes("-") && isatty(0)) {
    throw new UsageError("expected FILE or a pipe, got a terminal");
  }
}

/** Codes one source. */
export async function codeOne(session: CodingSession, path: string, coding: Coding): Promise<Facts> {
  const { settings } = session;
  const toStandardOutput = goesToStandardOutput(session, path);
  const started = performance.now();
  const source = await Source.open(path, {
    streams: toStandardOutput || settings.output !== undefined,
    advice: "with -c or -o it is read as a stream",
    watched: settings.remove,
  });
  let target: Target | undefined;
  try {
    target = await openTarget(toStandardOutput ? "-" : (settings.output ?? coding.name(path)), {
      force: settings.force,
      transient: !settings.remove,
      // Readable to its owner alone until it gets the mode of its source.
      mode: path === "-" ? 0o666 : 0o600,
      source: source.stats,
      sparse: coding.content === "target",
      ask: namesOf(session.operands).includes("-") ? undefined : asker(settings.quiet),
    });
    await coding.code(source, target);
    const change = await source.change();
    const attributes = path === "-" ? undefined : source.stats;
    const lost = await target.commit(attributes, settings.remove ? coding.check : undefined);
    if (lost !== undefined) session.warn(path, lost);
    if (change !== undefined) session.warn(path, settings.remove ? `not removed: ${change}` : change);
    const removed = settings.remove && change === undefined && (await remove(session, source));
    const seconds = (performance.now() - started) / 1000;
    return { ...report(session, source, target, coding.content, seconds), removed };
  } finally {
    target?.discard();
    await source.close();
  }
}

/** Deletes a source whose output is whole, unless it is no longer what was read. */
async function remove(session: CodingSession, source: Source): Promise<boolean> {
  const reason = await source.whyToKeep();
  if (reason === undefined) await unlink(systemPath(source.path));
  else session.warn(source.path, `not removed: ${reason}`);
  return reason === undefined;
}

/** Says what was done, and how long it took. */
function report(
  session: CodingSession,
  source: Source,
  target: Target,
  content: Coding["content"],
  seconds: number,
): Facts {
  const output = target.path;
  if (session.settings.range !== undefined) {
    const contentLength = target.bytesWritten;
    session.note(
      `${displayName(source.path)}: ${formatBytes(contentLength)} of the content, ${formatDuration(seconds)}`,
    );
    return { output, contentLength, fileLength: source.size, seconds };
  }
  const ends = [source.bytesRead, target.bytesWritten];
  const [contentLength, fileLength] = content === "source" ? ends : [...ends].reverse();
  const bpc = bitsPerCharacter(fileLength, contentLength);
  const [from, to] = ends.map((bytes) => formatBytes(bytes, Math.max(...ends)));
  const share = `${formatRatio(fileLength, contentLength)}${bpc === null ? "" : `, ${bpc.toFixed(2)} bpc`}`;
  session.note(
    `${displayName(source.path)}: ${from} → ${to} (${share}), ` +
      `${formatDuration(seconds)}, ${formatRate(contentLength, seconds)}`,
  );
  const ratio = contentLength === 0 ? null : fileLength / contentLength;
  return { output, contentLength, fileLength, ratio, bitsPerCharacter: bpc, seconds };
}
