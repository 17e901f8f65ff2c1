/**
 * The model of samples in plain TypeScript: what `kernel/samples` and `predictors/kernel/samples` compute, written for reading
 * and not for speed.
 */
import { BinaryEncoder } from "@pith/entropy";
import { Apm } from "../../../predictors/test/reference/apm.ts";
import { hash } from "../../../predictors/test/reference/hash.ts";
import { squash, stretch } from "../../../predictors/test/reference/logistic.ts";
import { Cell, StateMap } from "../../../predictors/test/reference/state-map.ts";
import type { SampleShape } from "../../src/bytes/sample-shape.ts";
import { joined } from "./content.ts";
import { classOf, Mixer, signedClass } from "./numbers-reference.ts";

const { abs, clz32, floor, imul, max, min, sqrt } = Math;

/** How many contexts have slots, and the log2 of the slots of each. */
interface ModelSize {
  readonly slots: number;
  readonly tableBits: number;
}

/** Codes content as the method does: the bytes behind the last whole sample, then the coded samples. */
export function encodeByReference(content: Uint8Array, shape: SampleShape, size: ModelSize): Uint8Array {
  const whole = content.length - (content.length % shape.bytes);
  return joined(content.subarray(whole), new Reference(shape, size).encode(content.subarray(0, whole)));
}

// Samples and bytes.

/** The number of as many bits that is the same modulo 2^bits. */
function wrapped(value: number, bits: number, signed: boolean): number {
  const shift = 32 - bits;
  return signed ? (value << shift) >> shift : (value << shift) >>> shift;
}

function samplesOf(content: Uint8Array, { bytes, big, signed }: SampleShape): number[] {
  return Array.from({ length: content.length / bytes }, (_, n) => {
    const inOrder = content.slice(n * bytes, (n + 1) * bytes);
    if (!big) inOrder.reverse();
    const value = inOrder.reduce((sum, byte) => sum * 256 + byte, 0);
    return wrapped(value, 8 * bytes, signed);
  });
}

// The stream.

/** The latest numbers, zeros before the first. One that is not there yet is what was there a round ago. */
class Ring {
  readonly #numbers: Int32Array;
  #count = 0;

  constructor(reach: number) {
    this.#numbers = new Int32Array(2 ** (32 - clz32(reach)));
  }

  /** The number so far back, 1 the latest. */
  at(back: number): number {
    return this.#numbers[(this.#count - back) & (this.#numbers.length - 1)];
  }

  push(value: number): void {
    this.#numbers[this.#count & (this.#numbers.length - 1)] = value;
    this.#count++;
  }
}

/** Samples that were coded, and how far each was above what it was expected to be. */
class Stream {
  readonly shape: SampleShape;
  readonly values: Ring;
  readonly residuals: Ring;
  /** Of the sample that is next. */
  channel = 0;
  #column = 0;

  constructor(shape: SampleShape) {
    this.shape = shape;
    const reach = max(4096, 2 * (shape.row + 2 * shape.channels) + 2);
    this.values = new Ring(reach);
    this.residuals = new Ring(reach);
  }

