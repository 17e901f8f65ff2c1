import { BinaryEncoder } from "@pith/entropy";
import { ByteWriter } from "@pith/core/bytes";
import { encoding } from "../../adaptive/bit-coder.ts";
import { InstructionModel, STREAMS } from "./instructions.ts";
import { RepeatFinder, type Repeat } from "./repeats.ts";

/** Content without what comes again in it. */
export interface Deduplicated {
  /** What the transform gives out: the instructions, then the streams. */
  readonly output: Uint8Array;
  /** Where each of these parts ends; parts without a byte are left out. */
  readonly ends: readonly number[];
}

/** Bytes of content whose kind is decided together. */
const PAGE = 4096;

/** The stream for the literals of a page of content: 0 for text, 1 for binary, 2 for nucleotides. */
export type StreamOf = (page: Uint8Array) => number;

/** Bytes that are copied between two steps: a few milliseconds. */
const STEP = 2 ** 24;

/** Takes content in slices, finds what comes again in it, and writes the rest and how the whole is put together. */
export class Deduplicator {
  readonly #streamOf: StreamOf;
  readonly #finder: RepeatFinder;
  readonly #encoder = new BinaryEncoder();
  readonly #model = new InstructionModel(encoding(this.#encoder));
  /** Of each stream, the literals' starts and lengths, in turn. */
  readonly #literals: number[][] = Array.from({ length: STREAMS }, () => []);
  /** Where the next instruction begins in the content. */
  #position = 0;
  /** The last page that a literal began in, and its stream. */
  #page = -1;
  #stream = 0;

  /**
   * @param streamOf tells the kind of a page
   * @param shortest bytes that what is taken out has at least: 256 or more, which is the default
   */
  constructor(streamOf: StreamOf, shortest?: number) {
    this.#streamOf = streamOf;
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

  /** Bytes of content so far that were there before. */
  get repeatedLength(): number {
    return this.#finder.repeatedLength;
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
    const lengths = this.#literals.map((fields) =>
      fields.reduce((sum, field, i) => sum + (i % 2 === 1 ? field : 0), 0),
    );
    const head = new ByteWriter();
    head.varint(instructions.length);
    for (const length of lengths.slice(0, -1)) head.varint(length);
    head.bytes(instructions);

    const ends = [head.length];
    for (const length of lengths) ends.push(ends[ends.length - 1] + length);
    const output = new Uint8Array(ends[ends.length - 1]);
    output.set(head.finish());
    let at = head.length;
    let stepEnd = at + STEP;
    for (const fields of this.#literals) {
      for (let i = 0; i < fields.length; i += 2) {
        const [start, length] = [fields[i], fields[i + 1]];
        output.set(this.content(start, start + length), at);
        at += length;
        if (at < stepEnd) continue;
        yield undefined;
        stepEnd = at + STEP;
      }
    }
    return { output, ends: ends.filter((end, i) => i === 0 || end > ends[i - 1]) };
  }

  /** Content between two places: a view, good until the next call. */
  content(start: number, end: number): Uint8Array {
    return this.#finder.content(start, end);
  }

  #add(repeats: readonly Repeat[]): void {
    for (const { start, length, source } of repeats) {
      this.#addLiterals(start);
      this.#model.code({ length, distance: start - source });
      this.#position = start + length;
    }
  }

  /** The content up to `end` is new: it goes to the streams of the pages that it lies in. */
  #addLiterals(end: number): void {
    while (this.#position < end) {
      const start = this.#position;
      const stream = this.#streamAt(start);
      let next = start;
      while (next < end && this.#streamAt(next) === stream) next = Math.min(end, next - (next % PAGE) + PAGE);
      this.#model.code({ stream, length: next - start });
      this.#literals[stream].push(start, next - start);
      this.#position = next;
    }
  }

  #streamAt(place: number): number {
    const page = Math.floor(place / PAGE);
    if (page !== this.#page) {
      this.#page = page;
      this.#stream = this.#streamOf(this.content(page * PAGE, Math.min(this.length, (page + 1) * PAGE)));
    }
    return this.#stream;
  }
}
