/** `pith salvage`: what is whole of a damaged file, and what is missing, byte by byte. */

import { closeSync } from "node:fs";
import { join } from "node:path";

import type { LostMember, SalvagedIndex, TarRange } from "@pith/archive";
import type { DecompressOptions, MissingContent, RandomAccessSource, Salvaged } from "@pith/codec";
import { hasTarChecksum, TAR_BLOCK } from "@pith/core/tar";

import { asker } from "../../ask.ts";
import { Failure, systemCode } from "../../errors.ts";
import { explain } from "../../explain.ts";
import { Extraction } from "../../files/extract/extraction.ts";
import { decompressedName } from "../../files/names.ts";
import { randomAccessTo, Source } from "../../files/source.ts";
import { printableName } from "../../files/system-path.ts";
import { openTarget } from "../../files/target.ts";
import { createTemporary, removeTemporary } from "../../files/temporary.ts";
import { writeAll } from "../../files/write-all.ts";
import { formatBytes } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import { readPackedNetworks } from "../shared/networks.ts";
import { isOfMember } from "./problems.ts";
import type { ArchiveSettings } from "./settings.ts";

type SalvageSession = Session<ArchiveSettings>;

/** Lines about what is missing, unless all are asked for. */
const LINES = 20;

/** What is missing of a file, and where its content would be in the output. */
interface Gap {
  readonly offset: number;
  readonly end: number;
  readonly contentLength: number | null;
  readonly at: number;
  readonly problem: string;
}

export async function run(session: SalvageSession): Promise<void> {
  await session.forEach(session.operands, async (path): Promise<Facts> => {
    const source = await Source.open(path, { streams: false, advice: "save it to a file first" });
    try {
      return await salvageOne(session, source);
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      const { message, code } = explain(error, "-C");
      throw new Failure(message, code);
    } finally {
      await source.close();
    }
  });
}

async function salvageOne(session: SalvageSession, source: Source): Promise<Facts> {
  const { salvage } = await import("@pith/codec");
  const { salvageIndex } = await import("@pith/archive");
  const { settings } = session;
  const options: DecompressOptions = {
    threads: settings.workerThreads,
    memoryLimit: settings.memoryLimit,
    networks: await readPackedNetworks(settings.networks),
  };
  const file = source.randomAccess();
  const index = await salvageIndex(file, options);
  const part = index === undefined ? file : { size: index.tarFrames, read: file.read.bind(file) };
  const bar = showProgress(session, `salvaging ${printableName(source.path)}`, part.size);
  const pieces = salvage(part, { ...options, onProgress: ({ done }) => bar.update(done) });
  try {
    const first = await firstOf(pieces);
    if (first.head === undefined) {
      throw new Failure(`nothing of it is whole: ${first.gap ?? "it is empty"}`);
    }
    const isArchive = settings.output === undefined && (index !== undefined || startsTar(first.head));
    return isArchive
      ? await salvageArchive(session, source, first.pieces, index)
      : await salvageContent(session, source, first.pieces);
  } finally {
    bar.stop();
  }
}

/** Reads on until there is some content. */
async function firstOf(pieces: AsyncGenerator<Salvaged, void>): Promise<{
  readonly head: Uint8Array | undefined;
  readonly gap: string | undefined;
  readonly pieces: AsyncIterable<Salvaged>;
}> {
  const read: Salvaged[] = [];
  let [head, gap]: [Uint8Array | undefined, string | undefined] = [undefined, undefined];
  while (head === undefined) {
    const next = await pieces.next();
    if (next.done === true) break;
    read.push(next.value);
    if ("content" in next.value) head = next.value.content;
    else gap ??= explain(next.value.error).message;
  }
  const again = async function* (): AsyncGenerator<Salvaged, void> {
    yield* read.splice(0);
    yield* pieces;
  };
  return { head, gap, pieces: again() };
}

function startsTar(content: Uint8Array): boolean {
  return content.length >= TAR_BLOCK && hasTarChecksum(content, 0) && content[0] !== 0;
}

