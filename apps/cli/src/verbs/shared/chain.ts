/** Archives that build on others, which lie beside them or are named. */

import { dirname, join, resolve } from "node:path";

import type { Archive, ArchiveOptions, ArchiveReference } from "@pith/archive";
import type { RandomAccessSource } from "@pith/codec";

import { Failure, systemCode } from "../../errors.ts";
import { Source } from "../../files/source.ts";
import { printableName } from "../../files/system-path.ts";

/** An archive, and those that it builds on. */
export interface Chain {
  /** With all members; undefined if it has no index. */
  readonly archive: Archive | undefined;
  /** From the one that it builds on to the first. */
  readonly references: readonly ArchiveReference[];
}

/**
 * Opens an archive with all that it builds on, for as long as something takes.
 *
 * @param named files in which archives may be that it builds on; the folder that it lies in is looked at, too
 * @throws Failure if one is not there, or is another than it was: with both fingerprints
 */
export async function withChain<Result>(
  source: Source,
  named: readonly string[],
  options: ArchiveOptions,
  use: (chain: Chain) => Promise<Result>,
): Promise<Result> {
  const { openChain } = await import("@pith/archive");
  const { fingerprint } = await import("@pith/codec");
  const opened: Source[] = [];
  const references: ArchiveReference[] = [];
  /** By their fingerprints, as far as they were asked for. */
  const known = new Map<string, { readonly path: string; readonly file: RandomAccessSource }>();
  const look = async (path: string): Promise<string | undefined> => {
    const there = [...known].find(([, each]) => each.path === resolve(path));
    if (there !== undefined) return there[0];
    try {
      const candidate = await Source.open(path, { streams: false });
      opened.push(candidate);
      const file = candidate.randomAccess();
      const hash = await fingerprint(file);
      known.set(hash, { path: resolve(path), file });
      return hash;
    } catch (error) {
      // Only what was named must be there.
      if (named.includes(path) || systemCode(error) !== "ENOENT") throw error;
      return undefined;
    }
  };
  const find = async (reference: ArchiveReference): Promise<RandomAccessSource> => {
    references.push(reference);
    const beside = join(dirname(source.path), reference.name);
    const got: string[] = [];
    for (const path of [...named, beside]) {
      const hash = await look(path);
      const file = hash === reference.fingerprint ? known.get(hash)?.file : undefined;
      if (file !== undefined) return file;
      if (hash !== undefined) got.push(`${printableName(path)} with ${hash}`);
    }
    throw new Failure(
      `it builds on ${printableName(reference.name)}: expected an archive with the fingerprint ${reference.fingerprint}, ` +
        `got ${got.length === 0 ? "none" : got.join(", ")}; name it with --reference`,
    );
  };
  try {
    return await use({ archive: await openChain(source.randomAccess(), find, options), references });
  } finally {
    for (const each of opened) await each.close();
  }
}
