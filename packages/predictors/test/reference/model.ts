/**
 * The context-mixing model, plainly: one part a file, nothing shared with the kernel but `models.json`. For each bit,
 * `predictBit` gives the kernel's 16-bit probability of a one; then `learnBit` takes the bit, the highest of a byte
 * first.
 */
import { Apm, FineApm } from "./apm.ts";
import { contexts } from "./contexts.ts";
import { HashedContext, type ContextInputs } from "./context-inputs.ts";
import { partNamed, type BlockOptions, type ModelDescription } from "./description.ts";
import { DirectTables } from "./direct.ts";
import { Forecast } from "./forecast.ts";
import { hash } from "./hash.ts";
import { squash } from "./logistic.ts";
import { Matches } from "./match.ts";
import { Mixer } from "./mixer.ts";
import { NetworkInputs } from "./network-inputs.ts";
import { ceil, clz32, f32, floor, max, min } from "./numbers.ts";
import { Parts } from "./parts.ts";
import { finalSelections, selections } from "./selectors.ts";
import { SlotTable } from "./slots.ts";
import { Stream } from "./stream.ts";
import { sumOfLanes } from "./vectors.ts";

const CONSTANT_INPUT = 0.3;

function clamp(value: number, least: number, most: number): number {
  return max(least, min(most, value));
}

export class ReferenceModel {
  readonly #description: ModelDescription;
  readonly #stream = new Stream();
  readonly #matches: Matches;
  readonly #parts: Parts;
  readonly #contexts: readonly HashedContext[];
  readonly #direct: DirectTables;
  readonly #network: NetworkInputs | undefined;
  readonly #forecast: Forecast | undefined;
  readonly #mixer: Mixer;
  readonly #apms: readonly (Apm | FineApm)[];
  readonly #apmMask: number;
  /** Initial weight of the network's stretched probability. */
  readonly #networkWeight: number;
  #inputs: Float32Array = new Float32Array();

