/**
 * The model of a JPEG's coefficients in plain TypeScript: what `predictors/kernel/jpeg` computes, written for reading and not
 * for speed.
 */
import { BinaryEncoder } from "@pith/entropy";
import { Apm } from "../../../predictors/test/reference/apm.ts";
import { hash } from "../../../predictors/test/reference/hash.ts";
import { squash, stretch } from "../../../predictors/test/reference/logistic.ts";
import { Cell } from "../../../predictors/test/reference/state-map.ts";
import { addScaled, dot } from "../../../predictors/test/reference/vectors.ts";
import { ZIGZAG } from "../../src/methods/jpeg/frame.ts";
import { classOf, logOf, Mixer, signedClass } from "./numbers-reference.ts";

const { abs, clz32, fround: f32, imul, max, min, trunc } = Math;

/** A component: blocks, each of 64 coefficients in rows of 8, row by row. */
export interface Plane {
  readonly wide: number;
  readonly high: number;
  readonly blocks: readonly (readonly number[])[];
  readonly quantisation: readonly number[];
}

/** How many parts the model has, and the log2 of the slots that a context has. */
interface ModelSize {
  readonly slots: number;
  readonly directs: number;
  readonly sets: number;
  readonly tableBits: number;
}

// Continuity of edges.

const WORTHS = [724, 1081, 1223, 1377, 1448, 1356, 1061, 584];
const clamped = (x: number): number => max(-(2 ** 27), min(2 ** 27, x));
const ratio = (x: number, y: number): number => trunc((clamped(x) * 8) / y);

/** What a block is worth at its last edge, by the frequency along it: columns at the right edge, or rows at the bottom. */
function lastEdge(block: readonly number[], quantisation: readonly number[], bottom: boolean): number[] {
  const edge = new Array<number>(8).fill(0);
  block.forEach((value, place) => {
    const [u, v] = [place & 7, place >> 3];
    const [across, along] = bottom ? [v, u] : [u, v];
    const step = imul(imul(value, quantisation[place]), across % 2 === 0 ? 1 : -1);
    edge[along] = (edge[along] + imul(step, WORTHS[across])) | 0;
  });
  return edge;
}

// Expectations that are learnt.

/** A linear function of up to 24 features for each frequency. */
class Expectation {
  readonly #weights: Float32Array[];
  readonly #rate: number;
  #features: Float32Array = new Float32Array(24);
  #chosen: Float32Array = new Float32Array(24);
  #expected = 0;

  constructor(initialWeight: number, rate: number) {
    this.#weights = Array.from({ length: 128 }, () => new Float32Array(24).fill(initialWeight));
    this.#rate = f32(rate);
  }

