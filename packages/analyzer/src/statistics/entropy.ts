import type { OrderEntropy } from "../analysis.ts";
import { byteGain, contextCost } from "./adaptive-cost.ts";
import { type ByteCounter, WHOLE_CONTEXTS } from "./byte-counter.ts";
import { CountSpectrum } from "./count-spectrum.ts";
import { CONTEXT_WEIGHT, contextPositions } from "./sampled-windows.ts";

/** An order's entropy, and what an adaptive coder of that order needs. */
export interface OrderFigures {
  readonly entropy: OrderEntropy;
  /** Bits per byte, learning included. */
  readonly adaptiveBits: number;
}

/** Entropies of orders 0 to 3 of at least one byte; `counts` are the byte counts. */
export function orderFigures(counter: ByteCounter, counts: ArrayLike<number>): OrderFigures[] {
  const order1 = pairFigures(counter);
  const triples = countTriples(counter);
  // Order 1 is known; what the windows make of it tells how far they can be trusted.
  const windowError = triples.isSampled ? Math.abs(triples.order1 - order1.entropy.bitsPerByte) : 0;
  const order2 = { ...triples.figures, entropy: { ...triples.figures.entropy, standardError: windowError } };
  return [byteFigures(counts), order1, order2, quadrupleFigures(counter, triples, windowError)];
}

/** An order all of whose contexts were counted: from the counts of contexts and those of what followed them. */
function exactFigures(
  order: number,
  contexts: CountSpectrum,
  cells: CountSpectrum,
  positions: number,
  weight: number,
  isSampled: boolean,
): OrderFigures {
  const total = contexts.total;
  // Counts in whole bytes of the sample, or learning would look cheaper than it is.
  const unit = isSampled ? weight : 1;
  const adaptive = contexts.sum((count) => contextCost(count / unit)) - cells.sum((count) => byteGain(count / unit));
  const bitsPerByte = total === 0 ? 0 : Math.max(0, (contexts.logSum - cells.logSum) / total);
  const adaptiveBits = total === 0 ? 8 : (adaptive * unit) / total;
  return figures({ order, bitsPerByte, exact: !isSampled, positions, standardError: 0 }, adaptiveBits);
}

function figures(entropy: Omit<OrderEntropy, "shortfall">, adaptiveBits: number): OrderFigures {
  const shortfall = Math.max(0, adaptiveBits - entropy.bitsPerByte);
  return { entropy: { ...entropy, shortfall }, adaptiveBits };
}

function spectrumOf(counts: ArrayLike<number>): CountSpectrum {
  const spectrum = new CountSpectrum();
  for (let i = 0; i < counts.length; i++) spectrum.add(counts[i]);
  return spectrum;
}

function byteFigures(counts: ArrayLike<number>): OrderFigures {
  const cells = spectrumOf(counts);
  const context = new CountSpectrum();
  context.add(cells.total);
  return exactFigures(0, context, cells, cells.total, 1, false);
}

function pairFigures(counter: ByteCounter): OrderFigures {
  const pairs = counter.pairs();
  const contexts = new Float64Array(256);
  for (let i = 0; i < pairs.length; i++) contexts[i & 255] += pairs[i];
  const spectrum = spectrumOf(contexts);
  return exactFigures(1, spectrum, spectrumOf(pairs), spectrum.total, 1, false);
}

/** What the counts of strings of three bytes tell. */
interface Triples {
  readonly isSampled: boolean;
  readonly figures: OrderFigures;
  /** Entropy of order 1 in the same windows. */
  readonly order1: number;
  /** How often a string occurs, by its little-endian number. */
  readonly count: (triple: number) => number;
  /** How often two bytes have a third behind them. */
  readonly pairs: Float64Array;
}

