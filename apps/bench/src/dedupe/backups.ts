/** Backups: one archive with many versions of a tree that lives on. The same folder gives the same archive. */
import { Random } from "./random.ts";
import { tarEnd, tarEntry } from "./tar.ts";
import { Material, type TreeFile } from "./tree.ts";

/** What backups are made of. */
export interface BackupOptions {
  readonly versions: number;
  /** Bytes of the tree, about. */
  readonly size: number;
}

const SEED = 5;
/** 2020-01-01; a version a day. */
const FIRST_DAY = 1_577_836_800;
const DAY = 86_400;

// Of all files, from one version to the next: one in so many.
const EDITED = 16;
const MOVED = 64;
const ADDED = 128;
const REMOVED = 128;
/** Edits of a file, and bytes of one, at most. */
const MOST_EDITS = 8;
const MOST_BYTES = 2000;

/** The archive, in pieces. */
export function* backups(folder: string, { versions, size }: BackupOptions): Generator<Uint8Array> {
  const random = new Random(SEED);
  const material = new Material(folder, random);
  let files = material.take(size, FIRST_DAY);
  for (let version = 0; version < versions; version++) {
    if (version > 0) files = nextDay(files, FIRST_DAY + version * DAY, material, random);
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    const top = `backup-${String(version + 1).padStart(3, "0")}`;
    for (const { path, content, seconds } of files) yield* tarEntry(`${top}/${path}`, content, seconds);
  }
  yield tarEnd();
}

function nextDay(files: readonly TreeFile[], seconds: number, material: Material, random: Random): TreeFile[] {
  const next: TreeFile[] = [];
  const folders = files.map(({ path }) => path.slice(0, path.lastIndexOf("/") + 1));
  for (const file of files) {
    if (random.oneIn(REMOVED)) continue;
    let { path, content, seconds: changed } = file;
    if (random.oneIn(EDITED)) {
      for (let edits = 1 + random.below(MOST_EDITS); edits > 0; edits--)
        content = edited(path, content, material, random);
      changed = seconds;
    }
    if (random.oneIn(MOVED)) path = `${random.of(folders)}moved-${path.slice(path.lastIndexOf("/") + 1)}`;
    next.push({ path, content, seconds: changed });
    if (!random.oneIn(ADDED)) continue;
    const added = material.newFile(seconds);
    if (added !== undefined) next.push(added);
  }
  return next;
}

/** The content with a part replaced, inserted, removed, or a few bytes patched. */
function edited(path: string, content: Uint8Array, material: Material, random: Random): Uint8Array {
  const at = random.below(content.length + 1);
  const kind = random.below(4);
  const length = kind === 3 ? 1 + random.below(4) : 1 + random.below(MOST_BYTES);
  const fresh = kind === 2 ? new Uint8Array(0) : material.newBytes(path, length);
  const skipped = kind === 1 ? 0 : kind === 2 ? length : fresh.length;
  const rest = content.subarray(Math.min(content.length, at + skipped));
  const whole = new Uint8Array(at + fresh.length + rest.length);
  whole.set(content.subarray(0, at));
  whole.set(fresh, at);
  whole.set(rest, at + fresh.length);
  return whole;
}
