import { generateData } from "../generator/generate.ts";
import { LAGS, STRETCH, WHOLE_LAGS } from "../statistics/byte-counter.ts";

/** Two different files that the paper's algorithm compresses to the same. */
export interface Refutation {
  /** Bytes of each. */
  readonly size: number;
  readonly blockSize: number;
  /**
   * How much of their analyses is equal: `analysis`, every figure of the report, places and pictures included; or
   * `representation`, all that the paper keeps.
   */
  readonly equal: "analysis" | "representation";
  /** Where they differ, in bytes from the start. */
  readonly differences: readonly { readonly offset: number; readonly size: number }[];
  /** Why the one cannot be told from the other, in sentences. */
  readonly explanation: string;
  /** The first file, in chunks, which are not to be changed. */
  first(): Iterable<Uint8Array>;
  /** The second file. */
  second(): Iterable<Uint8Array>;
}

const LEAST_BLOCK = 1000;
const MOST_BLOCK = 3000;
/** No sum of the analysis joins bytes that lie further apart. */
const REACH = LAGS + 1;
/** Bytes that an entropy knows at most. */
const LONGEST_CONTEXT = 3;
/** Places of a block that the report keeps. */
const PLACES = 8;

/**
 * Constructs two different files of the same size that have the same "compressed representation": the same signatures
 * with the same counts, the same hierarchy, the same entropies, autocorrelation, density and score. So nobody can tell
 * from it which of them it was, and nothing can restore it: the paper's compression cannot be undone, for files of this
 * size, whatever decoder is written for it.
 *
 * From about 40 blocks up, the files are blocks X and Y in turn, with others between them; X and Y differ in two
 * neighbouring bytes, which are exchanged. In the second file, one X and one Y that come late have changed places. Every
 * statistic is a sum over the surroundings of single bytes, up to the longest lag; the surroundings of the exchanged bytes
 * are the same in X and in Y; so every sum is the same. Signatures and counts are those of the same blocks. Even the
 * places that are listed, the maps and the profile agree, as both had occurred often enough before.
 *
 * Smaller files hold nothing that recurs, so no signature is kept of them, and the second is the first read backwards.
 * Pairs at a distance, and strings of bytes read backwards, are as many as before; so every statistic is the same.
 *
 * For any size, counting says the same: there are 256^n files of n bytes, but only 256^r representations of r bytes, so
 * on average 256^(n − r) files share one.
 *
 * @param size bytes, at least a block
 * @param blockSize S, a multiple of 100 from 1000 to 3000
 * @throws RangeError for other sizes
 */
export function refute(size: number, blockSize = LEAST_BLOCK): Refutation {
  if (!(Number.isInteger(blockSize) && blockSize % 100 === 0 && blockSize >= LEAST_BLOCK && blockSize <= MOST_BLOCK)) {
    throw new RangeError(
      `blockSize: expected a multiple of 100 from ${LEAST_BLOCK} to ${MOST_BLOCK}, got ${blockSize}`,
    );
  }
  if (!Number.isSafeInteger(size) || size < blockSize) {
    throw new RangeError(`size: expected at least a block of ${blockSize} bytes, got ${size}`);
  }
  return exchangeBlocks(size, blockSize) ?? readBackwards(size, blockSize);
}

/** Bytes that nothing predicts, the same each time. */
function noise(size: number): Uint8Array {
  const content = new Uint8Array(size);
  let at = 0;
  for (const chunk of generateData("random", size)) {
    content.set(chunk, at);
    at += chunk.length;
  }
  return content;
}

/** Undefined where the file is too small for it. */
function exchangeBlocks(size: number, blockSize: number): Refutation | undefined {
  // Half a cycle is a block and as many others as keep it out of reach of the next.
  const half = (Math.floor(REACH / blockSize) + 1) * blockSize;
  const place = blockSize >> 1;
  const cycle = noise(2 * half);
  // Both halves the same, but for two bytes in the middle of their first block.
  cycle.copyWithin(half, 0, half);
  cycle.set([0x61, 0x62], place);
  cycle.set([0x62, 0x61], half + place);

  const late = lateCycle(size, half, place);
  if (late === undefined) return undefined;
  const exchanged = Uint8Array.from([...cycle.subarray(half), ...cycle.subarray(0, half)]);
  return {
    size,
    blockSize,
    equal: "analysis",
    differences: [0, half].map((offset) => ({ offset: late + offset + place, size: 2 })),
    explanation:
      `Blocks that differ in two bytes come in turn, each often enough to be well known; at ${late} two of them have changed places. ` +
      "Every signature occurs as often as before. Every statistic adds up what is near to a byte, and around the two places all is alike, so every sum is as before.",
    first: () => repeated(cycle, size),
    second: () => repeated(cycle, size, exchanged, late),
  };
}

/**
 * The offset of a cycle whose two places may be exchanged: late enough that the blocks' listed places are earlier ones,
 * within what is counted as a whole, and so that nothing is cut within reach of them.
 */
function lateCycle(size: number, half: number, place: number): number | undefined {
  const end = Math.min(size, WHOLE_LAGS);
  for (let offset = PLACES * 2 * half; offset + 2 * half <= end; offset += 2 * half) {
    const isFree = [offset + place, offset + half + place].every((at) => {
      const inStretch = at % STRETCH;
      const isInside = inStretch >= REACH && inStretch + 1 + REACH < STRETCH && at + 1 + REACH < end;
      // Cells of the profile start at multiples of powers of two: never between the two bytes.
      return isInside && at % 2 === 0;
    });
    if (isFree) return offset;
  }
  return undefined;
}

/** A cycle again and again, up to `size` bytes; at `offset` it is another one. */
function* repeated(cycle: Uint8Array, size: number, other?: Uint8Array, offset?: number): Generator<Uint8Array> {
  for (let at = 0; at < size; at += cycle.length) {
    yield (at === offset && other !== undefined ? other : cycle).subarray(0, size - at);
  }
}

function readBackwards(size: number, blockSize: number): Refutation {
  const forwards = noise(size);
  // The string at the end has no byte behind it, so it is no context; in the other file, that is the one at the start.
  forwards.fill(0, 0, LONGEST_CONTEXT);
  forwards.fill(0, size - LONGEST_CONTEXT);
  const backwards = forwards.slice().reverse();
  return {
    size,
    blockSize,
    equal: "representation",
    differences: differencesOf(forwards, backwards),
    explanation:
      "Nothing in this file recurs, so no signature of it is kept; the other file is the same read backwards. " +
      "Pairs of bytes at a distance, and strings of bytes and their reverses, are as many in the one as in the other, so every statistic is the same.",
    first: () => [forwards],
    second: () => [backwards],
  };
}

function differencesOf(a: Uint8Array, b: Uint8Array): { offset: number; size: number }[] {
  const ranges: { offset: number; size: number }[] = [];
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i]) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last.offset + last.size === i) last.size++;
    else ranges.push({ offset: i, size: 1 });
  }
  return ranges;
}
