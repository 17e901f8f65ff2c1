import { concatenate } from "../bytes/concatenate.ts";
import { checkFinalByte } from "../bytes/final-byte.ts";
import { PithError } from "../error.ts";
import type { KernelExports } from "../kernel-forms.ts";
import { Pace } from "../steps/pace.ts";
import type { Steps } from "../steps/steps.ts";

/**
 * A kernel that decodes in slices: the host gives the coded bytes between two of them, so that they need not fit the kernel's
 * memory. What it codes (bytes, bases, letters, symbols) is here called symbols.
 */
export interface SlicedDecoder extends KernelExports {
  /** Symbols of a slice at most. */
  sliceLength(): number;
  /** Where the coded bytes of a slice lie. */
  codedAddress(): number;
  /** Bytes that fit there: more than a slice can take. */
  codedRoom(): number;
  /** Starts to decode from the first `available` bytes. */
  startDecoding(available: number): void;
  /** Goes on with `available` bytes: those that were not yet read, and more behind them. */
  refill(available: number): void;
  /** Coded bytes up to where they end if no symbol follows, since the last refill; may be below 0. */
  codedLength(): number;
  /** The last of the coded bytes, if no symbol follows; −1 if the encoder wrote none to end them. */
  codedFinalByte(): number;
  /** Where, since the last refill, the coded bytes led where no encoder's do; −1 if they did not. */
  fault?(): number;
}

/** A kernel that does both: the host takes the coded bytes between two slices, too. */
export interface SlicedKernel extends SlicedDecoder {
  startEncoding(): void;
  /** Ends the coded bytes; returns how many wait. */
  finishEncoding(): number;
}

/** How many symbols are coded, and how many in the first slice: what takes about a millisecond. */
export interface Extent {
  readonly count: number;
  readonly first: number;
  readonly marks?: Marks;
}

/** Places where coding is looked at: the same everywhere, which the ends of slices are not. */
export interface Marks {
  /** Symbols from one to the next. A slice ends at each. */
  readonly every: number;
  /** Is told how many bytes are coded so far. */
  reached(coded: number): void;
}

/**
 * Work on `count` symbols in slices of a few milliseconds.
 *
 * @param most symbols of a slice
 * @param work does the `length` symbols from `done` on
 * @yields symbols done so far
 */
export function* inSlices(
  { count, first, marks }: Extent,
  most: number,
  work: (done: number, length: number) => void,
): Steps<void> {
  const pace = new Pace(first, most);
  const every = marks?.every ?? Infinity;
  for (let done = 0; done < count;) {
    const end = Math.min(count, done + every - (done % every));
    done += pace.slice(end - done, (length) => work(done, length));
    yield done;
  }
}

/** Bytes of a kernel's memory; not for longer than until the kernel takes more. */
export function view({ memory }: KernelExports, address: number, length: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(memory.buffer, address, length);
}

/**
 * Codes symbols with a kernel that has been started.
 *
 * @param encode gives the kernel `length` symbols from `done` on and codes them; returns how many coded bytes wait
 * @yields symbols done so far
 * @returns the coded bytes
 */
export function* encodeSlices(
  kernel: SlicedKernel,
  extent: Extent,
  encode: (done: number, length: number) => number,
): Steps<Uint8Array<ArrayBuffer>> {
  const slices: Uint8Array<ArrayBuffer>[] = [];
  const { marks } = extent;
  let coded = 0;
  const take = (length: number): void => {
    slices.push(view(kernel, kernel.codedAddress(), length).slice());
    coded += length;
  };
  kernel.startEncoding();
  yield* inSlices(extent, kernel.sliceLength(), (done, length) => {
    take(encode(done, length));
    if (marks !== undefined && (done + length) % marks.every === 0) marks.reached(coded);
  });
  take(kernel.finishEncoding());
  return concatenate(slices);
}

/** Coded bytes, as they are to be decoded. */
export interface Coded {
  readonly bytes: Uint8Array;
  /** Where they lie in the file, for errors. */
  readonly offset: number;
  /** What they are, for errors: `coded bases`. */
  readonly name: string;
}

/**
 * Undoes {@link encodeSlices}, with a kernel that has been started.
 *
 * @param decode decodes `length` symbols and takes them from the kernel, those from `done` on; returns how many coded bytes
 *   were read
 * @yields symbols done so far
 * @throws PithError `truncated`, `trailing-data` or `invalid-field` if the coded bytes do not end where the symbols do, or
 *   end as no encoder ends them
 */
export function* decodeSlices(
  kernel: SlicedDecoder,
  extent: Extent,
  { bytes, offset, name }: Coded,
  decode: (done: number, length: number) => number,
): Steps<void> {
  const room = kernel.codedRoom();
  /** Bytes that the kernel has read. */
  let read = 0;
  const give = (): number => {
    const next = bytes.subarray(Math.min(read, bytes.length), read + room);
    view(kernel, kernel.codedAddress(), next.length).set(next);
    return next.length;
  };
  kernel.startDecoding(give());
  let end = kernel.codedLength();
  const steps = inSlices(extent, kernel.sliceLength(), (done, length) => {
    const used = decode(done, length);
    end = read + kernel.codedLength();
    const fault = kernel.fault?.() ?? -1;
    if (end > bytes.length || (fault >= 0 && read + fault > bytes.length)) {
      throw new PithError("truncated", `the ${name} end too early`, { offset: offset + bytes.length });
    }
    if (fault >= 0) {
      // Six bytes are looked at before the coder needs the first.
      const place = { offset: offset + Math.max(0, read + fault - 6) };
      throw new PithError("invalid-field", `the ${name} are damaged`, place);
    }
    read += used;
    kernel.refill(give());
  });
  yield* steps;
  if (end < bytes.length) {
    throw new PithError("trailing-data", `the ${name} go on after their end`, { offset: offset + end });
  }
  checkFinalByte(bytes, kernel.codedFinalByte(), offset);
}
