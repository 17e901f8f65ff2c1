/**
 * Codes with the best of several models. A strong model has more contexts, and takes longer to learn what each is worth:
 * where little is to be coded, or hardly anything comes of it, a weaker one may do better. Where much comes of it, that is
 * never so, and nothing is coded again; else each weaker model goes on as long as it is not behind.
 */
import { LostThreadError } from "./ahead.ts";
import { encodeMixed, type MixSettings } from "./kernel.ts";

/** A model to be tried. */
export interface Candidate {
  readonly settings: MixSettings;
  /** Bytes of memory that it is expected to take. */
  readonly memory: number;
  /** Bytes that its parameters take in the header. */
  readonly headerLength: number;
}

/** What a candidate made. */
interface Coded {
  /** Its place among the candidates. */
  readonly index: number;
  readonly payload: Uint8Array;
  /** Bytes of payload and parameters. */
  readonly length: number;
  /** Bytes that were coded at each mark. */
  readonly marks: readonly number[];
}

/** Bytes of a payload that may be shorter by a weaker model: some tens of kilobytes of content, or much that repeats. */
const SHORT = 2 ** 14;
/** Bytes of input from one mark to the next. */
const MARK = 2048;
/** How far a model may be behind the best one for a while: bytes, and a share of what the best one has made. */
const MARGIN = 8;
const MARGIN_SHARE = 1 / 64;

/**
 * Whether a weaker model has no prospects: stronger ones get ahead with time.
 *
 * @param marks of the model, so far
 * @param bests those of the best model
 */
function isBehind(marks: readonly number[], bests: readonly number[]): boolean {
  const last = marks.length - 1;
  return last >= 0 && marks[last] > bests[last] * (1 + MARGIN_SHARE) + MARGIN;
}

/**
 * @param first is coded whole in any case
 * @param others the likeliest first
 * @param hasThread whether there is a thread for the first one's network
 * @yields bytes done so far
 * @returns the payload of the best, and its place among all
 */
export function* encodeBest(
  input: Uint8Array,
  first: Candidate,
  others: readonly Candidate[],
  hasThread = false,
): Generator<number, Pick<Coded, "index" | "payload">> {
  let best = yield* encodeFirst(input, first, hasThread);
  if (best.length > SHORT) return best;
  for (const [at, other] of others.entries()) {
    const coded = yield* encodeUnlessWorse(input, other, at + 1, best);
    if (coded !== undefined && coded.length < best.length) best = coded;
  }
  return best;
}

function* encodeFirst(input: Uint8Array, candidate: Candidate, hasThread: boolean): Generator<number, Coded> {
  try {
    return yield* encodeWhole(input, candidate, hasThread);
  } catch (error) {
    if (!(error instanceof LostThreadError)) throw error;
    return yield* encodeWhole(input, candidate, false);
  }
}

function* encodeWhole(
  input: Uint8Array,
  { settings, memory, headerLength }: Candidate,
  hasThread: boolean,
): Generator<number, Coded> {
  const marks: number[] = [];
  const reached = (coded: number): void => void marks.push(coded);
  const payload = yield* encodeMixed(input, settings, memory, { every: MARK, reached }, hasThread);
  return { index: 0, payload, length: payload.length + headerLength, marks };
}

/** @yields that all is done, since the best so far is */
function* encodeUnlessWorse(
  input: Uint8Array,
  { settings, memory, headerLength }: Candidate,
  index: number,
  best: Coded,
): Generator<number, Coded | undefined> {
  const marks: number[] = [];
  const reached = (coded: number): void => void marks.push(coded);
  const steps = encodeMixed(input, settings, memory, { every: MARK, reached });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return { index, payload: value, length: value.length + headerLength, marks };
    if (isBehind(marks, best.marks)) {
      steps.return(new Uint8Array(0));
      return undefined;
    }
    yield input.length;
  }
}
