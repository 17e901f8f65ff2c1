/**
 * What work in units is named by: files of the system, or objects of a store with the protocol of S3, as `s3://BUCKET/KEY`. Both are
 * read at any place, and appear under their name only as a whole.
 */

import { closeSync, existsSync, openSync, readFileSync, statSync } from "node:fs";
import { resolve, join } from "node:path";

import type { RandomAccessSource } from "@pith/codec";

import { Failure } from "../errors.ts";
import { explain } from "../explain.ts";
import { randomAccessTo } from "../files/source.ts";
import { printableName, systemPath } from "../files/system-path.ts";
import { openTarget, type Target, type TargetOptions } from "../files/target.ts";
import { isObject } from "./object-name.ts";

/** The name under which every machine finds it that sees the same files. */
export function absolute(name: string): string {
  return isObject(name) ? name : resolve(name);
}

/** The name of something in a folder, or below the same beginning of a key. */
export function within(folder: string, name: string): string {
  return isObject(folder) ? `${folder.replace(/\/+$/, "")}/${name}` : join(folder, name);
}

/**
 * How many bytes it has.
 *
 * @returns undefined if nothing is there, or no regular file
 * @throws Failure if it cannot be found out
 */
export async function sizeAt(name: string): Promise<number | undefined> {
  if (isObject(name)) return await (await objects()).size(name);
  const stats = statSync(systemPath(name), { throwIfNoEntry: false });
  return stats?.isFile() === true ? stats.size : undefined;
}

/** Whether there is anything. @throws Failure if it cannot be found out */
export async function isThere(name: string): Promise<boolean> {
  return isObject(name) ? (await sizeAt(name)) !== undefined : existsSync(systemPath(name));
}

/** What to say of what is not there. */
export function notThere(name: string): string {
  return `no such ${isObject(name) ? "object" : "file or folder"}; check its name`;
}

/** A range of it, until it is closed. @throws Failure if it cannot be opened */
export async function openRange(
  name: string,
  start: number,
  end: number,
): Promise<{ readonly range: RandomAccessSource; readonly close: () => void }> {
  const { file, close } = isObject(name)
    ? { file: (await objects()).open(name, end), close: () => undefined }
    : openFile(name, end);
  return {
    range: { size: end - start, read: (offset, length) => file.read(start + offset, length) },
    close,
  };
}

function openFile(name: string, end: number): { readonly file: RandomAccessSource; readonly close: () => void } {
  let descriptor: number;
  try {
    descriptor = openSync(systemPath(name), "r");
  } catch (error) {
    const { message, code } = explain(error);
    throw new Failure(`cannot read the input ${printableName(name)}: ${message}`, code);
  }
  return { file: randomAccessTo(descriptor, end), close: () => closeSync(descriptor) };
}

/** A range of it, opened for as long as something takes. */
export async function withRange<Result>(
  name: string,
  start: number,
  end: number,
  use: (range: RandomAccessSource) => Promise<Result>,
): Promise<Result> {
  const { range, close } = await openRange(name, start, end);
  try {
    return await use(range);
  } finally {
    close();
  }
}

const CHUNK = 2 ** 20;

/** What is in a range, from its start, as far as there is something. */
export async function* chunksOf(range: RandomAccessSource): AsyncGenerator<Uint8Array, void> {
  for (let at = 0; at < range.size;) {
    const chunk = await range.read(at, Math.min(CHUNK, range.size - at));
    if (chunk.length === 0) return;
    at += chunk.length;
    yield chunk;
  }
}

/** All of something small: of files also what a pipe gives. @throws Failure if it is longer, or cannot be read */
export async function bytesAt(name: string, most: number): Promise<Uint8Array> {
  const size = isObject(name) ? await sizeAt(name) : statSync(systemPath(name)).size;
  if (size === undefined) throw new Failure(`cannot read ${name}: ${notThere(name)}`, "ENOENT");
  if (size > most) throw new Failure(`${printableName(name)} is too long: expected at most ${most} bytes, got ${size}`);
  if (!isObject(name)) return readFileSync(systemPath(name));
  return await withRange(name, 0, size, (range) => range.read(0, size));
}

/**
 * Writes what gets its name only once it is whole.
 *
 * @param options force: what is there may be replaced; else `ask` asks whether it may
 * @returns its bytes
 */
export async function writing(
  name: string,
  { force, ask }: Pick<TargetOptions, "force"> & Partial<Pick<TargetOptions, "ask">>,
  write: (target: Target) => Promise<void>,
): Promise<number> {
  const target = isObject(name)
    ? await (await objects()).target(name, force, ask)
    : await openTarget(name, { force, transient: true, mode: 0o666, source: undefined, ask });
  try {
    await write(target);
    await target.commit(undefined);
    return target.bytesWritten;
  } finally {
    target.discard();
    if ("givenUp" in target) await target.givenUp;
  }
}

async function objects(): Promise<typeof import("./objects.ts")> {
  return await import("./objects.ts");
}
