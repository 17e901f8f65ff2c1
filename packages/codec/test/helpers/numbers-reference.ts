/** What the models of numbers have in common, in plain TypeScript: what `predictors/kernel/numbers` computes. */
import { clampStretch, squash } from "../../../predictors/test/reference/logistic.ts";
import { addScaled, dot } from "../../../predictors/test/reference/vectors.ts";

const { abs, clz32, fround: f32, min, trunc } = Math;

// Magnitudes.

/** log2(1 + |n|), straight between powers of two; numbers above 1023 count as that. */
export function logOf(n: number): number {
  const x = min(1023, abs(n)) + 1;
  const whole = 31 - clz32(x);
  return f32(whole + (x - 2 ** whole) / 2 ** whole);
}

export const classOf = (n: number): number => trunc(2 * logOf(n));

export function signedClass(n: number): number {
  const c = min(15, classOf(n));
  return n < 0 ? 16 - c : 16 + c;
}

// The mixer.

const STEP = 2 ** -26;

/** Weight vectors that are made when they are first asked for. */
class Vectors {
  readonly #vectors = new Map<string, Float32Array>();
  readonly #length: number;

  constructor(length: number) {
    this.#length = length;
  }

  at(...key: number[]): Float32Array {
    const name = key.join();
    let vector = this.#vectors.get(name);
    if (vector === undefined) this.#vectors.set(name, (vector = new Float32Array(this.#length)));
    return vector;
  }
}

export class Mixer {
  readonly inputs: Float32Array;
  readonly #initial: Float32Array;
  readonly #weights: Vectors;
  readonly #finalWeights = new Vectors(8);
  readonly #finalInputs = new Float32Array(8);
  #chosen: Float32Array[] = [];
  #guesses: number[] = [];
  #finalChosen: Float32Array = new Float32Array(8);
  #finalGuess = 0;
  #rate = f32(15);
  #decisions = 0;

  constructor(inputs: number) {
    const length = (inputs + 8) & ~7;
    this.inputs = new Float32Array(length);
    this.inputs[inputs] = 0.4;
    this.#initial = new Float32Array(length).fill(f32(f32(1.4) / inputs));
    this.#weights = new Vectors(length);
  }

  mix(sets: readonly number[], final: number): number {
    const base = dot(this.#initial, this.inputs);
    this.#chosen = sets.map((vector, set) => this.#weights.at(set, vector));
    let mean = 0;
    this.#guesses = this.#chosen.map((vector, set) => {
      const x = clampStretch(f32(base + dot(vector, this.inputs)));
      this.#finalInputs[set] = x / 256;
      mean = f32(mean + this.#finalInputs[set]);
      return squash(x);
    });
    this.#finalChosen = this.#finalWeights.at(final);
    const share = f32(mean * f32(1 / sets.length));
    const x = clampStretch(f32(share + dot(this.#finalChosen, this.#finalInputs)));
    this.#finalGuess = squash(x);
    return x;
  }

  learn(bit: number): void {
    this.#decisions++;
    if (this.#decisions % 256 === 0) {
      this.#rate = f32(3 + f32(12 * f32(65536 / f32(65536 + this.#decisions))));
    }
    this.#chosen.forEach((vector, set) => {
      const error = bit * 65536 - this.#guesses[set];
      if (abs(error) > 300) addScaled(vector, this.inputs, f32(f32(error * STEP) * this.#rate));
    });
    addScaled(this.#finalChosen, this.#finalInputs, f32(f32((bit * 65536 - this.#finalGuess) * STEP) * 2));
  }
}
