/** A folder into which an archive is extracted. */

import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";

import { nameOfBytes } from "@pith/core/bytes";

import { Failure, systemCode } from "../../errors.ts";
import type { FileStats } from "../attributes.ts";
import { printableName, systemPath } from "../system-path.ts";

/** Paths in a folder of which no part is a link. */
export class RealFolder {
  readonly #root: string;
  /** Folders that are known to be none but folders; and those of them that were not there before. */
  readonly #known = new Set<string>();
  readonly #made = new Set<string>();

  /** Makes the folder if it is not there. */
  constructor(path: string) {
    mkdirSync(systemPath(path), { recursive: true });
    this.#root = nameOfBytes(realpathSync(systemPath(path), { encoding: "buffer" }));
  }

  /** Where something lies. */
  pathOf(parts: readonly string[]): string {
    return join(this.#root, ...parts);
  }

  /**
   * Makes a folder in it, and those that it lies in, as far as they are not there.
   *
   * @throws Failure if a part of the path is a link, or no folder
   */
  make(parts: readonly string[]): void {
    if (parts.length === 0) return;
    const path = this.pathOf(parts);
    if (this.#known.has(path)) return;
    this.make(parts.slice(0, -1));
    const there = lookUp(path);
    if (there === undefined) {
      mkdirSync(systemPath(path));
      this.#made.add(path);
    } else if (!there.isDirectory()) {
      throw new Failure(notAFolder(path, there));
    }
    this.#known.add(path);
  }

  /** Whether a folder was not there before. */
  wasMade(path: string): boolean {
    return this.#made.has(path);
  }
}

function notAFolder(path: string, stats: FileStats): string {
  const what = stats.isSymbolicLink() ? "a symbolic link, which is not followed" : "no folder";
  return `not extracted: ${printableName(path)} is ${what}`;
}

/** What is at a path, links not followed; undefined if nothing is. */
export function lookUp(path: string): FileStats | undefined {
  try {
    return lstatSync(systemPath(path), { bigint: true });
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
