/** Compresses folders: each run makes one archive of all that it is given. */

import { basename } from "node:path";

import type { ArchiveReference, PackedMember } from "@pith/archive";

import { asker } from "../../ask.ts";
import { Failure, UsageError } from "../../errors.ts";
import { lookUp } from "../../files/extract/folder.ts";
import { isFolder, named } from "../../files/operands.ts";
import { ordered } from "../../files/order.ts";
import { Outputs } from "../../files/outputs.ts";
import { Source } from "../../files/source.ts";
import { printableName } from "../../files/system-path.ts";
import { openTarget, refuseTerminal, type Target } from "../../files/target.ts";
import { memberName, Tree } from "../../files/tree.ts";
import { bitsPerCharacter } from "../../format.ts";
import { showProgress } from "../../progress.ts";
import type { Facts, Session } from "../../session.ts";
import { withChain } from "../shared/chain.ts";
import { describeCoded, Summary } from "../shared/summary.ts";
import { readPackedNetworks } from "../shared/networks.ts";
import { compressOptions } from "./codec-options.ts";
import { lessThanAsked } from "./memory-fit.ts";
import type { CodingSettings } from "./settings.ts";

type PackSession = Session<CodingSettings>;

/** Whether one archive is to be made: of folders, or of several files where the output is named as that of one. */
export async function isArchive({ operands, settings }: PackSession): Promise<boolean> {
  if (settings.recursive === true) return false;
  const isNamedSo = settings.output?.endsWith(archiveSuffix(settings)) === true;
  if (isNamedSo && operands.length > 1) return true;
  for (const operand of operands) if (await isFolder(operand)) return true;
  return false;
}

function archiveSuffix({ suffix }: CodingSettings): string {
  return `.tar${suffix}`;
}

export async function packFolders(session: PackSession): Promise<void> {
  const { operands, settings } = session;
  refuseMeaningless(session);
  const path = settings.stdout ? "-" : await outputOf(session);
  session.dataOnStandardOutput = path === "-";
  if (path === "-") refuseTerminal(settings.force);
  const summary = new Summary();
  // One output, whatever it is made of.
  await session.forEach([operands.length === 1 ? operands[0] : path], () => packTo(session, path, summary));
  summary.print(session);
}

/** @throws UsageError for what an archive cannot have */
function refuseMeaningless({ operands, settings }: PackSession): void {
  const refused: readonly (readonly [string, boolean])[] = [
    ["--files-from", (settings.lists ?? []).length > 0],
    ["--exclude-compressed", settings.excludeCompressed],
    ["--output-dir-flat", settings.flatFolder !== undefined],
    ["--flush", settings.flush !== undefined],
    ["--rm", settings.remove],
  ];
  for (const [option, isGiven] of refused) {
    if (isGiven)
      throw new UsageError(
        `${option}: expected without folders, which become one archive; use -r for the files in them`,
      );
  }
  if (operands.includes("-")) throw new UsageError("expected folders and files, got standard input as well");
  const names = new Set<string>();
  for (const operand of operands) {
    const name = memberName(operand);
    if (names.has(name)) {
      throw new UsageError(
        `expected names that differ, got ${name === "" ? operand : name} twice: in the archive they would be the same`,
      );
    }
    names.add(name);
  }
}

/** @throws UsageError if nobody said what it is to be called */
async function outputOf({ operands, settings }: PackSession): Promise<string> {
  const outputs = await Outputs.open(settings);
  if (outputs.file !== undefined) return outputs.file;
  const [first] = operands;
  if (operands.length > 1) throw new UsageError("expected -o FILE for an archive of several, or -c");
  if (memberName(first) === "") throw new UsageError(`expected -o FILE for an archive of ${first}, or -c`);
  return await outputs.pathOf(named(first.replace(/(?<=.)[/\\]+$/, "")), (name) => name + archiveSuffix(settings));
}

