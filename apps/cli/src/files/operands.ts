/** Which files the operands of the command name: those themselves, those of a list, and those in folders. */

import { readdir, readFile, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { nameOfBytes } from "@pith/core/bytes";

import { splitBytes, systemPath } from "./system-path.ts";
import { isTemporaryName } from "./stale.ts";

/** A file that is to be done. */
export interface Named {
  readonly path: string;
  /** Where it lies under the folder that holds what was named: `sub/file`. Its output lies there under `-o FOLDER/`. */
  readonly place: string;
  /** Why it cannot be done, as far as that is known. */
  readonly error?: Error;
}

/** A file that was named itself. */
export function named(path: string): Named {
  return { path, place: basename(path) };
}

/**
 * All files in a folder and in the folders in it, in order of their names. Symbolic links in it are not followed;
 * what is no regular file and temporary files of other runs are left out.
 *
 * @param wanted which names of files to take
 */
export async function* filesIn(folder: string, wanted: (name: string) => boolean): AsyncGenerator<Named, void> {
  const name = basename(folder);
  yield* walk(folder, name === "." || name === ".." ? "" : name, wanted);
}

async function* walk(path: string, place: string, wanted: (name: string) => boolean): AsyncGenerator<Named, void> {
  let entries;
  try {
    entries = await readdir(systemPath(path), { withFileTypes: true, encoding: "buffer" });
  } catch (error) {
    yield { path, place, error: error as Error };
    return;
  }
  for (const entry of entries.sort((a, b) => Buffer.compare(a.name, b.name))) {
    const name = nameOfBytes(entry.name);
    // Without the folder in front, the name could mean standard input.
    const inside = path === "." ? `./${name}` : join(path, name);
    if (entry.isDirectory()) yield* walk(inside, join(place, name), wanted);
    else if (entry.isFile() && wanted(name) && !isTemporaryName(name)) yield { path: inside, place: join(place, name) };
  }
}

const NEWLINE = 10;

/**
 * The names in a list, one a line.
 *
 * @param path `-` is standard input
 * @param zeros whether each name ends with a byte of zero instead of a new line
 */
export async function namesInList(path: string, zeros: boolean): Promise<string[]> {
  const list = path === "-" ? await readStandardInput() : await readFile(systemPath(path));
  return (
    splitBytes(list, zeros ? 0 : NEWLINE)
      .map(nameOfBytes)
      .filter((name) => name !== "")
      // A name in a list is always that of a file.
      .map((name) => (name === "-" ? "./-" : name))
  );
}

async function readStandardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts);
}

export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(systemPath(path))).isDirectory();
  } catch {
    return false; // Whoever opens it says what is wrong.
  }
}
