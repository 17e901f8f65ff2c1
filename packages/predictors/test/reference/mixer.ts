/** Gated logistic mixing in f32: weight sets, then final mixers over their results. */
import { clampStretch, FINE_STRETCH_LIMIT, squash, STRETCH_LIMIT } from "./logistic.ts";
import { ceil, f32, max, min, trunc } from "./numbers.ts";
import { addScaled, dot } from "./vectors.ts";

const STEP = 2 ** -26;

/** Where steps are normalised: they are multiplied by GAIN / (FLOOR + mean square of the inputs). */
const GAIN = 4;
const FLOOR = 2;
/** There, a vector's rate falls as if each time that it has learnt were so many bits, up to so many times. */
const BITS_OF_A_VISIT = 200;
const MOST_VISITS = 65535;

/** From 512 on, visits are counted in steps of 128. */
function rounded(visits: number): number {
  return visits < 512 ? visits : visits - (visits % 128);
}

/** A dot product with one of many weight vectors, each zero at first; learns from its own error. */
class WeightSet {
  readonly #vectors = new Map<number, Float32Array>();
  readonly #limit: number;
  #chosen: Float32Array = new Float32Array();
  readonly #visits = new Map<Float32Array, number>();
  #guess = 0;

  /** `limit`: the largest stretched guess, in 1/256. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Returns the stretched guess in 1/256; `base` is added to the product. */
  guess(inputs: Float32Array, selection: number, base: number): number {
    let vector = this.#vectors.get(selection);
    if (vector === undefined) this.#vectors.set(selection, (vector = new Float32Array(inputs.length)));
    this.#chosen = vector;
    const x = clampStretch(f32(dot(vector, inputs) + base), this.#limit);
    this.#guess = squash(x);
    return x;
  }

  learn(inputs: Float32Array, bit: number, { step, rate, leastError }: Lesson): void {
    const error = bit * 65536 - this.#guess;
    if (Math.abs(error) <= leastError) return;
    const visits = this.#visits.get(this.#chosen) ?? 0;
    this.#visits.set(this.#chosen, min(visits + 1, MOST_VISITS));
    addScaled(this.#chosen, inputs, f32(f32(error * step) * rate(visits)));
  }
}

/** How weights learn a bit. */
interface Lesson {
  /** What an error of one, in 16-bit probability, moves them by, at a rate of one. */
  readonly step: number;
  /** Of a vector that has learnt so often. */
  readonly rate: (visits: number) => number;
  /** Errors up to here, of 65536, teach nothing. */
  readonly leastError: number;
}

export interface MixerOptions {
  readonly sets: number;
  readonly finals: number;
  /** Learning rate at the end, and what is added at the start, in tenths. */
  readonly rate: number;
  readonly rateStart: number;
  /** Bits after which half of that is left. */
  readonly rateHalfLife: number;
  /** Learning rate of the final mixers, in tenths. */
  readonly finalRate: number;
  readonly fine: boolean;
  readonly normalised?: boolean;
  /** Errors up to here, of 65536, teach the weight sets nothing; default 200. */
  readonly leastError?: number | undefined;
}

export class Mixer {
  readonly #options: MixerOptions;
  readonly #sets: readonly WeightSet[];
  readonly #finals: readonly WeightSet[];
  readonly #finalInputs: Float32Array;
  #rate: number;
  #bits = 0;

  constructor(options: MixerOptions) {
    this.#options = options;
    const limit = options.fine ? FINE_STRETCH_LIMIT : STRETCH_LIMIT;
    this.#sets = Array.from({ length: options.sets }, () => new WeightSet(limit));
    this.#finals = Array.from({ length: options.finals }, () => new WeightSet(limit));
    this.#finalInputs = new Float32Array(ceil(options.sets / 8) * 8);
    this.#rate = f32(f32(options.rate + options.rateStart) * f32(0.1));
  }

  /** Returns the stretched mix in 1/256. One selection for each set, and for each final mixer. */
  mix(inputs: Float32Array, base: number, selections: readonly number[], finalSelections: readonly number[]): number {
    let sum = 0;
    this.#sets.forEach((set, i) => {
      const stretched = set.guess(inputs, selections[i], base) / 256;
      this.#finalInputs[i] = stretched;
      sum = f32(sum + stretched);
    });
    const mean = f32(sum * f32(1 / this.#sets.length));
    if (this.#finals.length === 0) return clampStretch(mean);
    const guesses = this.#finals.map((final, k) => final.guess(this.#finalInputs, finalSelections[k], mean));
    return trunc(guesses.reduce((total, x) => total + x) / guesses.length);
  }

  learn(inputs: Float32Array, bit: number): void {
    this.#bits++;
    if (this.#bits % 256 === 0) this.#rate = this.#rateAfter(this.#bits);
    const lesson = this.#options.normalised
      ? {
          step: f32(STEP * f32(GAIN / f32(FLOOR + f32(dot(inputs, inputs) * f32(1 / inputs.length))))),
          rate: (visits: number) => max(this.#rate, this.#rateAfter(rounded(visits) * BITS_OF_A_VISIT)),
        }
      : { step: STEP, rate: () => this.#rate };
    const { leastError = 200 } = this.#options;
    for (const set of this.#sets) set.learn(inputs, bit, { ...lesson, leastError });
    const finalRate = f32(this.#options.finalRate * f32(0.1));
    const finalLesson = { step: STEP, rate: () => finalRate, leastError: -1 };
    for (const final of this.#finals) final.learn(this.#finalInputs, bit, finalLesson);
  }

  /** The learning rate after so many bits. */
  #rateAfter(bits: number): number {
    const { rate, rateStart, rateHalfLife } = this.#options;
    const decay = f32(rateHalfLife / f32(rateHalfLife + bits));
    return f32(f32(rate + f32(rateStart * decay)) * f32(0.1));
  }
}