async function packTo(session: PackSession, path: string, summary: Summary): Promise<Facts> {
  const { settings, operands } = session;
  const tree = new Tree({
    exclude: (name) => settings.exclude.some((isLeftOut) => isLeftOut(name)),
    output: path === "-" ? undefined : lookUp(path),
    owners: settings.owners,
    warn: warnOnce(session),
  });
  for (const operand of operands) await tree.add(operand);
  if (settings.references.length === 0) return await packMembers(session, path, summary, tree.members, undefined);
  return await withReference(session, path, tree.members, (changed, reference) =>
    packMembers(session, path, summary, changed, reference),
  );
}

/** Finds out what is new since the archive that was named first. */
async function withReference(
  session: PackSession,
  path: string,
  members: readonly PackedMember[],
  pack: (changed: readonly PackedMember[], reference: ArchiveReference) => Promise<Facts>,
): Promise<Facts> {
  const { references, memoryLimit } = session.settings;
  const [old, ...older] = references;
  const there = lookUp(old);
  if (there !== undefined && lookUp(path)?.ino === there.ino) {
    throw new Failure(`${printableName(old)} cannot build on itself; write the new archive elsewhere with -o`);
  }
  const { changesSince } = await import("@pith/archive");
  const { fingerprint } = await import("@pith/codec");
  const source = await Source.open(old, { streams: false });
  try {
    return await withChain(source, older, { memoryLimit }, async ({ archive }) => {
      if (archive === undefined)
        throw new Failure(`${printableName(old)} is no archive with an index, as pith FOLDER makes`);
      const { changed, kept } = changesSince(members, archive.members);
      const hash = await fingerprint(source.randomAccess());
      return await pack(changed, { fingerprint: hash, name: basename(old), members: archive.members.length, kept });
    });
  } finally {
    await source.close();
  }
}

async function packMembers(
  session: PackSession,
  path: string,
  summary: Summary,
  found: readonly PackedMember[],
  reference: ArchiveReference | undefined,
): Promise<Facts> {
  const { settings, operands } = session;
  const started = performance.now();
  const members = ordered(found, settings.order);
  const target = await openTarget(path, {
    force: settings.force,
    transient: true,
    mode: 0o666,
    source: undefined,
    ask: asker(settings.quiet),
  });
  try {
    const contentLength = await write(session, members, reference, target);
    await target.commit(undefined);
    const seconds = (performance.now() - started) / 1000;
    const name = operands.map(printableName).join(" ");
    const coded = { name, read: contentLength, written: target.bytesWritten, content: "source", seconds } as const;
    session.note(describeCoded(coded));
    summary.add(coded);
    const fileLength = target.bytesWritten;
    const bpc = bitsPerCharacter(fileLength, contentLength);
    const ratio = fileLength / contentLength;
    const kept = reference?.kept.length;
    return {
      output: path,
      members: members.length,
      ...(kept !== undefined && { kept }),
      contentLength,
      fileLength,
      ratio,
      bitsPerCharacter: bpc,
      seconds,
    };
  } finally {
    target.discard();
  }
}

/** Writes the archive. @returns bytes of its tar */
async function write(
  session: PackSession,
  members: readonly PackedMember[],
  reference: ArchiveReference | undefined,
  target: Target,
): Promise<number> {
  const { packArchive, tarLength } = await import("@pith/archive");
  const length = tarLength(members, reference);
  const networks = await readPackedNetworks(session.settings.networks);
  const options = await compressOptions(session, length, networks.at(0));
  const bar = showProgress(session, printableName(target.path), length);
  const onProgress = ({ done }: { done: number }): void =>
    bar.update(done, done > 0 ? target.bytesWritten / done : undefined);
  try {
    for await (const piece of packArchive(members, { ...options, reference, onProgress })) await target.write(piece);
  } finally {
    bar.stop();
  }
  const { level, memoryLimit, blockSize } = session.settings;
  const less = await lessThanAsked({ ...options, level, memoryLimit }, length, blockSize !== undefined);
  if (less !== undefined) session.warn(target.path, less);
  return length;
}

/** The same is said but once: what comes again is looked for before files are read to be compressed. */
function warnOnce(session: PackSession): (path: string, message: string) => void {
  const said = new Set<string>();
  return (path, message) => {
    const all = `${path}\0${message}`;
    if (!said.has(all)) session.warn(path, message);
    said.add(all);
  };
}