function countTriples(counter: ByteCounter): Triples {
  const counts = counter.triples();
  const carries = new Map<number, number>();
  for (const triple of counter.tripleCarries()) carries.set(triple, (carries.get(triple) ?? 0) + 2 ** 32);
  const count = (triple: number): number =>
    carries.size === 0 ? counts[triple] : counts[triple] + (carries.get(triple) ?? 0);

  const known = counter.pairs();
  const pairs = new Float64Array(65_536);
  const cells = new CountSpectrum();
  for (let last = 0; last < known.length; last++) {
    // Where two bytes never follow each other, neither do three.
    if (known[last] === 0) continue;
    for (let triple = last << 8; triple < (last + 1) << 8; triple++) {
      const times = count(triple);
      cells.add(times);
      pairs[triple & 0xffff] += times;
    }
  }
  const singles = new Float64Array(256);
  for (let i = 0; i < pairs.length; i++) singles[i & 255] += pairs[i];
  const singlesSpectrum = spectrumOf(singles);
  const pairsSpectrum = spectrumOf(pairs);
  const isSampled = counter.size > WHOLE_CONTEXTS;
  const { count: positions } = contextPositions(counter.size, 2);
  return {
    isSampled,
    figures: exactFigures(2, pairsSpectrum, cells, positions, CONTEXT_WEIGHT, isSampled),
    order1: (singlesSpectrum.logSum - pairsSpectrum.logSum) / Math.max(1, singlesSpectrum.total),
    count,
    pairs,
  };
}

/**
 * Order 3. Where only some contexts were counted, the entropy is that of order 2 less what a third byte of context tells:
 * the mean, over the contexts of the sample, of what its bytes cost under order 2 less what they cost under order 3. That
 * is 0 for most of the contexts that are frequent enough to spoil a mean of costs.
 */
function quadrupleFigures(counter: ByteCounter, triples: Triples, windowError: number): OrderFigures {
  const { count: positions, weight: total } = contextPositions(counter.size, 3);
  const unit = triples.isSampled ? CONTEXT_WEIGHT : 1;
  const level = counter.quadrupleLevel;
  const cells = new CountSpectrum();
  const contexts = new CountSpectrum();
  let gains = 0;
  let squares = 0;
  let adaptiveGains = 0;
  for (const { context, followers } of contextsOf(counter.quadruples())) {
    const inContext = followers.reduce((sum, { count }) => sum + count, 0);
    contexts.add(inContext);
    for (const { count } of followers) cells.add(count);
    if (level === 0) continue;
    const known = context >>> 8;
    const before = triples.pairs[known];
    let cost2 = 0;
    let cost3 = 0;
    let adaptive = contextCost(inContext / unit);
    for (const { byte, count } of followers) {
      cost2 += count * Math.log2(before / triples.count(known | (byte << 16)));
      cost3 += count * Math.log2(inContext / count);
      adaptive -= byteGain(count / unit);
    }
    gains += cost2 - cost3;
    squares += (cost2 - cost3) ** 2;
    adaptiveGains += cost2 - adaptive * unit;
  }
  const scale = 2 ** level;
  if (level === 0) {
    const { entropy, adaptiveBits } = exactFigures(3, contexts, cells, positions, CONTEXT_WEIGHT, triples.isSampled);
    return figures({ ...entropy, standardError: windowError }, adaptiveBits);
  }
  const order2 = triples.figures.entropy.bitsPerByte;
  const samplingError = Math.sqrt((scale - 1) * scale * squares) / total;
  const entropy = {
    order: 3,
    bitsPerByte: Math.max(0, order2 - (scale * gains) / total),
    exact: false,
    positions,
    standardError: Math.hypot(windowError, samplingError),
  };
  return figures(entropy, order2 - (scale * adaptiveGains) / total);
}

/** A context of three bytes, as their little-endian number, and what followed it. */
interface Context {
  readonly context: number;
  readonly followers: readonly { readonly byte: number; readonly count: number }[];
}

/** Numbers of entries that a sort key has room for, beside the 32 bits of the string. */
const ENTRIES = 2 ** 21;

/** Groups records of strings of four bytes by context, in ascending order. */
function* contextsOf(records: Uint32Array): Generator<Context> {
  const keys = new Float64Array(records.length / 4);
  for (let i = 0; i < keys.length; i++) {
    const four = records[4 * i];
    keys[i] = ((four & 0xffffff) * 256 + (four >>> 24)) * ENTRIES + i;
  }
  keys.sort();
  let context = -1;
  let followers: { byte: number; count: number }[] = [];
  for (const key of keys) {
    const record = 4 * (key % ENTRIES);
    const four = records[record];
    if ((four & 0xffffff) !== context) {
      if (followers.length > 0) yield { context, followers };
      context = four & 0xffffff;
      followers = [];
    }
    followers.push({ byte: four >>> 24, count: records[record + 2] + records[record + 3] * 2 ** 32 });
  }
  if (followers.length > 0) yield { context, followers };
}
