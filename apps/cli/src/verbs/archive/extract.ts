import type { Archive, Member, TarEntry } from "@pith/archive";
import { PithError } from "@pith/core";

import { BadFile, Failure, systemCode } from "../../errors.ts";
import { explain } from "../../explain.ts";
import { sourceName } from "../../files/descriptors.ts";
import { Extraction } from "../../files/extract/extraction.ts";
import { namingFormat } from "../../files/formats.ts";
import { Source } from "../../files/source.ts";
import { printableName } from "../../files/system-path.ts";
import { formatBytes } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import { displayName, type Facts, type Session } from "../../session.ts";
import { withChain } from "../shared/chain.ts";
import { isOfMember, Problems } from "./problems.ts";
import { destinations, Selection } from "./selection.ts";
import type { ArchiveSettings } from "./settings.ts";

export async function run(session: Session<ArchiveSettings>): Promise<void> {
  const [archive, ...words] = session.operands;
  const selection = new Selection(words);
  await session.forEach([sourceName(archive)], async (path) => {
    const source = await Source.open(path, { streams: true });
    try {
      return await namingFormat(source, () => extract(session, source, selection));
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      const { message, code } = explain(error, "-C");
      throw new Failure(message, code);
    } finally {
      await source.close();
    }
  });
}

/** A member, and the names under which it shall lie. */
interface Wanted {
  readonly entry: TarEntry;
  readonly names: readonly string[];
}

async function extract(session: Session<ArchiveSettings>, source: Source, selection: Selection): Promise<Facts> {
  const { workerThreads: threads, memoryLimit, references } = session.settings;
  const options = { threads, memoryLimit };
  const all = async (): Promise<Entries> => {
    const { readArchive } = await import("@pith/archive");
    return { entries: passing(readArchive(source.chunks(), options), selection), contentLength: undefined };
  };
  if (source.size === undefined) return await write(session, source, selection, await all());
  return await withChain(source, references, options, async ({ archive }) =>
    write(session, source, selection, archive === undefined ? await all() : chosen(archive, selection)),
  );
}

async function write(
  session: Session<ArchiveSettings>,
  source: Source,
  selection: Selection,
  wanted: Entries,
): Promise<Facts> {
  const { settings } = session;
  const started = performance.now();
  const extraction = new Extraction(settings.folder, settings);
  const bar = showProgress(session, `extracting ${displayName(source.path)}`, wanted.contentLength);
  let [members, contentLength] = [0, 0];
  const problems = new Problems(session);
  try {
    for await (const { entry, names } of wanted.entries) {
      for (const [i, name] of names.entries()) {
        try {
          if (i === 0) await extraction.take(entry, name);
          else extraction.link({ link: names[0] }, name);
          session.note(printableName(name));
          members++;
        } catch (error) {
          if (!isOfMember(error)) throw error;
          problems.tell(name, error);
        }
      }
      contentLength += entry.member.size;
      bar.update(contentLength);
    }
  } finally {
    // Also of an archive that is damaged somewhere: what came before is to be as it was.
    await extraction.finish(problems.tell);
    bar.stop();
    problems.finish(source.path);
  }
  selection.checkAllFound();
  const seconds = (performance.now() - started) / 1000;
  session.note(`${displayName(source.path)}: ${members} members, ${formatBytes(contentLength)}`);
  return { folder: settings.folder, members, contentLength, seconds };
}

interface Entries {
  readonly entries: AsyncIterable<Wanted>;
  /** Bytes of what is wanted; undefined where that is not known before the end. */
  readonly contentLength: number | undefined;
}

/** The members that are wanted, by the index. */
function chosen(archive: Archive, selection: Selection): Entries {
  const wanted = destinations(archive.members, selection);
  const contentLength = [...wanted.keys()].reduce((sum, { size }) => sum + size, 0);
  return { entries: placed(archive.entries(wanted.keys()), wanted), contentLength };
}

async function* placed(
  entries: AsyncIterable<TarEntry>,
  names: ReadonlyMap<Member, readonly string[]>,
): AsyncGenerator<Wanted, void> {
  for await (const entry of entries) yield { entry, names: names.get(entry.member) ?? [] };
}

/** What cannot be read from its start. */
const IN_A_PIPE =
  "where it builds on another archive, save it to a file first; otherwise a newer pith wrote it: install that";

async function* passing(entries: AsyncIterable<TarEntry>, selection: Selection): AsyncGenerator<Wanted, void> {
  try {
    for await (const entry of entries) {
      const { name } = entry.member;
      if (selection.has(name)) yield { entry, names: [name] };
    }
  } catch (error) {
    if (error instanceof PithError && error.code === "unknown-method") throw new BadFile(error, IN_A_PIPE);
    throw error;
  }
}