  constructor(description: ModelDescription, options: BlockOptions) {
    const { tableBits } = options;
    const { historyLimit: limit = 1023, rateHalfLife = 65536, finalRate = 10 } = description;
    const fine = description.fine === 1;
    const certain = description.contextInputs.includes("certain");
    const slotBits = description.contextInputs.includes("run") ? 5 : 4;
    this.#description = description;
    this.#matches = new Matches(this.#stream, {
      models: description.matches,
      bits: clamp(tableBits - 2, 8, description.matchBits),
    });
    // Models that look at instructions before this one know vector instructions, too.
    const vectors = description.contexts.includes("shapes-2");
    this.#parts = new Parts(this.#stream, this.#matches, { ...options, vectors });
    this.#contexts = description.contexts.map(
      () => new HashedContext(this.#stream, new SlotTable(tableBits, slotBits), { limit, fine, certain }),
    );
    this.#direct = new DirectTables(this.#stream, description.tables, clamp(tableBits, 10, 20));
    this.#network = networkInputs(this.#stream, description, options.network);
    this.#forecast = description.forecast === 1 ? new Forecast(this.#stream, this.#parts.grid) : undefined;
    const { trainedWeight = 0 } = description.network ?? {};
    this.#networkWeight = options.network === undefined ? 0 : f32(trainedWeight * f32(0.001));
    this.#mixer = new Mixer({
      sets: description.sets.length,
      finals: description.finals.length,
      rate: description.rate,
      rateStart: description.rateStart,
      rateHalfLife,
      finalRate,
      fine,
      normalised: description.normalised === 1,
      leastError: description.leastError,
    });
    this.#apms = description.estimations.map(() => (fine ? new FineApm() : new Apm()));
    this.#apmMask = 2 ** clamp(tableBits - 6, 8, description.estimationBits) - 1;
    for (const context of this.#contexts) context.enterByte(0);
  }

  /** 16-bit probability, 1 … 65535, that the next bit is a one. */
  predictBit(): number {
    const { weight, sets, finals } = this.#description;
    const contextInputs = this.#contexts.map((context) => context.predict());
    const network = this.#network?.predict() ?? [];
    const forecast = this.#forecast?.predict() ?? [];
    const further = [...this.#matches.predict(), ...this.#direct.predict(), CONSTANT_INPUT, ...network, ...forecast];
    this.#inputs = this.#inputVector(contextInputs, further);

    const all = selections(this.#parts, this.#counts());
    const allFinal = finalSelections(this.#parts);
    const others = f32(sumOfStretched(contextInputs) * f32(weight * f32(0.001)));
    const base = network.length === 0 ? others : f32(others + f32(this.#networkWeight * network[0]));
    const chosen = sets.map((name) => partNamed(all, name));
    const chosenFinal = finals.map((name) => partNamed(allFinal, name));
    return this.#refine(this.#mixer.mix(this.#inputs, base, chosen, chosenFinal));
  }

  #counts() {
    const seen = this.#contexts.filter((context) => context.seen).length;
    const sure = this.#description.contextInputs.includes("run")
      ? this.#contexts.filter((context) => context.sure).length
      : 0;
    return { contexts: this.#contexts.length, seen, sure };
  }

  /** Contexts in fours, kind by kind, missing ones as zeros; then the further inputs; zeros up to a multiple of 8. */
  #inputVector(contexts: readonly ContextInputs[], further: readonly number[]): Float32Array {
    const { contextInputs } = this.#description;
    const beside = ["confidence", "certain", "run"] as const;
    const kinds: (keyof ContextInputs)[] = ["stretched", ...beside.filter((kind) => contextInputs.includes(kind))];
    const groups = ceil(contexts.length / 4);
    const vector = new Float32Array(ceil((groups * kinds.length * 4 + further.length) / 8) * 8);
    contexts.forEach((context, i) => {
      kinds.forEach((kind, k) => (vector[(floor(i / 4) * kinds.length + k) * 4 + (i % 4)] = context[kind]));
    });
    vector.set(further, groups * kinds.length * 4);
    return vector;
  }

  /** Adaptive probability maps correct the mix, in 1/256; the mean of all is the probability. */
  #refine(mixed: number): number {
    const { last4, partial } = this.#stream;
    const { words, x86 } = this.#parts;
    const hashed = (context: number) => hash(context, partial) & this.#apmMask;
    const rows = {
      "order-1": ((last4 & 255) << 8) | partial,
      "order-2": hashed(last4 & 0xffff),
      "order-3": hashed(last4 & 0xffffff),
      "expected-byte": ((this.#matches.expectedByte & 255) << 8) | partial,
      word: hashed(words.word0),
      instruction: hashed(x86.instruction),
    };
    const { estimations } = this.#description;
    const refined = this.#apms.map((apm, k) => apm.refine(mixed, partNamed(rows, estimations[k])));
    // As often as makes a power of two of them all, the mixer's own.
    const shares = 2 ** (32 - clz32(refined.length));
    const sum = refined.reduce((total, p) => total + p, squash(mixed) * (shares - refined.length));
    return clamp(floor((sum + shares / 2) / shares), 1, 65535);
  }

  /** Learns the bit that came. */
  learnBit(bit: number): void {
    this.#mixer.learn(this.#inputs, bit);
    for (const part of [...this.#apms, ...this.#contexts, this.#direct, this.#matches]) part.learn(bit);
    this.#forecast?.learn(bit);
    this.#stream.pushBit(bit);
    const { bitIndex, partial } = this.#stream;
    if (bitIndex === 4) for (const context of this.#contexts) context.enterNibble(partial);
    if (bitIndex === 8) {
      const byte = partial & 255;
      this.#stream.pushByte(byte);
      this.#matches.update(byte);
      this.#network?.update(byte);
      this.#enterByte(byte);
    }
  }

  /** Learns a byte, bit by bit. */
  update(byte: number): void {
    for (let i = 7; i >= 0; i--) {
      this.predictBit();
      this.learnBit((byte >> i) & 1);
    }
  }

  /** Contexts for the byte after this one. */
  #enterByte(byte: number): void {
    this.#parts.update(byte);
    this.#forecast?.update(byte);
    const pairs = contexts(this.#parts, this.#description.contexts);
    this.#contexts.forEach((context, i) => {
      const [a, b] = partNamed(pairs, this.#description.contexts[i]);
      context.enterByte(hash(a, b));
    });
  }

  /** Looks at the bit behind these bits of the next byte (behind a leading one: 1 … 255), without learning them. */
  peekBit(partial: number): number {
    const bits = 31 - clz32(partial);
    this.#look(partial, bits);
    const p16 = this.predictBit();
    this.#look(1, 0);
    return p16;
  }

  #look(partial: number, bits: number): void {
    this.#stream.lookAhead(partial, bits);
    const nibble = bits < 4 ? 0 : partial >> (bits - 4);
    for (const context of this.#contexts) context.peekNibble(nibble);
  }
}

/** Those of the network that a model has, if it has one. */
function networkInputs(
  stream: Stream,
  description: ModelDescription,
  weights: Uint8Array | undefined,
): NetworkInputs | undefined {
  if (description.network === undefined) return undefined;
  const { layers, cells, steps, rate, trainedRate = 0, trainedLeast: least = 0 } = description.network;
  const trained = weights && { weights, rate: trainedRate, least };
  return new NetworkInputs(stream, { layers, cells, steps, rate, trained });
}

/** Sum of the stretched inputs: four lanes, contexts in turn. */
function sumOfStretched(contexts: readonly ContextInputs[]): number {
  const lanes = new Float32Array(4);
  contexts.forEach(({ stretched }, i) => (lanes[i % 4] += stretched));
  return sumOfLanes(lanes);
}
