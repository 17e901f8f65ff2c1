import { sampled } from "../../bytes/sample.ts";

/** What literals that are coded together have in common. */
export type GroupKind = "text" | "binary";

/** Bytes that are looked at. */
const LOOKED_AT = 16_384;
/** Bins that pairs of bytes are counted in. */
const BIN_BITS = 10;
/** Pairs below which counts say little: the first few join whatever is most alike, then what is alike enough. */
const FEW = 1024;
const SOME = 8192;
/**
 * How alike counts have to be, as the cosine of their roots. English is 0.85 to 0.95 like other English and 0.75 like
 * programs, logs are 0.5 like other logs, machine code 0.85 like other machine code; measured.
 */
const ALIKE = 0.72;
const SOMEWHAT_ALIKE = 0.5;

/** Literals that go to one stream. */
interface Group {
  readonly kind: GroupKind;
  readonly stream: number;
  readonly counts: Float64Array;
}

/**
 * Puts what is alike together: small things learn from each other, and nothing learns from what is quite unlike it. What
 * counts is how often pairs of bytes occur.
 */
export class Groups {
  readonly #groups: Group[] = [];
  #streams: number;
  readonly #most: number;

  /**
   * @param first number of the first group's stream
   * @param most streams; what comes when there are so many goes to the one behind them
   */
  constructor(first: number, most: number) {
    this.#streams = first;
    this.#most = most;
  }

  /** The stream for some bytes. */
  streamFor(bytes: Uint8Array, kind: GroupKind): number {
    const counts = countPairs(sampled(bytes, LOOKED_AT));
    const among = this.#groups.filter((group) => group.kind === kind);
    const likeness = among.map((group) => cosine(group.counts, counts));
    const best = likeness.indexOf(Math.max(...likeness));
    const least = bytes.length < FEW ? 0 : bytes.length < SOME ? SOMEWHAT_ALIKE : ALIKE;
    if (best >= 0 && (likeness[best] >= least || this.isFull)) {
      const group = among[best];
      counts.forEach((count, i) => (group.counts[i] += count));
      return group.stream;
    }
    const stream = this.ownStream();
    this.#groups.push({ kind, stream, counts });
    return stream;
  }

  /** Whether what has a stream has to be shared from now on. */
  get isFull(): boolean {
    return this.#streams >= this.#most;
  }

  /** A stream that nothing else joins, as long as there are any. */
  ownStream(): number {
    return this.isFull ? this.#most : this.#streams++;
  }
}

function countPairs(bytes: Uint8Array): Float64Array {
  const counts = new Float64Array(1 << BIN_BITS);
  for (let i = 1; i < bytes.length; i++) {
    counts[Math.imul(bytes[i - 1] | (bytes[i] << 8), 0x9e3779b1) >>> (32 - BIN_BITS)]++;
  }
  return counts;
}

/** Of the roots of counts, so that the commonest pairs do not outweigh all others. */
function cosine(a: Float64Array, b: Float64Array): number {
  let [product, ofA, ofB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    product += Math.sqrt(a[i] * b[i]);
    ofA += a[i];
    ofB += b[i];
  }
  return product / Math.sqrt(Math.max(ofA * ofB, 1));
}