/** Writes content one piece behind the other; or each where it was, as far as that is known. */
async function salvageContent(
  session: SalvageSession,
  source: Source,
  pieces: AsyncIterable<Salvaged>,
): Promise<Facts> {
  const { output, force, zeros, quiet } = session.settings;
  const path = output ?? `${decompressedName(source.path, ".pith")}.salvaged`;
  const target = await openTarget(path, {
    force,
    transient: true,
    mode: 0o666,
    source: source.stats,
    sparse: true,
    ask: asker(quiet),
  });
  const gaps: Gap[] = [];
  let contentLength = 0;
  try {
    for await (const piece of pieces) {
      if ("content" in piece) {
        contentLength += piece.content.length;
        await target.write(piece.content);
        continue;
      }
      gaps.push(gapOf(piece, target.bytesWritten));
      if (zeros) for (const chunk of zerosOf(piece.contentLength ?? 0)) await target.write(chunk);
    }
    await target.commit(undefined);
  } finally {
    target.discard();
  }
  tellGaps(session, source.path, gaps);
  await session.print(`${printableName(path)}: ${formatBytes(contentLength)} are whole${lostOf(gaps)}\n`);
  return { output: path, contentLength, missing: gaps };
}

const ZEROS = new Uint8Array(2 ** 20);

function* zerosOf(length: number): Generator<Uint8Array, void> {
  for (let left = length; left > 0; left -= ZEROS.length) yield ZEROS.subarray(0, Math.min(left, ZEROS.length));
}

/** Copies what is known of the tar to a temporary file, and then extracts the members that are whole. */
async function salvageArchive(
  session: SalvageSession,
  source: Source,
  pieces: AsyncIterable<Salvaged>,
  index: SalvagedIndex | undefined,
): Promise<Facts> {
  const { settings } = session;
  const { salvageMembers } = await import("@pith/archive");
  const extraction = new Extraction(settings.folder, settings);
  const { path, descriptor } = createTemporary(join(settings.folder, "salvage"), 0o600);
  const lost: LostMember[] = [];
  const unknown: TarRange[] = [];
  let members = 0;
  const failed = (name: string, error: unknown): void => session.report(printableName(name), error);
  try {
    const known = await spool(pieces, descriptor, index?.tarLength);
    const whole = known.breaks.length === 0 ? index?.members : undefined;
    for await (const found of salvageMembers({ ...known, known: known.ranges, members: whole })) {
      if ("lost" in found) lost.push(found.lost);
      else if ("unknown" in found) unknown.push(found.unknown);
      else {
        try {
          await extraction.take(found.entry);
          session.note(printableName(found.entry.member.name));
          members++;
        } catch (error) {
          if (!isOfMember(error)) throw error;
          failed(found.entry.member.name, error);
        }
      }
    }
    await extraction.finish(failed);
    tellGaps(session, source.path, known.gaps);
    tellLost(session, source.path, lost, unknown);
    await session.print(
      `${printableName(source.path)}: ${members} members are whole and given back${lostMembers(lost, unknown)}\n${keptOf(index)}`,
    );
    return {
      folder: settings.folder,
      members,
      contentLength: known.ranges.reduce((sum, { start, end }) => sum + end - start, 0),
      missing: known.gaps,
      lost: lost.map(({ member: { name, size }, header, missing }) => ({
        name: printableName(name),
        size,
        header,
        missing,
      })),
      unknown,
    };
  } finally {
    closeSync(descriptor);
    removeTemporary(path);
  }
}

/** What was copied, and where it lies. */
interface Spooled {
  readonly tar: RandomAccessSource;
  readonly ranges: readonly TarRange[];
  /** Where bytes are missing of which nobody knows how many. */
  readonly breaks: readonly number[];
  readonly gaps: readonly Gap[];
}

/** @param tarLength bytes of the tar, by which a single stretch of unknown length has one after all */
async function spool(
  pieces: AsyncIterable<Salvaged>,
  descriptor: number,
  tarLength: number | undefined,
): Promise<Spooled> {
  const ranges: TarRange[] = [];
  const gaps: Gap[] = [];
  const breaks: number[] = [];
  let at = 0;
  for await (const piece of pieces) {
    if ("content" in piece) {
      await writeAll(descriptor, piece.content, at);
      ranges.push({ start: at, end: at + piece.content.length });
      at += piece.content.length;
      continue;
    }
    gaps.push(gapOf(piece, at));
    if (piece.contentLength === undefined) breaks.push(at);
    at += piece.contentLength ?? 0;
  }
  const tar = randomAccessTo(descriptor, at);
  const more = tarLength === undefined || breaks.length !== 1 ? 0 : tarLength - at;
  return more <= 0 ? { tar, ranges, breaks, gaps } : widened({ tar, ranges, breaks, gaps }, more);
}

