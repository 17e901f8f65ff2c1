/** A classic network: a layer of units that see all neighbours and the code, and a sum of them for each code. */

import { Random } from "../../random.ts";
import { squash } from "./forest.ts";
import type { Lessons } from "./lessons.ts";
import { NEIGHBOURS, VALUES } from "./neighbours.ts";

const UNITS = 48;
const EPOCHS = 4;
const FIRST_RATE = 0.05;
const LAST_RATE = 0.005;
/** Weights begin between plus and minus this. */
const SPREAD = 0.2;
/** Weights are kept in bytes, in steps of one part in this. */
const STEPS = 32;

/** Weights, each a byte in the end. */
export class Network {
  /** To each unit from each value of each neighbour. */
  readonly #inputs: Float64Array;
  /** To each unit from each code. */
  readonly #codes: Float64Array;
  /** From each unit, for each code. */
  readonly #outputs: Float64Array;
  readonly #units = new Float64Array(UNITS);

  constructor(codes: number, seed: number) {
    const random = new Random(seed);
    const drawn = (): number => (random.below(2001) / 1000 - 1) * SPREAD;
    this.#inputs = Float64Array.from({ length: NEIGHBOURS * VALUES * UNITS }, drawn);
    this.#codes = Float64Array.from({ length: codes * UNITS }, drawn);
    this.#outputs = Float64Array.from({ length: codes * UNITS }, drawn);
  }

  /** Above 0 for the second letter. */
  score(neighbours: Uint8Array, offset: number, code: number): number {
    const units = this.#units;
    const ofCode = code * UNITS;
    for (let unit = 0; unit < UNITS; unit++) units[unit] = this.#codes[ofCode + unit];
    for (let i = 0; i < NEIGHBOURS; i++) {
      const from = (i * VALUES + neighbours[offset + i]) * UNITS;
      for (let unit = 0; unit < UNITS; unit++) units[unit] += this.#inputs[from + unit];
    }
    let score = 0;
    for (let unit = 0; unit < UNITS; unit++) {
      if (units[unit] > 0) score += units[unit] * this.#outputs[ofCode + unit];
    }
    return score;
  }

  /** A step of gradient descent for one decision. */
  learn(neighbours: Uint8Array, offset: number, code: number, isSecond: number, rate: number): void {
    const step = rate * (isSecond - squash(this.score(neighbours, offset, code)));
    const units = this.#units;
    const ofCode = code * UNITS;
    for (let unit = 0; unit < UNITS; unit++) {
      if (units[unit] <= 0) {
        units[unit] = 0;
        continue;
      }
      const output = this.#outputs[ofCode + unit];
      this.#outputs[ofCode + unit] = output + step * units[unit];
      units[unit] = step * output;
      this.#codes[ofCode + unit] += units[unit];
    }
    for (let i = 0; i < NEIGHBOURS; i++) {
      const from = (i * VALUES + neighbours[offset + i]) * UNITS;
      for (let unit = 0; unit < UNITS; unit++) this.#inputs[from + unit] += units[unit];
    }
  }

  /** Rounds every weight to what a byte can hold. */
  round(): void {
    for (const weights of [this.#inputs, this.#codes, this.#outputs]) {
      for (const [i, weight] of weights.entries()) {
        weights[i] = Math.max(-127, Math.min(127, Math.round(weight * STEPS))) / STEPS;
      }
    }
  }

  /** One for each weight. */
  get bytes(): number {
    return this.#inputs.length + this.#codes.length + this.#outputs.length;
  }
}

/** Learns all lessons some times over, each time in another order and with smaller steps. */
export function trainNetwork({ neighbours, codes, isSecond }: Lessons, count: number, seed: number): Network {
  const network = new Network(count, seed);
  const random = new Random(seed + 1);
  const order = Uint32Array.from(codes.keys());
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    random.shuffle(order);
    const rate = FIRST_RATE + ((LAST_RATE - FIRST_RATE) * epoch) / (EPOCHS - 1);
    for (const i of order) network.learn(neighbours, i * NEIGHBOURS, codes[i], isSecond[i], rate);
  }
  network.round();
  return network;
}
