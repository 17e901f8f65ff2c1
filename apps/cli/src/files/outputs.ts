/** Where the outputs of a run go. */

import { mkdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

import { Failure } from "../errors.ts";
import { explain } from "../explain.ts";
import { isFolder, type Named } from "./operands.ts";
import { printableName, systemPath } from "./system-path.ts";

/** What was asked for; nothing: each output beside its source. */
export interface Destination {
  /** A file, or a folder in which the outputs lie as their sources do under what was named. */
  readonly output: string | undefined;
  /** A folder in which all outputs lie side by side. */
  readonly flatFolder?: string | undefined;
}

/** Names outputs, no two the same, and makes the folders that they need. */
export class Outputs {
  readonly #file: string | undefined;
  readonly #folder: string | undefined;
  readonly #flat: boolean;
  readonly #kept = new Set<string>();

  private constructor(file: string | undefined, folder: string | undefined, flat: boolean) {
    this.#file = file;
    this.#folder = folder;
    this.#flat = flat;
  }

  static async open({ output, flatFolder }: Destination): Promise<Outputs> {
    if (flatFolder !== undefined) return new Outputs(undefined, flatFolder, true);
    if (output === undefined) return new Outputs(undefined, undefined, false);
    const inFolder = /[/\\]$/.test(output) || (await isFolder(output));
    return inFolder ? new Outputs(undefined, output, false) : new Outputs(output, undefined, false);
  }

  /** The one file that all output goes to; undefined if each source has one of its own. */
  get file(): string | undefined {
    return this.#file;
  }

  /**
   * Where the output of a source goes.
   *
   * @param rename makes of the name of a source that of its output
   * @throws Failure if another output of this run has the name
   */
  async pathOf(source: Named, rename: (name: string) => string): Promise<string> {
    if (this.#file !== undefined) return this.#file;
    const path = await this.#pathBeside(source, rename);
    if (this.#kept.has(resolve(path))) {
      throw new Failure(
        `${printableName(path)} is the output of another file already; write this one elsewhere with -o`,
      );
    }
    return path;
  }

  /** From now on no other output can have this name. */
  keep(path: string): void {
    this.#kept.add(resolve(path));
  }

  async #pathBeside({ path, place }: Named, rename: (name: string) => string): Promise<string> {
    if (this.#folder === undefined) return rename(path);
    if (path === "-") throw new Failure("has no name that its output could have in a folder; name a file with -o");
    const name = rename(this.#flat ? basename(place) : place);
    try {
      await mkdir(systemPath(this.#folder), { recursive: true });
      if (!this.#flat) await this.#makeFolder(dirname(place), dirname(path));
    } catch (error) {
      const { message, code } = explain(error);
      throw new Failure(`cannot make a folder in ${printableName(this.#folder)}: ${message}`, code);
    }
    return join(this.#folder, name);
  }

  /** Makes a folder like the one that it comes from: nobody may look into it who may not look into that. */
  async #makeFolder(place: string, from: string): Promise<void> {
    const path = join(this.#folder ?? "", place);
    if (place === "." || (await isFolder(path))) return;
    await this.#makeFolder(dirname(place), dirname(from));
    const { mode } = await stat(systemPath(from));
    await mkdir(systemPath(path), { mode: (mode & 0o777) | 0o700 });
  }
}
