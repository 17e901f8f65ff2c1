/**
 * The context-mixing model, plainly: one part a file, nothing shared with the kernel but `models.json`. For each bit,
 * `predictBit` gives the kernel's 16-bit probability of a one; then `learnBit` takes the bit, the highest of a byte
 * first.
 */
import { Apm } from "./apm.ts";
import { binaryContexts } from "./binary-contexts.ts";
import { HashedContext, type ContextInputs } from "./context-inputs.ts";
import type { BlockOptions, ModelDescription } from "./description.ts";
import { DirectTables } from "./direct.ts";
import { hash } from "./hash.ts";
import { squash } from "./logistic.ts";
import { Matches } from "./match.ts";
import { Mixer } from "./mixer.ts";
import { NetworkInputs } from "./network-inputs.ts";
import { ceil, clz32, f32, floor, max, min } from "./numbers.ts";
import { Parts } from "./parts.ts";
import { selections } from "./selectors.ts";
import { SlotTable } from "./slots.ts";
import { Stream } from "./stream.ts";
import { textContexts } from "./text-contexts.ts";
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
  readonly #mixer: Mixer;
  readonly #apms: readonly Apm[];
  readonly #apmMask: number;
  /** Initial weight of the network's stretched probability. */
  readonly #networkWeight: number;
  #inputs: Float32Array = new Float32Array();

  constructor(description: ModelDescription, options: BlockOptions) {
    const { tableBits } = options;
    this.#description = description;
    this.#matches = new Matches(this.#stream, {
      models: description.MATCHES,
      bits: clamp(tableBits - 2, 8, description.MATCHES === 2 ? 20 : 18),
    });
    this.#parts = new Parts(this.#stream, this.#matches, options);
    this.#contexts = description.contexts.map(
      () => new HashedContext(this.#stream, new SlotTable(tableBits, description.SLOT_BITS)),
    );
    this.#direct = new DirectTables(this.#stream, description.ORDERS, clamp(tableBits, 10, 20));
    this.#network = networkInputs(this.#stream, description, options.network);
    const { LSTM_TRAINED_WEIGHT: weight = 0 } = description;
    this.#networkWeight = options.network === undefined ? 0 : f32(weight * f32(0.001));
    this.#mixer = new Mixer({
      sets: description.sets.length,
      finals: description.FINALS,
      rate: description.RATE,
      rateStart: description.RATE_START,
    });
    this.#apms = Array.from({ length: description.APMS }, () => new Apm());
    this.#apmMask = 2 ** clamp(tableBits - 6, 8, description.APMS === 5 ? 16 : 13) - 1;
    for (const context of this.#contexts) context.enterByte(0);
  }

  /** 16-bit probability, 1 … 65535, that the next bit is a one. */
  predictBit(): number {
    const { WEIGHT, sets, TEXT } = this.#description;
    const contextInputs = this.#contexts.map((context) => context.predict());
    const network = this.#network?.predict() ?? [];
    const further = [...this.#matches.predict(), ...this.#direct.predict(), CONSTANT_INPUT, ...network];
    this.#inputs = this.#inputVector(contextInputs, further);

    const all = selections(this.#parts, this.#counts(), TEXT === 1);
    const { partial, bitIndex, last4 } = this.#stream;
    const finalSelections = [partial, (this.#matches.matchState << 3) | bitIndex, last4 & 255];
    const others = f32(sumOfStretched(contextInputs) * f32(WEIGHT * f32(0.001)));
    const base = network.length === 0 ? others : f32(others + f32(this.#networkWeight * network[0]));
    const chosen = sets.map((n) => all[n]);
    return this.#refine(this.#mixer.mix(this.#inputs, base, chosen, finalSelections));
  }

  #counts() {
    const seen = this.#contexts.filter((context) => context.seen).length;
    const sure = this.#description.RUN === 1 ? this.#contexts.filter((context) => context.sure).length : 0;
    return { contexts: this.#contexts.length, seen, sure };
  }

  /** Contexts in fours, kind by kind, missing ones as zeros; then the further inputs; zeros up to a multiple of 8. */
  #inputVector(contexts: readonly ContextInputs[], further: readonly number[]): Float32Array {
    const { CONFIDENCE, RUN } = this.#description;
    const kinds: (keyof ContextInputs)[] = ["stretched"];
    if (CONFIDENCE === 1) kinds.push("confidence");
    if (RUN === 1) kinds.push("run");
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
    const contexts = [
      ((last4 & 255) << 8) | partial,
      hashed(last4 & 0xffffff),
      ((this.#matches.expectedByte & 255) << 8) | partial,
      hashed(last4 & 0xffff),
      hashed(this.#description.TEXT === 1 ? words.word0 : x86.instruction),
    ];
    const refined = this.#apms.map((apm, k) => apm.refine(mixed, contexts[k])).reduce((sum, p) => sum + p);
    const p =
      this.#apms.length === 5
        ? floor((3 * squash(mixed) + refined + 4) / 8)
        : floor((2 * squash(mixed) + refined + 2) / 4);
    return clamp(p, 1, 65535);
  }

  /** Learns the bit that came. */
  learnBit(bit: number): void {
    this.#mixer.learn(this.#inputs, bit);
    for (const part of [...this.#apms, ...this.#contexts, this.#direct, this.#matches]) part.learn(bit);
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
    const pairs = this.#description.TEXT === 1 ? textContexts(this.#parts) : binaryContexts(this.#parts);
    this.#contexts.forEach((context, i) => {
      const [a, b] = pairs[this.#description.contexts[i]];
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
  const { LSTM_LAYERS: layers = 0, LSTM_CELLS: cells = 0, LSTM_STEPS: steps = 0, LSTM_RATE: rate = 0 } = description;
  if (layers === 0) return undefined;
  const { LSTM_TRAINED_RATE: trainedRate = 0, LSTM_TRAINED_LEAST: least = 0 } = description;
  const trained = weights && { weights, rate: trainedRate, least };
  return new NetworkInputs(stream, { layers, cells, steps, rate, trained });
}

/** Sum of the stretched inputs: four lanes, contexts in turn. */
function sumOfStretched(contexts: readonly ContextInputs[]): number {
  const lanes = new Float32Array(4);
  contexts.forEach(({ stretched }, i) => (lanes[i % 4] += stretched));
  return sumOfLanes(lanes);
}