  push(value: number, residual: number): void {
    const { channels, row } = this.shape;
    this.values.push(value);
    this.residuals.push(residual);
    this.channel++;
    this.#column++;
    if (this.channel === channels || this.#column === row) this.channel = 0;
    if (this.#column === row) this.#column = 0;
  }
}

// Regression.

const RIDGE = 0.1;
const PERIOD = 4;
/** 1.5 × 2^52: added to a number, it leaves the nearest integer, ties to even. */
const ROUNDER = 1.5 * 2 ** 52;

const nearest = (x: number): number => x + ROUNDER - ROUNDER;
const zeros = (length: number): number[] => new Array<number>(length).fill(0);

/** Linear prediction by least squares, of one channel. */
class Regression {
  readonly #decay: number;
  #covariances: number[][] = [];
  #targets: number[] = [];
  #weights: number[] = [];
  #due = 0;

  constructor(decay: number) {
    this.#decay = decay;
  }

  regress(inputs: readonly number[]): number {
    const lanes = [0, 0];
    inputs.forEach((input, i) => (lanes[i % 2] += (this.#weights[i] ?? 0) * input));
    return lanes[0] + lanes[1];
  }

  learn(inputs: readonly number[], target: number): void {
    const update = (old: number | undefined, product: number): number => (old ?? 0) * this.#decay + product;
    this.#covariances = inputs.map((a, i) =>
      inputs.slice(0, i + 1).map((b, j) => update(this.#covariances[i]?.[j], a * b)),
    );
    this.#targets = inputs.map((input, i) => update(this.#targets[i], target * input));
    this.#due = (this.#due + 1) % PERIOD;
    if (this.#due === 0) this.#weights = this.#solved() ?? this.#weights;
  }

  /** The weights that fit best, or none if covariances are such that there are none. */
  #solved(): number[] | undefined {
    const triangle = decomposed(this.#covariances);
    if (triangle === undefined) return undefined;
    const count = triangle.length;
    const solution = zeros(count);
    for (let i = 0; i < count; i++) {
      let sum = this.#targets[i];
      for (let k = 0; k < i; k++) sum -= triangle[i][k] * solution[k];
      solution[i] = sum / triangle[i][i];
    }
    const weights = zeros(count);
    for (let i = count - 1; i >= 0; i--) {
      let sum = solution[i];
      for (let k = i + 1; k < count; k++) sum -= triangle[k][i] * weights[k];
      weights[i] = sum / triangle[i][i];
    }
    return weights;
  }
}

/** Cholesky's decomposition of covariances with a ridge. */
function decomposed(covariances: readonly (readonly number[])[]): number[][] | undefined {
  const triangle = covariances.map((row) => zeros(row.length));
  for (let i = 0; i < triangle.length; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = covariances[i][j] + (i === j ? RIDGE : 0);
      for (let k = 0; k < j; k++) sum -= triangle[i][k] * triangle[j][k];
      if (i === j && !(sum > 1e-9)) return undefined;
      triangle[i][j] = i === j ? sqrt(sum) : sum / triangle[j][j];
    }
  }
  return triangle;
}

// Expectations.

/** Samples of the same channel; in sound, those before. */
interface Around {
  readonly west: number;
  readonly north: number;
  readonly northWest: number;
  readonly northEast: number;
  readonly west2: number;
  readonly north2: number;
}

function aroundOf({ shape: { channels, row }, values }: Stream): Around {
  const backs =
    row === 0
      ? [1, 3, 4, 5, 2, 6].map((moments) => moments * channels)
      : [channels, row, row + channels, row - channels, 2 * channels, 2 * row];
  const [west, north, northWest, northEast, west2, north2] = backs.map((back) => values.at(back));
  return { west, north, northWest, northEast, west2, north2 };
}

/** The plane through three neighbours, if it is between two of them; else the nearer of these. */
function plane(left: number, above: number, corner: number): number {
  const [low, high] = [min(left, above), max(left, above)];
  return corner >= high ? low : corner <= low ? high : left + above - corner;
}

/** The sample of a channel before in this pixel, and its neighbours. */
function inChannelBefore({ shape: { channels, row }, values }: Stream, back: number): number[] {
  return [0, channels, row, row + channels].map((further) => values.at(back + further));
}

/** What the next sample is expected to be. */
interface Expected {
  readonly around: Around;
  /** What the regression adds to, and what it is asked of. */
  readonly base: number;
  readonly inputs: readonly number[];
  /** By regression, by plane, by the channel before. */
  readonly values: readonly number[];
  /** Which of these is taken. */
  readonly way: number;
  readonly value: number;
}

const REGRESSED = 0;
const PLANAR = 1;
const BY_CHANNEL = 2;

class Expectation {
  readonly #stream: Stream;
  readonly #regressions: readonly Regression[];
  readonly #errors: readonly Ring[];

  constructor(stream: Stream) {
    this.#stream = stream;
    const { channels, row } = stream.shape;
    this.#regressions = Array.from({ length: channels }, () => new Regression(row === 0 ? 0.9985 : 0.998));
    this.#errors = Array.from({ length: 3 }, () => new Ring(max(64, row + 2 * channels + 2)));
  }

  expect(): Expected {
    const { row } = this.#stream.shape;
    const around = aroundOf(this.#stream);
    const base = row === 0 ? 0 : (around.west + around.north) >> 1;
    const inputs = row === 0 ? this.#soundInputs() : this.#pixelInputs(around, base);
    const [planar, byChannel] = row === 0 ? this.#soundWays(around) : this.#pixelWays(around);
    const values = [this.#regressed(inputs, base), planar, byChannel];
    const way = this.#bestWay();
    return { around, base, inputs, values, way, value: values[way] };
  }

  learn(value: number, { base, inputs, values }: Expected): void {
    values.forEach((other, way) => this.#errors[way].push(min(65535, abs(value - other))));
    const isFlat = inputs.every((input) => input === 0);
    if (!isFlat || value !== base) this.#regressions[this.#stream.channel].learn(inputs, value - base);
  }

  #within(value: number): number {
    const { bytes, signed } = this.#stream.shape;
    const all = 2 ** (8 * bytes);
    const least = signed ? -all / 2 : 0;
    return max(least, min(least + all - 1, value));
  }

  #regressed(inputs: readonly number[], base: number): number {
    const x = this.#regressions[this.#stream.channel].regress(inputs);
    return this.#within(base + (abs(x) < 2 ** 23 ? nearest(x) : 0));
  }

  #pixelInputs({ west, north, northWest, northEast, west2, north2 }: Around, base: number): number[] {
    const { channel, values } = this.#stream;
    const { channels, row } = this.#stream.shape;
    const others = [values.at(2 * row - channels), values.at(row - 2 * channels)];
    const own = [west, north, northWest, northEast, west2, north2, ...others].map((value) => value - base);
    const before = [1, 2].slice(0, channel).flatMap((back) => {
      const four = inChannelBefore(this.#stream, back);
      return four.map((value) => value - ((four[1] + four[2]) >> 1));
    });
    return [...own, ...before];
  }

  #pixelWays({ west, north, northWest }: Around): [planar: number, byChannel: number] {
    const planar = plane(west, north, northWest);
    if (this.#stream.channel === 0) return [planar, planar];
    const [now, left, above, corner] = inChannelBefore(this.#stream, 1);
    return [planar, this.#within(now + plane(west - left, north - above, northWest - corner))];
  }

  #soundInputs(): number[] {
    const { channel, values } = this.#stream;
    const { channels } = this.#stream.shape;
    const own = Array.from({ length: channels === 1 ? 24 : 16 }, (_, k) => values.at((k + 1) * channels));
    if (channels === 1) return own;
    const back = channel === 0 ? channels - 1 : 1;
    return [...own, ...Array.from({ length: 8 }, (_, k) => values.at(back + k * channels))];
  }

  #soundWays({ west, west2 }: Around): [planar: number, byChannel: number] {
    const { channel, values } = this.#stream;
    const { channels } = this.#stream.shape;
    const planar = this.#within(2 * west - west2);
    return [planar, channel === 0 ? west : this.#within(west + values.at(1) - values.at(1 + channels))];
  }

  #bestWay(): number {
    const [ofRegression, ofPlane] = [REGRESSED, PLANAR].map((way) => this.#errorsOf(way));
    const ofChannel = this.#stream.channel === 0 ? Infinity : this.#errorsOf(BY_CHANNEL);
    if (ofRegression < ofPlane && ofRegression < ofChannel) return REGRESSED;
    return ofPlane <= ofChannel ? PLANAR : BY_CHANNEL;
  }

  /** How wrong a way was around the sample. */
  #errorsOf(way: number): number {
    const { channels, row } = this.#stream.shape;
    const backs =
      row === 0
        ? Array.from({ length: 16 }, (_, k) => (k + 1) * channels)
        : [channels, channels, row, row, row + channels, row - channels, 2 * channels];
    return backs.reduce((sum, back) => sum + this.#errors[way].at(back), 0);
  }
}

// The match.

const LONGEST = 255;

/** What came the last time after the same six pixels or moments. */
class Match {
  readonly #stream: Stream;
  readonly #history: number[] = [];
  readonly #places = new Map<number, number>();
  #place = 0;
  /** Samples that agreed so far, 0 for no match. */
  length = 0;

  constructor(stream: Stream) {
    this.#stream = stream;
  }

  /** The lower bits of the sample that came then. */
  get repeated(): number {
    return this.#history[this.#place];
  }

  find(): void {
    if (this.#stream.channel > 0) return;
    const least = 6 * this.#stream.shape.channels;
    let key = 0;
    for (let k = 1; k <= least; k++) key = hash(key, this.#stream.values.at(k));
    key &= 0xffff;
    if (this.length === 0) {
      this.#place = this.#places.get(key) ?? 0;
      const length = this.#agreeing();
      this.length = length < least ? 0 : length;
    }
    this.#places.set(key, this.#history.length);
  }

  learn(value: number): void {
    if (this.length > 0) {
      this.length = (value & 0xffff) === this.repeated ? min(LONGEST, this.length + 1) : 0;
      this.#place++;
    }
    this.#history.push(value & 0xffff);
  }

  /** How many samples before the place are those before the next one. */
  #agreeing(): number {
    const history = this.#history;
    let length = 0;
    while (
      length < min(LONGEST, this.#place) &&
      history[this.#place - 1 - length] === history[history.length - 1 - length]
    ) {
      length++;
    }
    return length;
  }
}

// Recollection.

/** A sample that came in a context, as 24 bits with a sign, and how often in a row. */
interface Recalled {
  readonly value: number;
  readonly times: number;
}

const NEVER: Recalled = { value: 0, times: 0 };

class Recall {
  readonly #known = new Map<number, Recalled>();
  #context = 0;

  recall(context: number): Recalled {
    this.#context = context & 0xffff;
    return this.#known.get(this.#context) ?? NEVER;
  }

  learn(value: number): void {
    const known = this.#known.get(this.#context) ?? NEVER;
    const times = known.value === value ? min(7, known.times + 1) : 1;
    this.#known.set(this.#context, { value: (value << 8) >> 8, times });
  }
}

/** Of the same channels before in the pixel, or of the pixels before and above. */
function colourContext({ channel, shape: { channels, row }, values }: Stream): number {
  if (channel > 0) return hash(values.at(1), channel > 1 ? values.at(2) : 0) + channel;
  let context = 0;
  for (let k = 1; k <= channels; k++) context = hash(context, hash(values.at(k), values.at(row + k)));
  return context;
}

function placeContext({ channel, values }: Stream, { west, north }: Around): number {
  return hash(hash(west, north), hash(channel > 0 ? values.at(1) : west, channel));
}

// Contexts.

/** log2(1 + x) in eighths, straight between powers of two. */
function eighths(x: number): number {
  const whole = 31 - clz32(x + 1);
  return 8 * whole + (floor((8 * (x + 1)) / 2 ** whole) & 7);
}

/** How large the residuals around are: log2 in eighths. */
function energyOf({ channel, shape: { channels, row }, residuals }: Stream): number {
  const backs =
    row === 0
      ? [1, 2, 1, 2, 3, 4, 5, 6, 7, 8].map((moments) => moments * channels)
      : [channels, channels, row, row, row + channels, row - channels, 2 * channels, 2 * row];
  if (channel > 0) backs.push(1);
  if (channel > 0 && row > 0) backs.push(1);
  if (channel > 1 && row > 0) backs.push(2);
  const sum = backs.reduce((all, back) => all + abs(residuals.at(back)), 0);
  return min(127, eighths(min(sum, 0x3fffffff)));
}

/** What is known of a sample before it is coded. */
interface Situation {
  readonly channel: number;
  readonly energy: number;
  readonly expected: Expected;
  /** The residual of the channel before. */
  readonly before: number;
  readonly matched: number;
  /** From what is expected to the sample that came after the same ones, in 16 bits. */
  readonly toRepeated: number;
  readonly colour: Recalled;
  readonly place: Recalled;
}

/** Of the slots: two words each. */
function contextsOf(situation: Situation, stream: Stream): number[] {
  const { channel, energy, expected, before, matched, toRepeated, colour, place } = situation;
  const { west, north, northWest, northEast, west2, north2 } = expected.around;
  const { values, residuals, shape } = stream;
  const { channels, row } = shape;
  const last = channel > 0 ? values.at(1) : 0;
  const left = residuals.at(channels);
  const above = residuals.at(row === 0 ? 2 * channels : row);
  const [toRegressed, toPlanar, toChannel] = expected.values.map((value) => value - expected.value);
  const classes = (...numbers: readonly number[]): number =>
    numbers.reduce((joint, number, i) => joint | (signedClass(number) << (5 * i)), 0);
  const words = [
    [toRepeated, min(matched, 32) + 1],
    [hash(west, north), hash(northWest, northEast) + imul(last, 0x3d4d51cb)],
    [expected.value, energy >> 3],
    [before, channel > 1 ? residuals.at(2) : energy >> 2],
    [hash(colour.value - expected.value, colour.times), hash(place.value - expected.value, place.times)],
    [classes(west - northWest, north - northWest, northEast - north), energy >> 4],
    [hash(west, west2), hash(north, north2)],
    [classes(west - expected.value, north - expected.value, before), expected.way],
    [hash(north, northEast), last],
    [hash(west, last), values.at(channel > 0 ? 1 + channels : channels)],
    [classes(toRegressed, toPlanar, toChannel), energy >> 3],
    [hash(last, channel > 1 ? values.at(2) : 0), before],
    [energy, signedClass(before)],
    [hash(hash(west, north), hash(northWest, northEast)), hash(hash(west2, north2), last)],
    [expected.value, last - ((values.at(1 + channels) + values.at(1 + row)) >> 1)],
    [west, north],
    [classes(left, above), signedClass(before)],
    [
      signedClass(left) | (classOf(residuals.at(2 * channels)) << 5),
      signedClass(residuals.at(row === 0 ? 3 * channels : row - channels)),
    ],
  ];
  return words.map(([a, b], n) => hash(hash(a, channel), imul(b, 64) + n));
}

/** What a decision is predicted by, beside the slots. */
interface Selection {
  readonly directs: readonly number[];
  readonly sets: readonly number[];
  readonly final: number;
  readonly rows: readonly number[];
}

/** @param sign of the residual, 1 or −1; 0 where it is not known */
function selectionOf(situation: Situation, decision: number, sign: number): Selection {
  const { energy, expected, before, matched, toRepeated, colour, place } = situation;
  const { way } = expected;
  const seen = (difference: number): number => signedClass(sign < 0 ? -difference : difference);
  const to = (value: number): number => seen(value - expected.value);
  const certainty = matched === 0 ? 0 : min(7, 1 + (matched >> 4));
  const coarse = energy >> 3;
  const channel = min(3, situation.channel);
  const ofBefore = seen(before);
  const direct = (difference: number, bits: number, known: number): number =>
    (((decision << 5) | difference) << bits) | known;
  const vector = (known: number): number => known * 48 + decision;
  return {
    directs: [
      (((decision << 2) | channel) << 7) | energy,
      direct(to(expected.around.west), 4, to(expected.around.north) >> 1),
      direct(ofBefore, 4, coarse),
      direct(to(expected.values[way === REGRESSED ? PLANAR : REGRESSED]), 4, coarse),
      direct(to(expected.values[BY_CHANNEL]), 4, ofBefore >> 1),
      direct(seen(toRepeated), 3, certainty),
      direct(to(colour.value), 3, colour.times),
      direct(to(place.value), 3, place.times),
    ],
    sets: [
      vector(energy >> 2),
      vector((channel * 3 + way) * 3 + min(2, (certainty + 1) >> 1)),
      vector(((colour.times >> 1) << 2) | (place.times >> 1)),
    ],
    final: (min(3, certainty) << 8) | (channel << 6) | decision,
    rows: [(min(63, energy >> 1) << 6) | decision, (ofBefore << 6) | decision],
  };
}

// Coding.

const DIRECTS = 8;
const NONZERO = 0;
const NEGATIVE = 1;
const SIZE = 2;

class Reference {
  readonly #shape: SampleShape;
  readonly #size: ModelSize;
  readonly #stream: Stream;
  readonly #expectation: Expectation;
  readonly #match: Match;
  readonly #colours = new Recall();
  readonly #places = new Recall();
  readonly #encoder = new BinaryEncoder();
  readonly #mixer: Mixer;
  /** Of each input. */
  readonly #cells: readonly StateMap<number>[];
  readonly #apms = [new Apm(), new Apm()];

  constructor(shape: SampleShape, size: ModelSize) {
    this.#shape = shape;
    this.#size = size;
    this.#stream = new Stream(shape);
    this.#expectation = new Expectation(this.#stream);
    this.#match = new Match(this.#stream);
    this.#mixer = new Mixer(size.slots + DIRECTS);
    this.#cells = Array.from({ length: size.slots + DIRECTS }, () => new StateMap<number>(() => new Cell(32768, 0)));
  }

  encode(content: Uint8Array): Uint8Array {
    for (const value of samplesOf(content, this.#shape)) this.#codeSample(value);
    return this.#encoder.finish();
  }

  #codeSample(value: number): void {
    this.#match.find();
    const expected = this.#expectation.expect();
    const situation = this.#situation(expected);
    const residual = wrapped(value - expected.value, 8 * this.#shape.bytes, true);
    this.#codeResidual(residual, situation);
    this.#expectation.learn(value, expected);
    this.#match.learn(value);
    this.#colours.learn(value);
    this.#places.learn(value);
    this.#stream.push(value, residual);
  }

  #situation(expected: Expected): Situation {
    const { channel, residuals } = this.#stream;
    const matched = this.#match.length;
    return {
      channel,
      energy: energyOf(this.#stream),
      expected,
      before: channel > 0 ? residuals.at(1) : 0,
      matched,
      toRepeated: matched === 0 ? 0 : wrapped(this.#match.repeated - expected.value, 16, true),
      colour: this.#colours.recall(colourContext(this.#stream)),
      place: this.#places.recall(placeContext(this.#stream, expected.around)),
    };
  }

  /** Whether it is not zero, its sign, its size, then the bits below the leading one, four in a slot. */
  #codeResidual(residual: number, situation: Situation): void {
    const contexts = contextsOf(situation, this.#stream).slice(0, this.#size.slots);
    const magnitude = abs(residual);
    const sign = residual < 0 ? -1 : 1;
    const negative = residual < 0 ? 1 : 0;
    const code = (bit: number, node: number, known: number): void =>
      this.#code(bit, node, contexts, selectionOf(situation, node, known));
    code(residual === 0 ? 0 : 1, NONZERO, 0);
    if (residual === 0) return;
    code(negative, NEGATIVE, 0);
    const size = 31 - clz32(magnitude);
    for (let k = 0; k <= size; k++) code(k < size ? 1 : 0, SIZE + min(13, k), sign);
    for (let below = size; below > 0; below -= 4) {
      const stage = below === size ? 1 : 2;
      const known = (stage === 1 ? 0 : (magnitude >> below) << 6) | (size << 1) | negative;
      const slots = contexts.map((context) => hash(context, known));
      let node = 1;
      for (let k = below - 1; k >= max(0, below - 4); k--) {
        const bit = (magnitude >> k) & 1;
        this.#code(bit, node, slots, selectionOf(situation, stage * 16 + node, sign));
        node = 2 * node + bit;
      }
    }
  }

  /** Codes one bit. @param node of the slots, 0 … 15 */
  #code(bit: number, node: number, contexts: readonly number[], { directs, sets, final, rows }: Selection): void {
    const slots = contexts.map((context, n) => hash(context, n + 1) & (2 ** this.#size.tableBits - 1));
    const cells = [...slots.map((slot) => slot * 16 + node), ...directs].map((cell, n) => this.#cells[n].at(cell));
    cells.forEach((cell, n) => (this.#mixer.inputs[n] = stretch(cell.p12)));
    const mixed = this.#mixer.mix(sets, final);
    const refined = this.#apms.map((apm, n) => apm.refine(mixed, rows[n]));
    const p16 = max(16, min(65520, (2 * squash(mixed) + refined[0] + refined[1] + 2) >> 2));
    this.#encoder.encode(bit, p16);
    this.#mixer.learn(bit);
    for (const apm of this.#apms) apm.learn(bit);
    for (const cell of cells) cell.learn(bit, 1023);
  }
}
