/** A tree of files made from whatever lies in a folder, and more of the same kind for what is written later. */
import { readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { readBytes } from "../measure/bytes.ts";
import { CorpusError } from "../measure/corpus.ts";
import type { Random } from "./random.ts";

/** A file of the tree. */
export interface TreeFile {
  path: string;
  content: Uint8Array;
  /** Of its last change, since 1970. */
  seconds: number;
}

/** A piece of a source file. */
interface Piece {
  readonly folder: string;
  readonly name: string;
  readonly content: Uint8Array;
}

/** Files of the tree are 4 KiB to 256 KiB long, as many of each power of two. */
const SHORTEST = 4096;
const DOUBLINGS = 7;

/** What the tree is made from. */
export class Material {
  readonly #folders: Map<string, Piece[]>;
  readonly #random: Random;

  /** @throws CorpusError if nothing lies in the folder */
  constructor(folder: string, random: Random) {
    this.#random = random;
    this.#folders = new Map();
    for (const { parent, name, content } of filesBelow(folder, "")) {
      const pieces = this.#folders.get(parent) ?? [];
      this.#folders.set(parent, pieces);
      pieces.push(...cut(parent, name, content, random));
    }
    if (this.#folders.size === 0) throw new CorpusError(`${folder} has no files to make a tree from`);
  }

  /** Takes files of about `size` bytes in all, from all folders in turn, so that each kind has its share. */
  take(size: number, seconds: number): TreeFile[] {
    const taken: TreeFile[] = [];
    for (let left = size; left > 0;) {
      const before = taken.length;
      for (const [folder, pieces] of this.#folders) {
        const piece = left > 0 ? pieces.shift() : undefined;
        if (piece === undefined) continue;
        taken.push({ path: join(folder, piece.name), content: piece.content, seconds });
        left -= piece.content.length;
      }
      if (taken.length === before) throw new CorpusError(`the folder has ${size - left} bytes, fewer than ${size}`);
    }
    return taken;
  }

  /** A file that nobody has seen, of any folder; undefined when there are none left. */
  newFile(seconds: number): TreeFile | undefined {
    const folders = [...this.#folders].filter(([, pieces]) => pieces.length > 0);
    if (folders.length === 0) return undefined;
    const [folder, pieces] = this.#random.of(folders);
    const [piece] = pieces.splice(this.#random.below(pieces.length), 1);
    return { path: join(folder, piece.name), content: piece.content, seconds };
  }

  /** Up to `length` bytes that nobody has seen, of the kind of the file if there are such. */
  newBytes(path: string, length: number): Uint8Array {
    const pieces = this.#folders.get(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
    const last = pieces?.at(-1);
    if (pieces === undefined || last === undefined)
      return this.newFile(0)?.content.subarray(0, length) ?? new Uint8Array(0);
    const { content } = last;
    const bytes = content.subarray(Math.max(0, content.length - length));
    if (bytes.length === content.length) pieces.pop();
    else pieces[pieces.length - 1] = { ...last, content: content.subarray(0, content.length - length) };
    return bytes;
  }
}

/** All files of a folder and of those in it, in the order of their names; hidden ones are left out. */
export function* filesBelow(
  folder: string,
  parent: string,
): Generator<{ parent: string; name: string; content: Uint8Array }> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path, join(parent, entry.name));
    else if (entry.isFile()) yield { parent, name: entry.name, content: readBytes(path) };
  }
}

function* cut(folder: string, name: string, content: Uint8Array, random: Random): Generator<Piece> {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  for (let at = 0, number = 1; at < content.length; number++) {
    const power = SHORTEST << random.below(DOUBLINGS);
    const end = Math.min(content.length, at + power + random.below(power));
    const number3 = String(number).padStart(3, "0");
    yield { folder, name: `${stem}-${number3}${extension}`, content: content.subarray(at, end) };
    at = end;
  }
}
