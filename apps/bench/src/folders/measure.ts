/** One tree as an archive: by Pith at several levels, and by what people use. */
import { execFileSync } from "node:child_process";
import { copyFileSync, lstatSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { cp } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isInstalled } from "../contestants/installed.ts";
import { flagOfLevel } from "../contestants/pith.ts";
import { type Machine, measure } from "../measure/child.ts";
import { median } from "../measure/statistics.ts";
import { CLI } from "../paths.ts";

/** What an archive takes. */
export interface ArchiveRow {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Processor time of making it; undefined where the system does not tell. */
  readonly cpuSeconds: number | undefined;
  /** Bytes of memory at most; undefined where the system does not tell. */
  readonly memory: number | undefined;
  /** Of listing it, and of extracting one member, in processor time; of Pith alone. */
  readonly list?: number;
  readonly one?: number;
}

/** What is new, packed with the archive of the rest as its reference. */
export interface AppendedRow {
  readonly level: number;
  /** Bytes that were added, and of the tree before. */
  readonly added: number;
  readonly before: number;
  /** Bytes of the archive of what was there before, and of the one that builds on it. */
  readonly oldSize: number;
  readonly newSize: number;
}

export interface TreeFacts {
  readonly files: number;
  readonly bytes: number;
}

/** Regular files below a folder, as paths from it, in the order of their names. */
function filesBelow(folder: string, path = ""): string[] {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = join(path, entry.name);
      if (entry.isDirectory()) return filesBelow(folder, inside);
      return entry.isFile() ? [inside] : [];
    });
}

/**
 * Copies regular files, times and rights included.
 *
 * @param largest bytes of a file at most
 * @returns the copy, which is called as the tree
 */
export async function copyOfSmall(tree: string, largest: number, folder: string): Promise<string> {
  const copy = join(folder, baseOf(tree));
  await cp(tree, copy, {
    recursive: true,
    preserveTimestamps: true,
    filter(path) {
      const stats = lstatSync(path);
      return stats.isDirectory() ? basename(path) !== ".cache" : stats.isFile() && stats.size <= largest;
    },
  });
  return copy;
}

export function factsOf(tree: string): TreeFacts {
  const sizes = filesBelow(tree).map((file) => lstatSync(join(tree, file)).size);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

const PEERS: readonly { readonly name: string; readonly program: string; readonly script: string }[] = [
  {
    name: "tar, zstd --ultra -22 --long=27",
    program: "zstd",
    script: 'tar -c "$1" | zstd -q --ultra -22 --long=27 > "$2"',
  },
  { name: "tar, xz -9e", program: "xz", script: 'tar -c "$1" | xz -9e > "$2"' },
  { name: "zpaq -m4", program: "zpaq", script: 'zpaq a "$2" "$1" -m4 >/dev/null 2>&1' },
];

export async function peerRow(
  index: number,
  tree: string,
  folder: string,
  machine: Machine,
): Promise<ArchiveRow | undefined> {
  const { name, program, script } = PEERS[index];
  if (!isInstalled(program)) return undefined;
  const output = join(folder, program === "zpaq" ? "peer.zpaq" : "peer");
  const argv = ["bash", "-c", `cd "$3" && ${script}`, "bash", baseOf(tree), output, dirname(tree)];
  const { cpuSeconds, peakMemory } = await measure({ argv }, join(folder, "nothing"), machine);
  const { size } = statSync(output);
  rmSync(output);
  return { name, size, cpuSeconds, memory: peakMemory };
}

export const PEER_COUNT = PEERS.length;

/**
 * @param options of the command
 * @throws Error if the tree does not come back
 */
export async function pithRow(
  options: readonly string[],
  tree: string,
  folder: string,
  machine: Machine,
): Promise<ArchiveRow> {
  const archive = join(folder, "tree.tar.pith");
  const packed = await measure({ argv: pith(...options, tree, "-o", archive, "-f") }, join(folder, "nothing"), machine);
  const { size } = statSync(archive);
  const back = join(folder, "back");
  execFileSync(process.execPath, [CLI, "extract", archive, "-C", back]);
  execFileSync("diff", ["-r", "--no-dereference", tree, join(back, baseOf(tree))]);
  rmSync(back, { recursive: true });
  const list = await measure({ argv: pith("list", "--files", archive) }, join(folder, "nothing"), machine);
  const files = filesBelow(tree);
  const times: number[] = [];
  for (const share of [0.2, 0.5, 0.8]) {
    const member = join(baseOf(tree), files[Math.floor(files.length * share)]);
    const argv = pith("extract", archive, "-f", "-C", back, member);
    const { cpuSeconds, seconds } = await measure({ argv }, join(folder, "nothing"), machine);
    times.push(cpuSeconds ?? seconds);
  }
  rmSync(back, { recursive: true });
  rmSync(archive);
  const { cpuSeconds, peakMemory: memory } = packed;
  return {
    name: `pith ${options.join(" ")}`,
    size,
    cpuSeconds,
    memory,
    list: list.cpuSeconds ?? list.seconds,
    one: median(times),
  };
}

/** Every so-many-th file is added later. */
const LATER = 100;

export function appended(level: number, tree: string, folder: string): AppendedRow {
  const copy = join(folder, baseOf(tree));
  const [old, next] = [join(folder, "old.tar.pith"), join(folder, "new.tar.pith")];
  const files = filesBelow(tree);
  const later = files.filter((_, i) => i % LATER === LATER - 1);
  const sizeOf = (some: readonly string[]): number =>
    some.reduce((sum, file) => sum + lstatSync(join(tree, file)).size, 0);
  const add = (some: readonly string[]): void => {
    for (const file of some) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      copyFileSync(join(tree, file), join(copy, file));
    }
  };
  add(files.filter((file) => !later.includes(file)));
  execFileSync(process.execPath, [CLI, flagOfLevel(level), copy, "-o", old]);
  add(later);
  execFileSync(process.execPath, [CLI, flagOfLevel(level), copy, "-o", next, "--reference", old]);
  const row = {
    level,
    added: sizeOf(later),
    before: sizeOf(files) - sizeOf(later),
    oldSize: statSync(old).size,
    newSize: statSync(next).size,
  };
  for (const path of [copy, old, next]) rmSync(path, { recursive: true });
  return row;
}

function pith(...words: string[]): string[] {
  return [process.execPath, CLI, ...words];
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
