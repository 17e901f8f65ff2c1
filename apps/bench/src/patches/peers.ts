/** Programs that make patches. */
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";

/** A program, and how it makes a patch and undoes it. */
export interface PatchPeer {
  readonly id: string;
  readonly name: string;
  readonly program: string;
  readonly aptPackage: string;
  /** Prints its version; undefined where it has no way to. */
  readonly version: readonly [string, ...string[]] | undefined;
  readonly make: (files: Versions, patch: string) => readonly [string, ...string[]];
  readonly undo: (files: Versions, patch: string) => readonly [string, ...string[]];
}

/** Paths of two versions of a file; of what comes back in `back`. */
export interface Versions {
  readonly old: string;
  readonly next: string;
  readonly back: string;
}

export const PATCH_PEERS: readonly PatchPeer[] = [
  {
    id: "zstd",
    name: "zstd -19 --long=27 --patch-from",
    program: "zstd",
    aptPackage: "zstd",
    version: ["zstd", "--version"],
    make: ({ old, next }, patch) => ["zstd", "-q", "-f", "-19", "--long=27", `--patch-from=${old}`, next, "-o", patch],
    undo: ({ old, back }, patch) => ["zstd", "-q", "-f", "-d", "--long=27", `--patch-from=${old}`, patch, "-o", back],
  },
  {
    id: "xdelta3",
    name: "xdelta3 -9 -S djw",
    program: "xdelta3",
    aptPackage: "xdelta3",
    version: ["xdelta3", "-V"],
    make: ({ old, next }, patch) => ["xdelta3", "-f", "-e", "-9", "-S", "djw", "-s", old, next, patch],
    undo: ({ old, back }, patch) => ["xdelta3", "-f", "-d", "-s", old, patch, back],
  },
  {
    id: "bsdiff",
    name: "bsdiff",
    program: "bsdiff",
    aptPackage: "bsdiff",
    version: undefined,
    make: ({ old, next }, patch) => ["bsdiff", old, next, patch],
    undo: ({ old, back }, patch) => ["bspatch", old, back, patch],
  },
];

/**
 * The bytes of a patch by a peer.
 *
 * @throws Error if the new version does not come back
 */
export function peerPatch({ name, make, undo }: PatchPeer, files: Versions, patch: string): number {
  const run = ([program, ...args]: readonly [string, ...string[]]): void => {
    execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  };
  run(make(files, patch));
  run(undo(files, patch));
  if (Buffer.compare(readFileSync(files.back), readFileSync(files.next)) !== 0) {
    throw new Error(`${name}: what comes back of ${files.next} is not what went in`);
  }
  return statSync(patch).size;
}