  expect(frequency: number, features: readonly number[]): number {
    this.#features = Float32Array.from({ length: 24 }, (_, i) => features[i] ?? 0);
    this.#chosen = this.#weights[frequency];
    return (this.#expected = dot(this.#chosen, this.#features));
  }

  learn(value: number): void {
    const error = f32(value - this.#expected);
    const square = f32(4 + dot(this.#features, this.#features));
    addScaled(this.#chosen, this.#features, f32(f32(error * this.#rate) / square));
  }
}

// Decisions.

const COUNT = 0;
const COEFFICIENT = 1;
const MEAN = 2;

/** What is known of a number before it is coded. */
interface Situation {
  readonly kind: number;
  readonly plane: number;
  readonly frequency: number;
  readonly size: number;
  /** In eighths: as was learnt, by both edges, by the left and the upper one. */
  readonly expected: readonly number[];
  /** Of the slots, by context. */
  readonly contexts: readonly number[];
}

/** Codes the coefficients of a picture as the kernel does. */
export function encodeByReference(planes: readonly Plane[], size: ModelSize): Uint8Array {
  return new Reference(planes, size).encode();
}

class Reference {
  readonly #planes: readonly Plane[];
  readonly #size: ModelSize;
  readonly #encoder = new BinaryEncoder();
  readonly #mixer: Mixer;
  readonly #cells = new Map<string, Cell>();
  readonly #apms = [new Apm(), new Apm()];
  readonly #values = new Expectation(0, 0.03);
  readonly #magnitudes = new Expectation(0.07, 0.008);

  constructor(planes: readonly Plane[], size: ModelSize) {
    this.#planes = planes;
    this.#size = size;
    this.#mixer = new Mixer(size.slots + size.directs);
  }

  encode(): Uint8Array {
    this.#planes.forEach((plane, n) => {
      for (let y = 0; y < plane.high; y++) for (let x = 0; x < plane.wide; x++) this.#codeBlock(n, x, y);
    });
    return this.#encoder.finish();
  }

  #cell(name: string): Cell {
    let cell = this.#cells.get(name);
    if (cell === undefined) this.#cells.set(name, (cell = new Cell(32768, 0)));
    return cell;
  }

  /** Codes one bit. @param sign of the number, 1 or −1, where a threshold is given */
  #code(bit: number, node: number, situation: Situation, threshold = 0, sign = 0): void {
    const { kind, plane, frequency, size, expected, contexts } = situation;
    const beyond = expected.map((value) => (threshold > 0 ? (imul(value, sign) - threshold * 8) | 0 : value));
    const above = signedClass(beyond[0]);
    const [both, left, top] = beyond.slice(1).map((value) => signedClass(value >> 1));
    const decision = (kind * 16 + node) * 2 + plane;
    const coarse = min(7, size >> 2);
    const directs = [
      (decision << 5) | above,
      (decision << 6) | size,
      (decision << 8) | ((left >> 1) << 4) | (top >> 1),
      (decision << 8) | (both << 3) | coarse,
      (decision << 8) | (above << 3) | coarse,
    ];
    const cells = [
      ...contexts.map((context, n) => {
        const slot = hash(context, n + 1) & (2 ** this.#size.tableBits - 1);
        return this.#cell(`slot ${n} ${slot} ${node}`);
      }),
      ...directs.map((cell, n) => this.#cell(`direct ${n} ${cell}`)),
    ];
    cells.forEach((cell, n) => (this.#mixer.inputs[n] = stretch(cell.p12)));
    const place = kind === COEFFICIENT ? frequency : kind === COUNT ? 64 : 65;
    const sets = [
      (place * 2 + plane) * 16 + node,
      ((size >> 1) * 2 + plane) * 16 + node,
      (above * 2 + (kind === COEFFICIENT ? 1 : 0)) * 16 + node,
    ];
    const mixed = this.#mixer.mix(sets.slice(0, this.#size.sets), decision);
    const rows = [(place * 2 + plane) * 16 + node, (size * 2 + plane) * 16 + node];
    const refined = this.#apms.map((apm, n) => apm.refine(mixed, rows[n]));
    const p16 = max(16, min(65520, (2 * squash(mixed) + refined[0] + refined[1] + 2) >> 2));
    this.#encoder.encode(bit, p16);
    this.#mixer.learn(bit);
    for (const apm of this.#apms) apm.learn(bit);
    for (const cell of cells) cell.learn(bit, 1023);
  }

  #codeNumber(value: number, situation: Situation, isSomething: boolean): void {
    const bit = (condition: boolean): number => (condition ? 1 : 0);
    if (!isSomething) this.#code(bit(value !== 0), 0, situation);
    if (value === 0) return;
    this.#code(bit(value < 0), 1, situation);
    const sign = value < 0 ? -1 : 1;
    const magnitude = abs(value);
    const size = 31 - clz32(magnitude);
    for (let k = 0; k <= size && k < 16; k++) {
      this.#code(bit(k < size), 2 + min(8, k), situation, 2 << k, sign);
    }
    for (let below = size - 1; below >= 0; below--) {
      const depth = size - 1 - below;
      const node = 11 + (depth === 0 ? min(2, size - 1) : depth === 1 && size === 2 ? 3 : 4);
      this.#code((magnitude >> below) & 1, node, situation, (((magnitude >> below) | 1) << below) | 0, sign);
    }
  }

  #codeBlock(n: number, x: number, y: number): void {
    const plane = this.#planes[n];
    const near = (right: number, up: number): readonly number[] | undefined =>
      x + right >= 0 && x + right < plane.wide && y >= up ? plane.blocks[(y - up) * plane.wide + x + right] : undefined;
    const samePlace = (other: number): readonly number[] | undefined => {
      if (other < 0 || other >= n) return undefined;
      const { wide, high, blocks } = this.#planes[other];
      return blocks[trunc((y * high) / plane.high) * wide + trunc((x * wide) / plane.wide)];
    };
    const block = plane.blocks[y * plane.wide + x];
    const count = (of: readonly number[] | undefined): number =>
      of?.slice(1).filter((value) => value !== 0).length ?? 0;
    const kind = n > 0 ? 1 : 0;
    const { slots } = this.#size;
    const numbered = (base: number, known: readonly number[]): number[] =>
      Array.from({ length: slots }, (_, i) => known[i] ?? hash(base, i));

    // How many coefficients there are.
    const [l, a, al, ar] = [near(-1, 0), near(0, 1), near(-1, 1), near(1, 1)].map(count);
    const wide = trunc((2 * l + 2 * a + al + ar + 3) / 6);
    const [first, other] = [count(samePlace(0)), count(samePlace(n - 1))];
    const total = count(block);
    for (const [shift, high] of [
      [3, -1],
      [0, total >> 3],
    ]) {
      const base = 2048 + 16 * kind + high + 1;
      const known = [
        (l + a + 1) >> 1,
        l | (a << 8),
        wide | (1 << 20),
        (l >> 1) | ((a >> 1) << 8) | ((ar >> 2) << 16) | ((al >> 2) << 24),
        other | ((wide >> 1) << 8),
        first | (other << 8),
        a | (ar << 8),
        l | ((al >> 1) << 8),
      ].map((context) => hash(base, context));
      const contexts = numbered(base, known);
      const situation = { kind: COUNT, plane: kind, frequency: 0, size: wide, expected: [0, 0, 0, 0], contexts };
      let node = 1;
      for (let k = 2; k >= 0; k--) {
        const bit = (total >> (shift + k)) & 1;
        this.#code(bit, node, situation);
        node = node * 2 + bit;
      }
    }

    // The coefficients.
    const q = plane.quantisation;
    const [westBlock, northBlock] = [near(-1, 0), near(0, 1)];
    const rows = westBlock === undefined ? undefined : lastEdge(westBlock, q, false);
    const columns = northBlock === undefined ? undefined : lastEdge(northBlock, q, true);
    const stepOf = (place: number): number => max(1, q[place]);
    const byRow = (u: number, v: number): number => (rows ? ratio(rows[v], WORTHS[u] * stepOf(8 * v + u)) : 0);
    const byColumn = (u: number, v: number): number => (columns ? ratio(columns[u], WORTHS[v] * stepOf(8 * v + u)) : 0);
    const byTwo = (u: number, v: number): number => {
      if (rows === undefined) return byColumn(u, v);
      if (columns === undefined) return byRow(u, v);
      const [wu, wv] = [WORTHS[u] >> 3, WORTHS[v] >> 3];
      const sum = (clamped(rows[v]) >> 7) * wu + (clamped(columns[u]) >> 7) * wv;
      return trunc((sum * 2) / max(1, (((wu * wu + wv * wv) >> 3) * stepOf(8 * v + u)) >> 3));
    };
    const current = new Array<number>(64).fill(0);
    const at = (of: readonly number[] | undefined, place: number): number => of?.[place] ?? 0;
    let left = total;
    for (let z = 1; left > 0; z++) {
      const place = ZIGZAG[z];
      const [u, v] = [place & 7, place >> 3];
      const inside = (du: number, dv: number): number =>
        u + du < 0 || u + du > 7 || v + dv < 0 || v + dv > 7 ? 0 : current[place + du + 8 * dv];
      const around = [near(-1, 0), near(0, 1), near(-1, 1), near(1, 1), near(-2, 0), near(0, 2)].map((of) =>
        at(of, place),
      );
      const [cl, ca, cal, car, cll, caa] = around;
      const [west, west2, north, north2] = [inside(-1, 0), inside(-2, 0), inside(0, -1), inside(0, -2)];
      const [northWest, northEast, southWest] = [inside(-1, -1), inside(1, -1), inside(-1, 1)];
      const [cf, co] = [at(samePlace(0), place), at(samePlace(n - 1), place)];
      const before = current[ZIGZAG[z - 1]];
      const before2 = z > 1 ? current[ZIGZAG[z - 2]] : 0;
      const byLeft = v === 0 ? 0 : byRow(u, v);
      const byAbove = u === 0 ? 0 : byColumn(u, v);
      const byBoth = u === 0 ? byLeft : v === 0 ? byAbove : byTwo(u, v);
      const frequency = kind * 64 + z;
      const places = 64 - z;
      const logs = [...around, west, west2, north, north2, northWest, northEast, southWest, cf, co];
      const magnitude = this.#magnitudes.expect(frequency, [
        1,
        ...logs.map(logOf),
        ...[byBoth, byLeft, byAbove].map((value) => logOf(value >> 3)),
        f32(f32(left / places) * 4),
        ...[before, before2, left].map(logOf),
      ]);
      const guess = this.#values.expect(frequency, [
        ...[byLeft, byAbove, byBoth].map((value) => max(-32768, min(32768, value)) / 8),
        ...around,
        ...[west, west2, north, north2, northWest, cf, co],
      ]);
      const learnt = trunc(f32(max(-4096, min(4096, guess)) * 8));
      const fine = trunc(f32(max(0, min(11, magnitude)) * 16));
      const coarse = min(31, fine >> 2);
      const density = trunc((left * 16) / places);
      const value = signedClass(byBoth >> 1);
      const neighbours = classOf(2 * abs(cl) + 2 * abs(ca) + abs(cal) + abs(car));
      const around8 = classOf(2 * abs(west) + 2 * abs(north) + abs(northWest) + abs(northEast) + abs(southWest));
      const pair = (low: number, high: number): number => frequency | (low << 8) | (high << 16);
      const contexts = [
        pair(signedClass(cl), signedClass(ca)),
        pair(signedClass(west2), signedClass(north2)),
        pair(signedClass(cf), signedClass(co)),
        pair(left, classOf(before)),
        pair(signedClass(west), signedClass(north)),
        pair(signedClass(learnt), coarse),
        pair(coarse, density),
        pair(signedClass(byLeft >> 1), signedClass(byAbove >> 1)),
        pair(signedClass(learnt), signedClass(byBoth >> 1)),
        pair(total, left),
        pair(signedClass(byBoth), min(3, density >> 2)),
        pair(fine, classOf(before)),
        pair(signedClass(cal), signedClass(car)),
        pair(signedClass(cll), signedClass(caa)),
        pair(coarse, value),
        pair(fine, 0),
        pair(signedClass(northEast), signedClass(southWest) | (min(3, coarse >> 3) << 8)),
        pair(signedClass(cf), other | (min(3, coarse >> 2) << 8)),
        pair(coarse, min(20, left)),
        pair(neighbours, around8),
        (fine << 8) | (density << 16) | kind,
        u | (fine << 8) | (min(15, left) << 16),
        frequency | (classOf(before) << 8) | (classOf(before2) << 12) | (neighbours << 16),
        v | (fine << 8) | (value << 16),
      ].slice(0, slots);
      const expected = [learnt, byBoth, byLeft, byAbove];
      const size = min(63, fine >> 1);
      const situation = { kind: COEFFICIENT, plane: kind, frequency: z, size, expected, contexts };
      const coefficient = block[place];
      this.#codeNumber(coefficient, situation, left === places);
      this.#magnitudes.learn(logOf(coefficient));
      this.#values.learn(coefficient);
      if (coefficient === 0) continue;
      left--;
      current[place] = coefficient;
      const dequantised = imul(coefficient, stepOf(place));
      if (rows) rows[v] = (rows[v] - imul(dequantised, WORTHS[u])) | 0;
      if (columns) columns[u] = (columns[u] - imul(dequantised, WORTHS[v])) | 0;
    }

    // The mean.
    const byLeft = byRow(0, 0);
    const byAbove = byColumn(0, 0);
    const byBoth = rows === undefined ? byAbove : columns === undefined ? byLeft : (byLeft + byAbove) >> 1;
    const rounded = max(-32768, min(32767, (byBoth + 4) >> 3));
    const mismatches = [...(rows ?? []).slice(1), ...(columns ?? []).slice(1)].map((x) => abs(clamped(x)) >> 10);
    const mismatch = mismatches.reduce((sum, value) => sum + value, 0);
    const spread = classOf((byLeft - byAbove) >> 1);
    const wrong = classOf(trunc((mismatch * 2) / stepOf(0)));
    const [dl, da] = [at(westBlock, 0), at(northBlock, 0)].map((value) => signedClass(value - rounded));
    const base = 130 + kind;
    const pair = (low: number, high: number): number => base | (low << 8) | (high << 16);
    const contexts = numbered(base, [
      pair(spread, wrong),
      pair(dl, da),
      pair(wrong, byBoth & 7),
      pair(spread, 0),
      pair(classOf(total), wrong),
      pair(dl, wrong),
      pair(da, wrong),
      pair(signedClass(at(samePlace(n - 1), 0)), signedClass(at(samePlace(0), 0))),
    ]);
    const rest = byBoth - rounded * 8;
    const expected = [rest, rest, rows ? byLeft - rounded * 8 : rest, columns ? byAbove - rounded * 8 : rest];
    const situation = { kind: MEAN, plane: kind, frequency: 0, size: min(63, wrong * 2), expected, contexts };
    this.#codeNumber(block[0] - rounded, situation, false);
  }
}
