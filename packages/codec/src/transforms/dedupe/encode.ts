import { BinaryEncoder } from "@pith/entropy";
import { ByteWriter } from "@pith/core/bytes";
import { encoding } from "../../adaptive/bit-coder.ts";
import type { Piece } from "../transform.ts";
import { InstructionModel, SHORTEST_REPEAT, STREAMS } from "./instructions.ts";
import { PAGE, STRETCH, type Sorter } from "./sorter.ts";
import { RepeatFinder, SHORTEST, type Repeat } from "./repeats.ts";

/** Content without what comes again in it. */
export interface Deduplicated {
  /** What the transform gives out: the instructions, then the streams. */
  readonly output: Uint8Array;
  /** What it consists of, one after the other; pieces without a byte are left out. */
  readonly pieces: readonly Piece[];
  /** Bytes before the first stream, and what of the content lies in that, in its order. */
  readonly headLength: number;
  readonly first: readonly Stretch[];
}

/** What comes again up to `distance` bytes further on has `least` bytes, if it is taken out. */
export interface Near {
  readonly distance: number;
  readonly least: number;
}

/** A stretch of content. In bytes. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** A stretch of content that is new. */
interface Literal extends Stretch {
  readonly incompressible: boolean;
}

/** The stream of what no method makes smaller. */
const NOISE_STREAM = STREAMS - 1;
/** Most pieces: beyond, compressible and incompressible ones of a stream are put together again. */
const MOST_PIECES = 256;

/** Bytes that are copied between two steps: a few milliseconds. */
const STEP = 2 ** 24;

/** Takes content in slices, finds what comes again in it, and writes the rest and how the whole is put together. */
export class Deduplicator {
  readonly #finder: RepeatFinder;
  readonly #encoder = new BinaryEncoder();
  readonly #model = new InstructionModel(encoding(this.#encoder));
  readonly #literals: Literal[][] = Array.from({ length: STREAMS }, () => []);
  readonly #sorter: Sorter;
  readonly #shortest: number;
  readonly #near: Near;
  /** Where repeats may lie, if not anywhere, in order; and how many of these are behind what is settled. */
  readonly #allowed: (Stretch & { readonly least: number })[] = [];
  #passed = 0;
  #isBounded = false;
  /** Bytes of repeats that lie elsewhere, or are too short where they may lie. */
  #left = 0;
  /** Where the next instruction begins in the content. */
  #position = 0;
  /** The last page that a literal began in, its stream, and whether no method makes it smaller. */
  #page = -1;
  #stream = 0;
  #incompressible = false;
  /** The last stretch of content that such a page lay in, and whether no method makes it smaller. */
  #stretch = -1;
  #isNoise = false;

  /**
   * @param sorter of what is left
   * @param shortest bytes that what is taken out has at least: 128 or more; default 256
   * @param near what has to be longer, of bounded content: a method sees it by itself
   */
  constructor(sorter: Sorter, shortest = SHORTEST, near: Near = { distance: 0, least: 0 }) {
    this.#sorter = sorter;
    this.#near = near;
    this.#shortest = shortest;
    this.#finder = new RepeatFinder(shortest);
  }

  /** Most bytes of a slice. */
  get sliceLength(): number {
    return this.#finder.sliceLength;
  }

  /** Bytes of content so far. */
  get length(): number {
    return this.#finder.length;
  }

  /** Bytes of content so far that were there before, and are taken out. */
  get repeatedLength(): number {
    return this.#finder.repeatedLength - this.#left;
  }

  /**
   * What of the content from here on lies outside of such stretches stays; to be called in their order, before they are taken.
   *
   * @param least bytes that are taken out of it at once, at least
   */
  allow(stretch: Stretch, least = this.#shortest): void {
    this.#isBounded = true;
    // Nothing is taken out that is shorter than what instructions can say.
    this.#allowed.push({ ...stretch, least: Math.max(least, SHORTEST_REPEAT) });
  }

  /** Takes a slice, which is copied. The output depends on where slices are cut. */
  take(slice: Uint8Array): void {
    this.#add(this.#finder.look(slice));
  }

