/** Archives that build on others: only what is new is in them. */

import { type FileSource, fingerprint } from "@pith/codec";
import { PithError } from "@pith/core";
import type { ArchiveReference } from "./directory/reference.ts";
import type { Member, MemberHeader } from "./member.ts";
import { type Archive, openArchive, type ArchiveOptions } from "./open.ts";
import type { PackedMember } from "./pack.ts";
import type { TarEntry } from "./tar/read.ts";

/** Archives in a chain: each has to be opened for the next. */
const LONGEST_CHAIN = 100;

/**
 * Opens an archive with all that it builds on, as one.
 *
 * @param find gives the archive that a reference names, however it is found; undefined if it is not there. Its fingerprint is compared
 * @returns undefined if the archive has no index
 * @throws PithError if an archive is damaged; `unknown-method` if one of the chain is not there, or is another than it was: with both fingerprints
 * @example
 * const archive = await openChain(blob, async ({ name }) => files.get(name));
 */
export async function openChain(
  source: FileSource,
  find: (reference: ArchiveReference) => Promise<FileSource | undefined>,
  options: ArchiveOptions = {},
): Promise<Archive | undefined> {
  return await openLink(source, find, options, 0);
}

async function openLink(
  source: FileSource,
  find: (reference: ArchiveReference) => Promise<FileSource | undefined>,
  options: ArchiveOptions,
  depth: number,
): Promise<Archive | undefined> {
  const archive = await openArchive(source, options);
  if (archive?.reference === undefined) return archive;
  const { reference } = archive;
  if (depth === LONGEST_CHAIN) {
    throw new PithError("invalid-field", "too many archives build on each other", { expected: `at most ${depth}` });
  }
  const older = await openLink(await found(reference, find), find, options, depth + 1);
  if (older?.members.length !== reference.members) {
    throw new PithError(
      "invalid-field",
      `${reference.name} has another number of members than the archive says that builds on it`,
      {
        expected: reference.members,
        got: older?.members.length,
      },
    );
  }
  return joined(archive, older, reference);
}

/** @throws PithError if it is not there, or another */
async function found(
  reference: ArchiveReference,
  find: (reference: ArchiveReference) => Promise<FileSource | undefined>,
): Promise<FileSource> {
  const source = await find(reference);
  const got = source === undefined ? undefined : await fingerprint(source);
  if (source !== undefined && got === reference.fingerprint) return source;
  const problem = source === undefined ? "is not there" : "is another than it was";
  throw new PithError("unknown-method", `the archive builds on ${reference.name}, which ${problem}`, {
    expected: reference.fingerprint,
    got: got ?? "none",
  });
}

/** What is kept of the older one comes first, for what is new may be links to it. */
function joined(archive: Archive, older: Archive, reference: ArchiveReference): Archive {
  const kept = new Set(reference.kept.map((number) => older.members[number]));
  return {
    members: [...kept, ...archive.members],
    tarLength: archive.tarLength,
    reference,
    async *entries(wanted): AsyncGenerator<TarEntry, void> {
      const all = [...new Set(wanted)];
      yield* older.entries(all.filter((member) => kept.has(member)));
      yield* archive.entries(all.filter((member) => !kept.has(member)));
    },
  };
}

/** What has to be packed of a tree, and what is as it was. */
export interface Changes {
  /** In their order. */
  readonly changed: readonly PackedMember[];
  /** For {@link ArchiveReference.kept}. */
  readonly kept: readonly number[];
}

/**
 * What is new or has changed since an archive was made: members of which name, type, size, time, mode, link, owner, group or device
 * are others. Content is not compared: a file that was changed and given back its size and time passes for what it was.
 *
 * @param members of the tree as it is now
 * @param reference all members of the archive, as {@link openChain} gives them
 */
export function changesSince(members: readonly PackedMember[], reference: readonly Member[]): Changes {
  const numbers = new Map(reference.map((member, number) => [member.name, number]));
  const kept = new Set<number>();
  const isSame = (member: PackedMember): boolean => {
    const number = numbers.get(member.name);
    if (number === undefined || !hasSameHeader(member, reference[number])) return false;
    // A hard link is what it leads to, which comes first.
    const target = member.type === "hard link" ? numbers.get(member.link) : number;
    if (target === undefined || (target !== number && !kept.has(target))) return false;
    kept.add(number);
    return true;
  };
  const changed = members.filter((member) => !isSame(member));
  return { changed, kept: [...kept].sort((a, b) => a - b) };
}

function hasSameHeader(a: MemberHeader, b: MemberHeader): boolean {
  const keys = ["type", "size", "mode", "modified", "link", "owner", "group"] as const;
  const [first, second] = [a.device, b.device];
  return keys.every((key) => a[key] === b[key]) && first?.major === second?.major && first?.minor === second?.minor;
}