/** As it is where so many bytes are missing at its only break. */
function widened({ tar, ranges, breaks: [place], gaps }: Spooled, more: number): Spooled {
  return {
    // Nobody reads what is missing, nor across it.
    tar: {
      size: tar.size + more,
      read: (offset, length) => tar.read(offset < place + more ? offset : offset - more, length),
    },
    ranges: ranges.map(({ start, end }) => (start < place ? { start, end } : { start: start + more, end: end + more })),
    breaks: [],
    gaps: gaps.map((gap) => (gap.contentLength === null ? { ...gap, contentLength: more } : gap)),
  };
}

function gapOf({ offset, end, contentLength, error }: MissingContent, at: number): Gap {
  return { offset, end, contentLength: contentLength ?? null, at, problem: error.message };
}

/** Says which bytes of the file are damaged, and what that costs. */
function tellGaps(session: SalvageSession, path: string, gaps: readonly Gap[]): void {
  tell(session, path, gaps, ({ offset, end, contentLength, at, problem }) => {
    const length = contentLength === null ? "an unknown number of" : `${contentLength}`;
    const where = end === offset ? `at ${offset} of the file` : `bytes ${offset} to ${end - 1} of the file`;
    return `${where}: ${length} bytes of content are missing at ${at}: ${problem}`;
  });
}

function tellLost(
  session: SalvageSession,
  path: string,
  lost: readonly LostMember[],
  unknown: readonly TarRange[],
): void {
  tell(session, path, lost, ({ member: { name, size }, header, missing }) => {
    const ranges = missing.map(({ start, end }) => `${start} to ${end - 1}`).join(", ");
    const what = missing.length === 0 ? "" : `bytes ${ranges} of ${size} are missing`;
    const said = header ? "" : "not all that the tar says of it is known";
    return `not given back: ${printableName(name)}: ${[what, said].filter((part) => part !== "").join(", and ")}`;
  });
  tell(
    session,
    path,
    unknown,
    ({ start, end }) => `nobody knows which members lay in bytes ${start} to ${end - 1} of the tar`,
  );
}

/** What was not looked at. */
function keptOf(index: SalvagedIndex | undefined): string {
  if (index?.reference === undefined) return "";
  const { kept, name } = index.reference;
  return `${kept.length} more are in ${printableName(name)}, which it builds on: pith extract gives them back from there\n`;
}

/** A warning for each, or for some of many. */
function tell<Item>(
  session: SalvageSession,
  path: string,
  items: readonly Item[],
  describe: (item: Item) => string,
): void {
  const { verbose, json } = session.settings;
  const shown = verbose || json ? items : items.slice(0, LINES);
  for (const item of shown) session.warn(path, describe(item));
  if (shown.length < items.length) session.warn(path, `and ${items.length - shown.length} more, which -v shows`);
}

/** `; 100 bytes are missing in 2 places`, as far as it is known. */
function lostOf(gaps: readonly Gap[]): string {
  const bytes = gaps.reduce((sum, { contentLength }) => sum + (contentLength ?? 0), 0);
  if (gaps.length === 0) return ", and nothing is missing";
  const more = gaps.some(({ contentLength }) => contentLength === null) ? " or more" : "";
  return `; ${formatBytes(bytes)}${more} are missing, at ${gaps.length} ${gaps.length === 1 ? "place" : "places"}`;
}

function lostMembers(lost: readonly LostMember[], unknown: readonly TarRange[]): string {
  if (lost.length === 0) return unknown.length === 0 ? ", and none is missing" : "; nobody knows how many are missing";
  return `, ${lost.length}${unknown.length === 0 ? "" : " or more"} are not`;
}
