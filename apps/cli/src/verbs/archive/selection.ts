/** Which members the operands of a command name. */

import type { Member } from "@pith/archive";

import { Failure } from "../../errors.ts";
import { globFilter, isGlob, type PathFilter } from "../../files/glob.ts";
import { printableName } from "../../files/system-path.ts";

/** A word of the command, and whether any member was meant by it. */
interface Wanted {
  readonly word: string;
  readonly means: PathFilter;
  found: boolean;
}

/** Tells which members are wanted; all, where no word says which. */
export class Selection {
  readonly #wanted: readonly Wanted[];

  /** @throws UsageError for a pattern that is none */
  constructor(words: readonly string[]) {
    this.#wanted = words.map((word) => ({ word, means: isGlob(word) ? globOrName(word) : within(word), found: false }));
  }

  has(name: string): boolean {
    if (this.#wanted.length === 0) return true;
    const path = plain(name);
    let isMeant = false;
    for (const wanted of this.#wanted) {
      if (!wanted.means(path)) continue;
      wanted.found = true;
      isMeant = true;
    }
    return isMeant;
  }

  /** @throws Failure for words by which nothing was meant, once all members have been asked for */
  checkAllFound(): void {
    const missing = this.#wanted.filter(({ found }) => !found).map(({ word }) => printableName(word));
    if (missing.length === 0) return;
    throw new Failure(`not in the archive: ${missing.join(", ")}; pith list --files shows what is`);
  }
}

/**
 * Where to write each member that has to be read: under its own name, under that of a hard link to it, or both.
 *
 * @returns of members in their order, the names for each; a hard link of which the file is wanted too is a member of its own
 */
export function destinations(members: readonly Member[], selection: Selection): ReadonlyMap<Member, readonly string[]> {
  const files = new Map<string, Member>();
  const wanted = new Map<Member, string[]>();
  for (const member of members) {
    if (member.type === "file") files.set(member.name, member);
    if (!selection.has(member.name)) continue;
    const linked = member.type === "hard link" ? files.get(member.link) : undefined;
    const source = linked === undefined ? member : linked;
    wanted.set(source, [...(wanted.get(source) ?? []), member.name]);
  }
  return wanted;
}

/** A name that has brackets or stars in it is also meant by itself. */
function globOrName(word: string): PathFilter {
  const [glob, name] = [globFilter(word), within(word)];
  return (path) => glob(path) || name(path);
}

/** A file or folder, and what is in it. */
function within(word: string): PathFilter {
  const name = plain(word);
  return (path) => path === name || path.startsWith(`${name}/`);
}

/** Without what makes no difference. */
function plain(name: string): string {
  return name.replace(/^(?:\.\/+)+(?=.)/, "").replace(/(?<=.)\/+$/, "");
}