  /** Ends the content. @yields now and then */
  *finish(): Generator<undefined, Deduplicated> {
    this.#add(this.#finder.finish());
    this.#addLiterals(this.length);
    const instructions = this.#encoder.finish();
    const lengths = this.#literals.map((literals) => literals.reduce((sum, { length }) => sum + length, 0));
    const head = new ByteWriter();
    head.varint(instructions.length);
    for (const length of lengths.slice(0, -1)) head.varint(length);
    head.bytes(instructions);

    const output = new Uint8Array(lengths.reduce((sum, length) => sum + length, head.length));
    output.set(head.finish());
    const pieces: Piece[] = [{ end: head.length, incompressible: true }];
    let at = head.length;
    let stepEnd = at + STEP;
    for (const literals of this.#literals) {
      let first = true;
      for (const { start, length, incompressible } of literals) {
        output.set(this.content(start, start + length), at);
        at += length;
        if (!first && incompressible === pieces[pieces.length - 1].incompressible) pieces.pop();
        pieces.push({ end: at, incompressible });
        first = false;
        if (at < stepEnd) continue;
        yield undefined;
        stepEnd = at + STEP;
      }
    }
    return {
      output,
      pieces: pieces.length <= MOST_PIECES ? pieces : this.#streams(head.length, lengths),
      headLength: head.length,
      first: this.#literals[0],
    };
  }

  /** As pieces, each stream as a whole. */
  #streams(headLength: number, lengths: readonly number[]): Piece[] {
    const pieces: Piece[] = [{ end: headLength, incompressible: true }];
    for (const length of lengths) {
      if (length > 0) pieces.push({ end: pieces[pieces.length - 1].end + length, incompressible: false });
    }
    return pieces;
  }

  /** Content between two places: a view, good until the next call. */
  content(start: number, end: number): Uint8Array {
    return this.#finder.content(start, end);
  }

  #add(repeats: readonly Repeat[]): void {
    for (const { start, length, source } of repeats) {
      let taken = 0;
      for (const piece of this.#allowedOf({ start, length }, start - source)) {
        this.#addLiterals(piece.start);
        this.#model.code({ length: piece.length, distance: start - source });
        this.#position = piece.start + piece.length;
        taken += piece.length;
      }
      this.#left += length - taken;
    }
  }

  /** Of a stretch behind all before it, what is long enough of it where repeats may lie. */
  *#allowedOf({ start, length }: Stretch, distance: number): Generator<Stretch> {
    if (!this.#isBounded) {
      yield { start, length };
      return;
    }
    const end = start + length;
    const least = distance <= this.#near.distance ? this.#near.least : 0;
    const allowed = this.#allowed;
    while (this.#passed < allowed.length && allowed[this.#passed].start + allowed[this.#passed].length <= start) {
      this.#passed++;
    }
    for (let i = this.#passed; i < allowed.length && allowed[i].start < end; i++) {
      const from = Math.max(start, allowed[i].start);
      const to = Math.min(end, allowed[i].start + allowed[i].length);
      if (to - from >= Math.max(least, allowed[i].least)) yield { start: from, length: to - from };
    }
  }

  /** The content up to `end` is new: it goes to the streams of the pages that it lies in. */
  #addLiterals(end: number): void {
    while (this.#position < end) {
      const start = this.#position;
      this.#turnTo(start);
      const stream = this.#stream;
      const incompressible = this.#incompressible;
      let next = start;
      do {
        next = Math.min(end, next - (next % PAGE) + PAGE);
        if (next < end) this.#turnTo(next);
      } while (next < end && this.#stream === stream && this.#incompressible === incompressible);
      this.#model.code({ stream, length: next - start });
      this.#literals[stream].push({ start, length: next - start, incompressible });
      this.#position = next;
    }
  }

  /** Makes the page of a place the one that is known. */
  #turnTo(place: number): void {
    const page = Math.floor(place / PAGE);
    if (page === this.#page) return;
    this.#page = page;
    this.#incompressible = this.#isNoiseAt(page * PAGE);
    this.#stream = this.#incompressible
      ? NOISE_STREAM
      : this.#sorter.streamOf(this.content(page * PAGE, Math.min(this.length, (page + 1) * PAGE)));
  }

  #isNoiseAt(place: number): boolean {
    const stretch = Math.floor(place / STRETCH);
    if (stretch !== this.#stretch) {
      this.#stretch = stretch;
      const end = Math.min(this.length, (stretch + 1) * STRETCH);
      this.#isNoise = end >= STRETCH && this.#sorter.isIncompressible(this.content(end - STRETCH, end), stretch);
    }
    return this.#isNoise;
  }
}
