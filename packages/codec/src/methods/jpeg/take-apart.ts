/** Takes a JPEG apart into its segments, its coefficients and what else its encoder chose. */
import { concatenate } from "@pith/core/bytes";
import { BitReader } from "./bit-reader.ts";
import { RESTART, type Frame, type Scan } from "./frame.ts";
import { HeaderReader } from "./header.ts";
import { NotUnderstood } from "./not-understood.ts";
import type { CoefficientRoom, EncoderChoices, JpegParts } from "./parts.ts";
import { ProgressiveReader } from "./progressive.ts";
import { putTogether } from "./put-together.ts";
import { NotingRule } from "./runs.ts";
import { SequentialReader } from "./sequential.ts";
import { walkBlocks } from "./walk.ts";

/**
 * Takes a JPEG apart, and makes sure that the parts make it again.
 *
 * @param bytes one JPEG, from SOI to EOI, and whatever follows
 * @yields 0, every few milliseconds
 * @returns its parts, or undefined where it is not understood; the coefficients are where `room` said
 */
export function* takeApart(bytes: Uint8Array, room: CoefficientRoom): Generator<number, JpegParts | undefined> {
  try {
    return yield* partsOf(bytes, room);
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

function* partsOf(bytes: Uint8Array, room: CoefficientRoom): Generator<number, JpegParts> {
  const reader = new HeaderReader();
  const segments: Uint8Array[] = [];
  const padding = new Padding();
  const runEnds: ReadonlySet<number>[] = [];
  let picture: Picture | undefined;
  for (let at = 0; ;) {
    const { scan, end } = reader.next(bytes, at);
    segments.push(bytes.subarray(at, scan === undefined ? bytes.length : end));
    at = end;
    if (scan === undefined) break;
    picture ??= { coefficients: room(reader.frame), ends: new Uint8Array(reader.frame.blocks) };
    const read = yield* readScan(bytes, at, reader.frame, scan, picture, padding);
    at = read.end;
    runEnds.push(read.runEnds);
  }
  const header = concatenate(segments);
  if (picture === undefined) throw new NotUnderstood("a picture without scans");
  const rules = runEnds.map((ends) => new NotingRule(ends));
  const choices = { padding: padding.summary(), runExceptions: rules.map(({ exceptions }) => exceptions) };
  const again = yield* putTogether({ header, choices }, picture.coefficients, bytes.length, rules);
  // The exceptions were noted meanwhile.
  if (!again.every((byte, at) => byte === bytes[at])) throw new NotUnderstood("an encoder with habits of its own");
  return { header, choices };
}

function* readScan(
  bytes: Uint8Array,
  from: number,
  frame: Frame,
  scan: Scan,
  { coefficients, ends }: Picture,
  padding: Padding,
): Generator<number, { readonly end: number; readonly runEnds: ReadonlySet<number> }> {
  let interval = new BitReader(bytes, from);
  const coder = frame.progressive
    ? new ProgressiveReader(interval, scan, coefficients, ends)
    : new SequentialReader(interval, scan, coefficients);
  let restarts = 0;
  const restart = (): void => {
    padding.add(interval.padding());
    const { end } = interval;
    if (bytes[end + 1] !== RESTART + (restarts++ & 7)) throw new NotUnderstood("a restart marker that is missing");
    interval = new BitReader(bytes, end + 2);
    coder.reader = interval;
  };
  for (const _ of walkBlocks(frame, scan, coder, restart)) yield 0;
  padding.add(interval.padding());
  return { end: interval.end, runEnds: coder instanceof ProgressiveReader ? coder.runEnds : new Set() };
}

/** What is known of a picture so far. */
interface Picture {
  readonly coefficients: Int16Array;
  /** Of each block: the last place in zigzag order that has a coefficient, or 0; of progressive pictures alone. */
  readonly ends: Uint8Array;
}

/** The bits that fill last bytes. */
class Padding {
  readonly #values: number[] = [];
  #ones = true;
  #zeros = true;

  add({ value, size }: { readonly value: number; readonly size: number }): void {
    this.#values.push(value);
    if (value > 0) this.#zeros = false;
    if (value < (1 << size) - 1) this.#ones = false;
  }

  summary(): EncoderChoices["padding"] {
    if (this.#ones) return "ones";
    return this.#zeros ? "zeros" : Uint8Array.from(this.#values);
  }
}
