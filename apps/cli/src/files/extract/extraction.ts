/** Writes the members of an archive as files: each under a temporary name until it is whole. */

import { spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  lchownSync,
  linkSync,
  lutimesSync,
  openSync,
  renameSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

import type { MemberHeader, TarEntry } from "@pith/archive";

import { Failure, systemCode } from "../../errors.ts";
import { explain } from "../../explain.ts";
import { copyTimes, exact } from "../attributes.ts";
import { SparseWriter } from "../sparse.ts";
import { temporaryName } from "../stale.ts";
import { printableName, systemPath } from "../system-path.ts";
import { closeQuietly, createTemporary, forgetTemporary, removeTemporary } from "../temporary.ts";
import { AlreadyThere } from "./already-there.ts";
import { lookUp, RealFolder } from "./folder.ts";
import { leadsInside, placeOf } from "./place.ts";

/** What may be done. */
export interface ExtractionOptions {
  /** Replace files that are there. */
  readonly force: boolean;
  /** Give files their owners, and the bits of their modes that lend an owner's rights. */
  readonly owners: boolean;
  /** Make devices and pipes. */
  readonly devices: boolean;
  /** Make symbolic links wherever they lead. */
  readonly anyLinks: boolean;
}

/** What is done when all files are there: symbolic links, so that none is written through them, and the rights of folders. */
interface Planned {
  readonly member: MemberHeader;
  readonly parts: readonly string[];
}

/** Rights that are an owner's, and those that lend them. */
const RIGHTS = 0o777;
const ALL_RIGHTS = 0o7777;

/** Members in, files out. */
export class Extraction {
  readonly #folder: RealFolder;
  readonly #options: ExtractionOptions;
  readonly #umask = readUmask();
  /** What this run has made, by path: of two members with one name, the later counts. */
  readonly #files = new Set<string>();
  readonly #links = new Map<string, Planned>();
  readonly #folders = new Map<string, Planned>();

  /** @param path is made if it is not there */
  constructor(path: string, options: ExtractionOptions) {
    this.#folder = new RealFolder(path);
    this.#options = options;
  }

  /**
   * Makes of a member what it was.
   *
   * @param name under which it shall lie
   * @throws Failure if it must not, or cannot be
   */
  async take({ member, content }: TarEntry, name = member.name): Promise<void> {
    const parts = placeOf(name);
    if (parts.length === 0) return;
    switch (member.type) {
      case "folder":
        this.#takeFolder(member, parts);
        return;
      case "file":
        await this.#takeFile(member, parts, content);
        return;
      case "hard link":
        this.link(member, name);
        return;
      case "symbolic link":
        this.#planLink(member, parts);
        return;
      case "character device":
      case "block device":
      case "fifo":
        this.#makeDevice(member, parts);
        return;
      case "other":
        throw new Failure("not extracted: it is of a type that only its own program knows");
    }
  }

  /**
   * Gives a file of this run another name.
   *
   * @throws Failure if no such file was extracted
   */
  link({ link }: Pick<MemberHeader, "link">, name: string): void {
    const target = this.#folder.pathOf(placeOf(link));
    const parts = placeOf(name);
    const planned = this.#links.get(target);
    if (planned !== undefined) {
      this.#planLink(planned.member, parts);
      return;
    }
    if (!this.#files.has(target)) {
      throw new Failure(`not extracted: it is another name of ${printableName(link)}, which was not extracted`);
    }
    const path = this.#prepare(parts);
    if (path === target) return;
    if (!this.#mayReplace(path)) {
      linkSync(systemPath(target), systemPath(path));
    } else {
      const temporary = besides(path);
      linkSync(systemPath(target), systemPath(temporary));
      renameSync(systemPath(temporary), systemPath(path));
    }
    this.#files.add(path);
  }

  /** Makes the symbolic links, and gives folders their rights and times. @param report hears what could not be done */
  async finish(report: (name: string, error: unknown) => void): Promise<void> {
    for (const { member, parts } of this.#links.values()) {
      try {
        this.#makeLink(member, parts);
      } catch (error) {
        report(member.name, error);
      }
    }
    const deepestFirst = [...this.#folders.values()].sort((a, b) => b.parts.length - a.parts.length);
    for (const { member, parts } of deepestFirst) {
      try {
        await this.#finishFolder(member, this.#folder.pathOf(parts));
      } catch (error) {
        report(member.name, error);
      }
    }
  }

  #takeFolder(member: MemberHeader, parts: readonly string[]): void {
    this.#folder.make(parts);
    const path = this.#folder.pathOf(parts);
    // Its rights are set last, for they may forbid what comes yet.
    if (this.#options.force || this.#folder.wasMade(path)) this.#folders.set(path, { member, parts });
  }

  async #finishFolder(member: MemberHeader, path: string): Promise<void> {
    const descriptor = openSync(systemPath(path), constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
    try {
      await this.#setAttributes(descriptor, member);
    } finally {
      closeSync(descriptor);
    }
  }

  async #takeFile(member: MemberHeader, parts: readonly string[], content: AsyncIterable<Uint8Array>): Promise<void> {
    const path = this.#prepare(parts);
    const { path: temporary, descriptor } = createTemporary(path, member.mode & RIGHTS & ~this.#umask);
    let isOpen = true;
    try {
      const writer = new SparseWriter(descriptor);
      for await (const chunk of content) await writer.write(chunk);
      await writer.finish();
      await this.#setAttributes(descriptor, member);
      isOpen = false;
      closeSync(descriptor);
      this.#name(temporary, path);
    } catch (error) {
      if (isOpen) closeQuietly(descriptor);
      removeTemporary(temporary);
      throw error;
    }
    this.#files.add(path);
    this.#links.delete(path);
  }

  async #setAttributes(descriptor: number, member: MemberHeader): Promise<void> {
    const { owners } = this.#options;
    if (owners) fchownSync(descriptor, member.owner, member.group);
    fchmodSync(descriptor, owners ? member.mode & ALL_RIGHTS : member.mode & RIGHTS & ~this.#umask);
    await copyTimes(descriptor, { atimeNs: BigInt(Date.now()) * 1_000_000n, mtimeNs: member.modified });
  }

  #planLink(member: MemberHeader, parts: readonly string[]): void {
    if (!this.#options.anyLinks && !leadsInside(member.link, parts.length - 1)) {
      throw new Failure(
        `not extracted: it is a symbolic link that may lead out of the folder, to ${printableName(member.link)}; ` +
          "make it all the same with --any-links",
      );
    }
    const path = this.#prepare(parts);
    this.#links.set(path, { member, parts });
  }

  #makeLink(member: MemberHeader, parts: readonly string[]): void {
    const path = this.#prepare(parts);
    const place = this.#mayReplace(path) ? besides(path) : path;
    symlinkSync(systemPath(member.link), systemPath(place));
    if (this.#options.owners) lchownSync(systemPath(place), member.owner, member.group);
    lutimesSync(systemPath(place), new Date(), exact(member.modified));
    if (place !== path) renameSync(systemPath(place), systemPath(path));
  }

  #makeDevice(member: MemberHeader, parts: readonly string[]): void {
    if (!this.#options.devices) {
      throw new Failure(`not extracted: it is a ${member.type}; make it all the same with --devices`);
    }
    const path = this.#prepare(parts);
    if (lookUp(path) !== undefined)
      throw new Failure(`not extracted: ${printableName(path)} exists already; remove it first`);
    const { major = 0, minor = 0 } = member.device ?? {};
    const kind = member.type === "fifo" ? ["p"] : [member.type === "block device" ? "b" : "c", `${major}`, `${minor}`];
    const mode = (member.mode & RIGHTS & ~this.#umask).toString(8);
    const { status, stderr, error } = spawnSync("mknod", ["-m", mode, path, ...kind], { encoding: "utf8" });
    if (status !== 0)
      throw new Failure(`not extracted: ${error === undefined ? stderr.trim() : explain(error).message}`);
  }

  /** Makes the folders that something lies in. @throws Failure if something is there that must stay */
  #prepare(parts: readonly string[]): string {
    this.#folder.make(parts.slice(0, -1));
    const path = this.#folder.pathOf(parts);
    const there = lookUp(path);
    if (there === undefined) return path;
    if (there.isDirectory()) throw new Failure(`not extracted: ${printableName(path)} is a folder`);
    if (!this.#mayReplace(path)) {
      throw new AlreadyThere(
        `not extracted: ${printableName(path)} exists already; overwrite it with -f, or extract elsewhere with -C`,
      );
    }
    return path;
  }

  #mayReplace(path: string): boolean {
    return this.#options.force || this.#files.has(path);
  }

  /** Gives what is whole its name. Unless it may replace what is there, it cannot, even if that has come only now. */
  #name(temporary: string, path: string): void {
    if (!this.#mayReplace(path)) {
      try {
        linkSync(systemPath(temporary), systemPath(path));
        removeTemporary(temporary);
        return;
      } catch (error) {
        if (systemCode(error) === "EEXIST")
          throw new Failure(`not extracted: ${printableName(path)} has appeared meanwhile`);
        // Not every file system has links.
        if (lookUp(path) !== undefined) throw error;
      }
    }
    renameSync(systemPath(temporary), systemPath(path));
    forgetTemporary(temporary);
  }
}

/** Rights that new files do not get. To ask for them is to set them for a moment, in which nothing else can run. */
function readUmask(): number {
  const umask = process.umask(RIGHTS);
  process.umask(umask);
  return umask;
}

/** A new name in the same folder. */
function besides(path: string): string {
  return join(dirname(path), temporaryName(basename(path)));
}
