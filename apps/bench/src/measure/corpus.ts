/** The files of a folder, as the contestants get them. */
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readBytes } from "./bytes.ts";
import { type FileKind, kindOf } from "./kind.ts";

/** A file that takes part: a copy, so that it stays the same and is in the page cache. */
export interface CorpusFile {
  readonly name: string;
  readonly path: string;
  /** Bytes that are compressed. */
  readonly size: number;
  readonly kind: FileKind;
}

/** Which files, and how much of each. */
export interface CorpusOptions {
  /** Use only the first bytes of each. */
  readonly first?: number | undefined;
  /** Use only the files of these names. */
  readonly only?: readonly string[];
}

/** A folder or a choice that leaves nothing to measure; the message is for people. */
export class CorpusError extends Error {
  override readonly name = "CorpusError";
}

/**
 * Copies the files that lie directly in a folder, or one file; empty and hidden ones are left out.
 *
 * @param target folder for the copies
 * @throws CorpusError if there is no such folder or nothing in it
 */
export function prepareCorpus(source: string, target: string, { first, only = [] }: CorpusOptions = {}): CorpusFile[] {
  const found = listFiles(source);
  const unknown = only.filter((name) => !found.some((file) => basename(file) === name));
  if (unknown.length > 0) {
    throw new CorpusError(
      `${source} has no file ${unknown.join(", ")}; it has ${found.map((f) => basename(f)).join(", ")}`,
    );
  }
  mkdirSync(target, { recursive: true });
  const files: CorpusFile[] = [];
  for (const file of found) {
    const name = basename(file);
    if (only.length > 0 && !only.includes(name)) continue;
    const content = readBytes(file).subarray(0, first);
    if (content.length === 0) continue;
    const path = join(target, name);
    writeFileSync(path, content);
    files.push({ name, path, size: content.length, kind: kindOf(content) });
  }
  if (files.length === 0) throw new CorpusError(`${source} has no files with content to measure`);
  return files;
}

/** As {@link prepareCorpus}, for what is measured on one file. @throws CorpusError also for a folder */
export function prepareFile(source: string, target: string, first?: number): CorpusFile {
  if (statSync(source, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new CorpusError(`${source} is a folder; give one file`);
  }
  return prepareCorpus(source, target, { first })[0];
}

function listFiles(source: string): string[] {
  const kind = statSync(source, { throwIfNoEntry: false });
  if (kind === undefined)
    throw new CorpusError(`${source} does not exist; give a file or a folder of files to compress`);
  if (kind.isFile()) return [source];
  return readdirSync(source, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith(".") && statSync(join(source, entry.name)).isFile())
    .map((entry) => join(source, entry.name))
    .sort();
}
