/** The sources that the command line names, and how each is done. */

import { isatty } from "node:tty";

import { UsageError } from "../../errors.ts";
import { sourceName } from "../../files/descriptors.ts";
import { filesIn, isFolder, named, namesInList, type Named } from "../../files/operands.ts";
import type { MessageSettings } from "../../interface/common-options.ts";
import type { Facts, Session } from "../../session.ts";
import { naming } from "./advising.ts";

/** Which files are meant, beside those that are operands. Absent: no others. */
export interface SourceSettings {
  /** Files with a name a line, or `-`. */
  readonly lists?: readonly string[];
  /** Whether names in lists end with zeros instead. */
  readonly zeros?: boolean;
  /** Whether a folder stands for all files in it. */
  readonly recursive?: boolean;
}

type SourceSession = Session<MessageSettings & SourceSettings>;

/**
 * The sources, in the order in which they are named; standard input if none is.
 *
 * @param wanted which names of files in folders to take
 * @throws UsageError if somebody would have to type what is no text
 */
export async function sourcesOf(session: SourceSession, wanted: (name: string) => boolean): Promise<readonly Named[]> {
  const { operands, settings } = session;
  const { lists = [], zeros = false, recursive = false } = settings;
  if (operands.length === 0 && lists.length === 0) {
    refuseTyping();
    return [named("-")];
  }
  const names = operands.map(sourceName);
  if ([...names, ...lists.map(sourceName)].filter((name) => name === "-").length > 1) {
    throw new UsageError("expected standard input once, got it twice");
  }
  for (const list of lists) names.push(...(await naming(list, () => namesInList(sourceName(list), zeros))));
  const sources: Named[] = [];
  for (const name of names) {
    if (!recursive || !(await isFolder(name))) sources.push(named(name));
    else for await (const file of filesIn(name, wanted)) sources.push(file);
  }
  return sources;
}

/** @throws UsageError if somebody would have to type what is no text, or the file that nobody named */
export function refuseTyping(): void {
  if (isatty(0)) throw new UsageError("expected FILE or a pipe, got a terminal");
}

/** Whether standard input is read, so that nobody can be asked. */
export function readsStandardInput(session: SourceSession): boolean {
  const { operands, settings } = session;
  const { lists = [] } = settings;
  return operands.length + lists.length === 0 || [...operands, ...lists].some((name) => sourceName(name) === "-");
}

/** Does one source after the other; what could not even be looked at is an error like any other. */
export async function forEachSource(
  session: SourceSession,
  sources: readonly Named[],
  work: (source: Named) => Promise<Facts>,
): Promise<void> {
  await session.forEach(
    sources.map(({ path }) => path),
    (_path, i) => {
      const { error } = sources[i];
      return error === undefined ? work(sources[i]) : Promise.reject(error);
    },
  );
}
