/** What compress and decompress share: from a source to a target, with nothing lost on the way. */

import { unlink } from "node:fs/promises";

import { asker } from "../../ask.ts";
import { UsageError } from "../../errors.ts";
import { explain } from "../../explain.ts";
import { descriptorOf } from "../../files/descriptors.ts";
import type { Named } from "../../files/operands.ts";
import { Outputs } from "../../files/outputs.ts";
import { Source } from "../../files/source.ts";
import { systemPath } from "../../files/system-path.ts";
import { openTarget, type Target } from "../../files/target.ts";
import { bitsPerCharacter, formatBytes, formatDuration } from "../../format.ts";
import type { MessageSettings } from "../../interface/common-options.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import { readsStandardInput, sourcesOf, type SourceSettings } from "./sources.ts";
import { describeCoded, type Coded, type Summary } from "./summary.ts";

/** Which sources there are, where the output goes, and what becomes of the source. */
export interface OutputSettings extends SourceSettings {
  readonly stdout: boolean;
  /** A file, or a folder; undefined: beside the source. */
  readonly output: string | undefined;
  /** A folder for all outputs side by side. */
  readonly flatFolder?: string | undefined;
  /** Content bytes [start, end); end undefined: to the end of the content. */
  readonly range: { readonly start: number; readonly end: number | undefined } | undefined;
  readonly force: boolean;
  /** Delete each source once its output is whole, checked and on the disk. */
  readonly remove: boolean;
  /** Whether decoded content may have holes on the disk. */
  readonly sparse: boolean;
}

type CodingSession = Session<MessageSettings & OutputSettings>;

/** What is to be done. */
export interface Work {
  readonly sources: readonly Named[];
  readonly outputs: Outputs;
}

/** One way of coding. */
export interface Coding {
  /** The name of the output beside its source. */
  readonly name: (source: string) => string;
  /** Looks at the source before anything is made of it; throws if nothing shall be. */
  readonly refuse?: (source: Source) => Promise<void>;
  /** Reads the source to its end, writes the target. */
  code(source: Source, target: Target): Promise<void>;
  /** Reads the finished output again, before the source is deleted; absent where coding has checked it already. */
  readonly check?: (path: string) => Promise<void>;
  /** Which side of the coding is the content. */
  readonly content: "source" | "target";
  /** Where it is added up. */
  readonly summary?: Summary;
}

/**
 * Finds the sources, and where their outputs go.
 *
 * @param wanted which names of files in folders to take
 * @throws UsageError if that makes no sense together
 */
export async function planWork(session: CodingSession, wanted: (name: string) => boolean): Promise<Work> {
  const { settings } = session;
  const sources = await sourcesOf(session, wanted);
  const outputs = await Outputs.open(settings);
  if (outputs.file !== undefined && sources.length > 1) {
    throw new UsageError(
      `-o: expected one file, got ${sources.length}; join several with -c > FILE, or name a folder with -o FOLDER/`,
    );
  }
  session.dataOnStandardOutput = sources.some((source) => goesToStandardOutput(session, source));
  if (settings.remove && (session.dataOnStandardOutput || sources.some(({ path }) => path === "-"))) {
    throw new UsageError("--rm: expected files and output in files, got standard input or output");
  }
  return { sources, outputs };
}

/** Whether the output of a source goes to standard output. */
export function goesToStandardOutput({ settings }: CodingSession, { path }: Named): boolean {
  const { stdout, output, flatFolder, range } = settings;
  const unplaced = output === undefined && flatFolder === undefined;
  return stdout || (unplaced && (path === "-" || descriptorOf(path) !== undefined || range !== undefined));
}

/** Codes one source. */
export async function codeOne(session: CodingSession, { outputs }: Work, named: Named, coding: Coding): Promise<Facts> {
  const { settings } = session;
  const { path } = named;
  const toStandardOutput = goesToStandardOutput(session, named);
  const started = performance.now();
  const source = await Source.open(path, {
    streams: toStandardOutput || outputs.file !== undefined,
    recursive: settings.recursive !== undefined,
    advice: "with -c or -o it is read as a stream",
    watched: settings.remove,
  });
  let target: Target | undefined;
  try {
    await coding.refuse?.(source);
    const output = toStandardOutput ? "-" : await outputs.pathOf(named, coding.name);
    target = await openTarget(output, {
      force: settings.force,
      transient: !settings.remove,
      // Readable to its owner alone until it gets the mode of its source.
      mode: path === "-" ? 0o666 : 0o600,
      source: source.stats,
      sparse: settings.sparse && coding.content === "target",
      ask: readsStandardInput(session) ? undefined : asker(settings.quiet),
    });
    await coding.code(source, target);
    const change = await source.change();
    const attributes = path === "-" ? undefined : source.stats;
    const lost = await target.commit(attributes, settings.remove ? coding.check : undefined);
    if (!toStandardOutput) outputs.keep(output);
    if (lost !== undefined) session.warn(path, lost);
    if (change !== undefined) session.warn(path, settings.remove ? `not removed: ${change}` : change);
    const removed = settings.remove && change === undefined && (await remove(session, source));
    const seconds = (performance.now() - started) / 1000;
    return { ...report(session, source, target, coding, seconds), removed };
  } finally {
    target?.discard();
    await source.close();
  }
}

/** Deletes a source whose output is whole, unless it is no longer what was read. */
async function remove(session: CodingSession, source: Source): Promise<boolean> {
  const reason =
    (await source.whyToKeep()) ??
    (await unlink(systemPath(source.path)).catch((error: unknown) => explain(error).message));
  if (reason !== undefined) session.warn(source.path, `not removed: ${reason}`);
  return reason === undefined;
}

/** Says what was done, and how long it took. */
function report(
  session: CodingSession,
  source: Source,
  target: Target,
  { content, summary }: Coding,
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
  const [read, written] = [source.bytesRead, target.bytesWritten];
  const [contentLength, fileLength] = content === "source" ? [read, written] : [written, read];
  const coded: Coded = { name: displayName(source.path), read, written, content, seconds };
  session.note(describeCoded(coded));
  summary?.add(coded);
  const bpc = bitsPerCharacter(fileLength, contentLength);
  const ratio = contentLength === 0 ? null : fileLength / contentLength;
  return { output, contentLength, fileLength, ratio, bitsPerCharacter: bpc, seconds };
}
