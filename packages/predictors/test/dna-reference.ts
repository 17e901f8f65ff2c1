/**
 * The model of bases in plain TypeScript: what `kernel/dna` computes, written for reading and not for speed. Every f32
 * of the kernel is a double rounded by Math.fround here, every i32 an integer, every u64 a BigInt.
 */

const f = Math.fround;
const HALF = 0x80000000 | 0;

// The logistic domain, `kernel/math.ts`.

function exp(x: number): number {
  const y = x / 1024;
  let result = 1 + y * (1 + y * (0.5 + y * (1 / 6 + y * (1 / 24 + y * (1 / 120)))));
  for (let i = 0; i < 10; i++) result *= result;
  return result;
}

const squashes = Array.from({ length: 4096 }, (_, i) =>
  Math.max(1, Math.min(65535, Math.trunc(65536 / (1 + exp((2048 - i) / 256))))),
);
const squash = (x: number): number => squashes[x + 2048];
const stretches = Array.from({ length: 4096 }, (_, p) => {
  for (let x = -2047; x <= 2047; x++) if (squash(x) >> 4 >= p) return x / 256;
  return 2047 / 256;
});
/** Rounds to the nearest 1/256, ties to even. */
const clampStretch = (x: number): number => Math.max(-2047, Math.min(2047, f(f(x * 256) + 12582912) - 12582912));

// Adaptive probabilities, `kernel/state-map.ts`, and the hash, `kernel/hash.ts`.

function learnt(cell: number, bit: number, limit: number): number {
  const count = cell & 1023;
  const reciprocal = Math.trunc(16384 / (2 * count + 3));
  const step = Math.imul((bit * 2 ** 22 - (cell >>> 10)) >> 3, reciprocal);
  return (cell + (step & -1024) + (count < limit ? 1 : 0)) | 0;
}

const probability12 = (cell: number): number => cell >>> 20;

function hash(a: number, b: number): number {
  let h = (Math.imul(a, 0x2f0b4c47) + Math.imul(b, 0x5a8f1b3d)) | 0;
  h ^= h >>> 15;
  h = Math.imul(h, 0x6c62272f);
  return h ^ (h >>> 13);
}

/** Cells by address, all of probability ½ at first. */
class Cells {
  readonly #cells = new Map<number, number>();
  get(address: number): number {
    return this.#cells.get(address) ?? HALF;
  }
  learn(address: number, bit: number, limit: number): void {
    this.#cells.set(address, learnt(this.get(address), bit, limit));
  }
}

// Bit histories, `kernel/history.ts`: zeros, ones and the latest bits; the automaton's states are such triples.

interface History {
  readonly zeros: number;
  readonly ones: number;
  readonly latest: number;
}

const EMPTY: History = { zeros: 0, ones: 0, latest: 0 };

function countLimit(other: number): number {
  return [48, 16, 10, 7, 6][other] ?? 5;
}

function discount(count: number): number {
  if (count <= 2) return count;
  if (count < 4) return 2;
  if (count < 8) return 3;
  return count < 24 ? 4 : 5;
}

function nextHistory({ zeros, ones, latest }: History, bit: number): History {
  let same = bit === 0 ? zeros : ones;
  let other = bit === 0 ? ones : zeros;
  const seen = same + other;
  let recent = ((latest << 1) | bit) & 15;
  same++;
  if (seen >= 4) {
    other = discount(other);
    const limit = countLimit(Math.min(same, other));
    same = Math.min(same, limit);
    other = Math.min(other, limit);
    recent = same + other <= 4 ? (bit === 1 ? 15 : 0) : other === 0 ? 0 : bit;
  }
  return bit === 0 ? { zeros: same, ones: other, latest: recent } : { zeros: other, ones: same, latest: recent };
}

function estimate({ zeros, ones }: History): number {
  return Math.max(64, Math.min(65471, Math.trunc(((ones * 2 + 1) * 32768) / (zeros + ones + 1))));
}

const nameOf = ({ zeros, ones, latest }: History): string => `${zeros},${ones},${latest}`;

const LOW_ORDERS = [1, 2, 3, 4, 6, 8, 9];
const HIGH_ORDERS = [12, 16];
const FRAME_ORDERS = [4, 7];
const SETS = 5;

interface Copy {
  position: number;
  step: number;
  /** Newest first; true is a miss; 32 of them. */
  misses: boolean[];
  run: number;
  guess: number;
  state: number;
  used: number | undefined;
}

interface Slot {
  check: number;
  histories: History[];
}

export class DnaReference {
  readonly #bases: number[] = [];
  readonly #tableBits: number;

  constructor(capacity: number, tableBits: number) {
    this.#tableBits = tableBits;
    const lengthBits = 32 - Math.clz32(capacity - 1);
    this.#shortSeed = Math.max(8, Math.min(14, lengthBits >> 1));
    this.#ring = 2 ** Math.min(lengthBits + 1, Math.min(tableBits, 22));
  }

  /** Probability of a one, of 65536, at node 0 (high bit), 1 or 2 (low bit after a high 0 or 1). */
  predict(node: number): number {
    const inputs = [
      ...this.#predictOrders(node),
      ...this.#predictHistories(node),
      ...this.#predictCopies(node),
      ...this.#predictFrames(node),
      f(0.3),
    ];
    return this.#mix(inputs, node);
  }

  /** Learns the bit at the node that was predicted last. */
  learn(node: number, bit: number): void {
    this.#learnMix(bit);
    for (const order of LOW_ORDERS) this.#orders.learn(this.#startedAddress(order, node), bit, limitOf(order));
    this.#learnHistories(node, bit);
    this.#learnCopies(node, bit);
    this.#learnApm(bit);
  }

  next(base: number): void {
    this.#bases.push(base);
    this.#learnInvertedOrders();
    this.#selectHistories();
    this.#updateCopies(base);
    this.#updateFrames(base);
  }

  // Strands.

  get #length(): number {
    return this.#bases.length;
  }

  #packed(bases: readonly number[]): bigint {
    return bases.reduce((sum, base) => (sum << 2n) | BigInt(base), 0n);
  }

  /** The last `order` bases, the newest lowest. */
  #context(order: number): bigint {
    const recent = Array.from({ length: order }, (_, i) => this.#bases[this.#length - order + i] ?? 0);
    return this.#packed(recent);
  }

  #invertedContext(order: number): bigint {
    const recent = Array.from({ length: order }, (_, i) => 3 - (this.#bases[this.#length - 1 - i] ?? 0));
    return this.#packed(recent);
  }

  /** What the other strand saw behind its context of `order` bases. */
  #mirrored(order: number): number {
    return 3 - this.#bases[this.#length - 1 - order];
  }

  // Low orders.

  readonly #orders = new Cells();

  #orderAddress(order: number, context: bigint, node: number): number {
    const bits = Math.min(this.#tableBits, 20);
    const index = 2 * order <= bits ? Number(context) : hash(Number(context), order) >>> (32 - bits);
    return (order * 2 ** 24 + index) * 4 + node;
  }

  #predictOrders(node: number): number[] {
    return LOW_ORDERS.map((order) => stretches[probability12(this.#orders.get(this.#startedAddress(order, node)))]);
  }

  /** Before the first base, all orders look at their first context. */
  #startedAddress(order: number, node: number): number {
    return this.#length === 0 ? order * 2 ** 26 + node : this.#orderAddress(order, this.#context(order), node);
  }

  #learnInvertedOrders(): void {
    for (const order of LOW_ORDERS) {
      if (this.#length <= order) continue;
      const base = this.#mirrored(order);
      const context = this.#invertedContext(order);
      this.#orders.learn(this.#orderAddress(order, context, 0), base >> 1, limitOf(order));
      this.#orders.learn(this.#orderAddress(order, context, 1 + (base >> 1)), base & 1, limitOf(order));
    }
  }

  // High orders.

  readonly #slots = HIGH_ORDERS.map(() => new Map<number, Slot>());
  readonly #current: Slot[] = HIGH_ORDERS.map((_, i) => this.#slotAt(i, 0));
  readonly #maps = HIGH_ORDERS.map(() => [new Map<string, number>(), new Map<string, number>()]);
  #seen = 0;

  #slotAt(i: number, index: number): Slot {
    const slots = this.#slots[i];
    const slot = slots.get(index) ?? { check: 0, histories: [EMPTY, EMPTY, EMPTY] };
    slots.set(index, slot);
    return slot;
  }

  #findSlot(i: number, context: bigint, order: number): Slot {
    const h = hash(Number(context & 0xffffffffn) | 0, Number(context >> 32n) + order);
    const index = h >>> (32 - this.#tableBits);
    const first = this.#slotAt(i, index);
    const second = this.#slotAt(i, index ^ 1);
    const check = h & 255;
    if (first.check === check) return first;
    if (second.check === check) return second;
    const seen = ({ histories: [{ zeros, ones }] }: Slot): number => zeros + ones;
    const weaker = seen(first) <= seen(second) ? first : second;
    weaker.check = check;
    weaker.histories = [EMPTY, EMPTY, EMPTY];
    return weaker;
  }

  #selectHistories(): void {
    HIGH_ORDERS.forEach((order, i) => {
      if (this.#length > order) {
        const base = this.#mirrored(order);
        const { histories } = this.#findSlot(i, this.#invertedContext(order), order);
        const second = 1 + (base >> 1);
        histories[0] = nextHistory(histories[0], base >> 1);
        histories[second] = nextHistory(histories[second], base & 1);
      }
      this.#current[i] = this.#findSlot(i, this.#context(order), order);
    });
  }

  #mapped(i: number, node: number, history: History): number {
    return this.#maps[i][Math.min(node, 1)].get(nameOf(history)) ?? (estimate(history) << 16) | 8;
  }

  #predictHistories(node: number): number[] {
    this.#seen = 0;
    return HIGH_ORDERS.flatMap((_, i) => {
      const history = this.#current[i].histories[node];
      if (nameOf(history) === nameOf(EMPTY)) return [0, 0];
      this.#seen++;
      const p = probability12(this.#mapped(i, node, history));
      return [stretches[p], (p - 2048) / 1024];
    });
  }

  #learnHistories(node: number, bit: number): void {
    HIGH_ORDERS.forEach((_, i) => {
      const { histories } = this.#current[i];
      const history = histories[node];
      this.#maps[i][Math.min(node, 1)].set(nameOf(history), learnt(this.#mapped(i, node, history), bit, 1023));
      histories[node] = nextHistory(history, bit);
    });
  }

  // Copies and the seeds that find them.

  readonly #shortSeed: number;
  readonly #ring: number;
  readonly #shortSeeds = new Map<number, number>();
  readonly #longSeeds = new Map<number, number>();
  readonly #links = new Map<number, number>();
  #copies: Copy[] = [];
  readonly #copyCells = new Map<number, number>();
  #bestVote = 0;
  #agreement = 0;
  #voteClass = 16;

  #seedIndex(seed: bigint): number {
    const bits = Math.min(this.#tableBits, 22);
    return hash(Number(seed & 0xffffffffn) | 0, Number(seed >> 32n)) >>> (32 - bits);
  }

  #updateCopies(base: number): void {
    for (const copy of this.#copies) {
      const missed = copy.guess !== base;
      copy.misses = [missed, ...copy.misses.slice(0, 31)];
      copy.run = missed ? 0 : Math.min(copy.run + 1, 65535);
      copy.position += copy.step;
    }
    const missesOf = (copy: Copy, newest: number): number => copy.misses.slice(0, newest).filter(Boolean).length;
    this.#copies = this.#copies.filter(
      (copy) => copy.position >= 0 && missesOf(copy, 32) <= 17 && missesOf(copy, 16) <= 11,
    );
    if (this.#length >= 32) {
      const places = this.#searchSeeds();
      if (this.#copies.every(({ run }) => run < 20))
        for (const [position, step] of places) this.#consider(position, step);
    }
    for (const copy of this.#copies) {
      const there = this.#bases[copy.position];
      copy.guess = copy.step > 0 ? there : 3 - there;
      copy.state = (copy.step > 0 ? 0 : 4096) + stateOf(copy);
    }
  }

  /** Remembers the newest bases; returns where they stood before. */
  #searchSeeds(): [position: number, step: number][] {
    const places: [number, number][] = [];
    const own = this.#seedIndex(this.#context(this.#shortSeed));
    const longOwn = this.#seedIndex(this.#context(20));
    const longAhead = this.#longSeeds.get(longOwn) ?? 0;
    const longBack = this.#longSeeds.get(this.#seedIndex(this.#invertedContext(20))) ?? 0;
    const ahead = this.#shortSeeds.get(own) ?? 0;
    const back = this.#shortSeeds.get(this.#seedIndex(this.#invertedContext(this.#shortSeed))) ?? 0;
    if (this.#length % 4 === 0) this.#longSeeds.set(longOwn, this.#length);
    this.#shortSeeds.set(own, this.#length);
    this.#links.set(this.#length % this.#ring, ahead);
    if (longAhead > 0) places.push([longAhead, 1]);
    if (longBack > 0) places.push([longBack - 21, -1]);
    for (const [head, step] of [
      [ahead, 1],
      [back, -1],
    ]) {
      for (let n = 0, end = head; n < 3 && end > 0; n++) {
        places.push([step > 0 ? end : end - this.#shortSeed - 1, step]);
        if (this.#length - end >= this.#ring) break;
        end = this.#links.get(end % this.#ring) ?? 0;
      }
    }
    return places;
  }

  #consider(position: number, step: number): void {
    if (position < (step > 0 ? 32 : 0)) return;
    const misses = Array.from({ length: 32 }, (_, i) => {
      const newest = this.#bases[this.#length - 1 - i];
      const there = this.#bases[step > 0 ? position - 1 - i : position + 1 + i] ?? 0;
      return newest !== (step > 0 ? there : 3 - there);
    });
    const count = misses.filter(Boolean).length;
    if (count > 14) return;
    if (this.#copies.some((copy) => copy.position === position && copy.step === step)) return;
    const run = misses.includes(true) ? misses.indexOf(true) : 32;
    const copy: Copy = { position, step, misses, run, guess: 0, state: 0, used: undefined };
    if (this.#copies.length < 16) {
      this.#copies.push(copy);
      return;
    }
    const counts = this.#copies.map((other) => other.misses.filter(Boolean).length);
    const most = Math.max(...counts);
    if (most > count) this.#copies[counts.indexOf(most)] = copy;
  }

  #copyCell(address: number): number {
    const missed = 2 * ((address >> 4) & 15);
    return this.#copyCells.get(address) ?? (Math.trunc((65535 * (34 - missed)) / 36) << 16) | 6;
  }

  #predictCopies(node: number): number[] {
    let sum = 0;
    let best = 0;
    let second = 0;
    for (const copy of this.#copies) {
      copy.used = undefined;
      if (node > 0 && copy.guess >> 1 !== node - 1) continue;
      copy.used = (node > 0 ? 8192 : 0) + copy.state;
      const size = stretches[probability12(this.#copyCell(copy.used))];
      const vote = (node > 0 ? copy.guess & 1 : copy.guess >> 1) === 1 ? size : -size;
      sum = f(sum + vote);
      if (size > Math.abs(best)) {
        second = best;
        best = vote;
      } else if (size > Math.abs(second)) second = vote;
    }
    const strength = Math.abs(best);
    this.#bestVote = strength === 0 ? 0 : 1 + Math.min(14, Math.trunc(f(strength * 2)));
    this.#agreement = second === 0 ? 0 : best * second > 0 ? 1 : 2;
    this.#voteClass = Math.trunc(Math.min(31, Math.max(0, f(16 + f(sum * 2)))));
    const bounded = (x: number): number => Math.max(-8, Math.min(8, x));
    return [bounded(sum), best, second, bounded(f(f(best * strength) * 0.25))];
  }

  #learnCopies(node: number, bit: number): void {
    for (const { used, guess } of this.#copies) {
      if (used === undefined) continue;
      const right = (node > 0 ? guess & 1 : guess >> 1) === bit;
      this.#copyCells.set(used, learnt(this.#copyCell(used), right ? 1 : 0, 1023));
    }
  }

  // Reading frames: states 0-2 are the places of a codon on this strand, 3-5 those on the other.

  readonly #codons = new Cells();
  readonly #long = new Cells();
  #posterior = [f(0.5), f(0.1), f(0.1), f(0.1), f(0.1), f(0.1)];
  #state = 0;
  #certainty = 0;

  #codonAddress(context: bigint, state: number, node: number): number {
    return (Number(context) * 8 + state) * 4 + node;
  }

  #longAddress(order: number, context: bigint, state: number, node: number): number {
    return ((order * 2 ** 16 + Number(context)) * 8 + state) * 4 + node;
  }

  #likelihood(context: bigint, state: number, node: number, bit: number): number {
    const p = (this.#codons.get(this.#codonAddress(context, state, node)) >>> 10) / 2 ** 22;
    return bit === 1 ? p : 1 - p;
  }

  #predictFrames(node: number): number[] {
    const context = this.#length === 0 ? 0n : this.#context(2);
    const weights = this.#posterior.map((p, state) =>
      node === 0 ? p : f(p * this.#likelihood(context, state, 0, node - 1)),
    );
    const ones = weights.map((weight, state) => f(weight * this.#likelihood(context, state, node, 1)));
    const p = f(f(sumOfStates(ones) / sumOfStates(weights)) * 4096);
    const long = FRAME_ORDERS.map((order) => {
      const longContext = this.#length === 0 ? 0n : this.#context(order);
      const state = this.#length === 0 ? 0 : this.#state;
      return stretches[probability12(this.#long.get(this.#longAddress(order, longContext, state, node)))];
    });
    return [stretches[Math.min(4095, Math.trunc(p))], ...long];
  }

  #updateFrames(base: number): void {
    const high = base >> 1;
    const before = (order: number): bigint => this.#context(order + 1) >> 2n;
    const context = this.#length === 1 ? 0n : before(2);
    const joint = this.#posterior.map((p, state) =>
      f(f(p * this.#likelihood(context, state, 0, high)) * this.#likelihood(context, state, 1 + high, base & 1)),
    );
    const change = f(1 / 8192);
    const scale = f(f(1 - change) / sumOfStates(joint));
    const posterior = joint.map((p) => f(f(p * scale) + f(change / 6)));
    const most = Math.max(...posterior);
    this.#state = posterior.indexOf(most);
    this.#certainty = [f(0.6), f(0.9), f(0.99)].filter((bound) => most >= bound).length;

    this.#learnCodon(context, this.#state, base);
    for (const order of FRAME_ORDERS) this.#learnLong(order, before(order), this.#state, base);
    if (this.#length > 7) {
      const mirror = (order: number): number =>
        this.#state < 3 ? 3 + ((this.#state + 27 - order) % 3) : (this.#state - 3 + order) % 3;
      this.#learnCodon(this.#invertedContext(2), mirror(2), this.#mirrored(2));
      for (const order of FRAME_ORDERS) {
        this.#learnLong(order, this.#invertedContext(order), mirror(order), this.#mirrored(order));
      }
    }
    this.#posterior = [2, 0, 1, 4, 5, 3].map((state) => posterior[state]);
    this.#state = this.#state < 3 ? (this.#state + 1) % 3 : 3 + ((this.#state - 3 + 2) % 3);
  }

  #learnCodon(context: bigint, state: number, base: number): void {
    this.#codons.learn(this.#codonAddress(context, state, 0), base >> 1, 1023);
    this.#codons.learn(this.#codonAddress(context, state, 1 + (base >> 1)), base & 1, 1023);
  }

  #learnLong(order: number, context: bigint, state: number, base: number): void {
    this.#long.learn(this.#longAddress(order, context, state, 0), base >> 1, 1023);
    this.#long.learn(this.#longAddress(order, context, state, 1 + (base >> 1)), base & 1, 1023);
  }

  // Mixer and adaptive probability map.

  readonly #weights = new Map<string, number[]>();
  readonly #finals = [0, 1, 2].map(() => Array.from({ length: 8 }, () => f(1 / SETS)));
  #inputs: number[] = [];
  #chosen: number[][] = [];
  #guesses: number[] = [];
  #finalInputs: number[] = [];
  #final: number[] = [];
  #finalGuess = 0;
  #decisions = 0;
  #rate = 17;
  readonly #knots = new Map<string, number>();
  #knot = "";

  #mix(inputs: number[], node: number): number {
    const recent = Number(this.#length === 0 ? 0n : this.#context(6));
    const frameState = this.#length === 0 ? 0 : this.#state < 3 ? this.#state : this.#state + 1;
    const picks = [
      this.#bestVote * 3 + this.#agreement,
      recent & 255,
      this.#seen,
      this.#voteClass * 4 + Math.min(3, this.#copies.length >> 1),
      this.#certainty * 8 + frameState,
    ];
    this.#inputs = [...inputs, 0, 0, 0, 0, 0].slice(0, 24);
    this.#chosen = picks.map((n, set) => {
      const name = `${set} ${n} ${node}`;
      const weights = this.#weights.get(name) ?? Array.from({ length: 24 }, () => f(0.08));
      this.#weights.set(name, weights);
      return weights;
    });
    const mixes = this.#chosen.map((weights) => clampStretch(dot(weights, this.#inputs)));
    this.#guesses = mixes.map(squash);
    this.#finalInputs = [...mixes.map((x) => x / 256), 0, 0, 0];
    this.#final = this.#finals[node];
    const mixed = clampStretch(dot(this.#final, this.#finalInputs));
    this.#finalGuess = squash(mixed);

    const place = (mixed + 2048) >> 7;
    const above = (mixed + 2048) & 127;
    const knot = (n: number): string => `${recent} ${node} ${n}`;
    this.#knot = knot(above >= 64 ? place + 1 : place);
    const refined = (this.#knotAt(knot(place)) * (128 - above) + this.#knotAt(knot(place + 1)) * above) >> 7;
    return Math.max(1, Math.min(65535, (this.#finalGuess * 3 + refined + 2) >> 2));
  }

  #knotAt(name: string): number {
    const n = Number(name.slice(name.lastIndexOf(" ")));
    return this.#knots.get(name) ?? squash(Math.max(-2047, Math.min(2047, (n - 16) * 128)));
  }

  #learnMix(bit: number): void {
    this.#decisions++;
    if (this.#decisions % 256 === 0) this.#rate = f(2 + f(15 * f(65536 / f(65536 + this.#decisions))));
    this.#chosen.forEach((weights, set) => {
      const step = f(f((bit * 65536 - this.#guesses[set]) / 2 ** 26) * this.#rate);
      addScaled(weights, this.#inputs, step);
    });
    addScaled(this.#final, this.#finalInputs, f((bit * 65536 - this.#finalGuess) / 2 ** 26));
  }

  #learnApm(bit: number): void {
    const value = this.#knotAt(this.#knot);
    this.#knots.set(this.#knot, value + (((bit === 1 ? 65535 : 0) - value) >> 6));
  }
}

function limitOf(order: number): number {
  return order <= 3 ? 20 : 127;
}

function stateOf({ misses, run }: Copy): number {
  const count = (newest: number): number => misses.slice(0, newest).filter(Boolean).length;
  if (count(32) === 0) return [48, 64, 128, 256, 512, 1024, 4096].filter((bound) => run >= bound).length;
  const runs = run < 8 ? run : 8 + [12, 16, 20, 24, 32].filter((bound) => run >= bound).length;
  return count(8) * 256 + (count(32) >> 1) * 16 + runs;
}

/** The kernel's order of summation: each strand's three, then both. */
function sumOfStates(x: readonly number[]): number {
  return f(f(f(x[0] + x[1]) + x[2]) + f(f(x[3] + x[4]) + x[5]));
}

/** The kernel's order of summation: eight lanes, then halves, then lanes (0 + 2) + (1 + 3). */
function dot(weights: readonly number[], inputs: readonly number[]): number {
  const lanes = [0, 0, 0, 0, 0, 0, 0, 0];
  weights.forEach((weight, i) => (lanes[i % 8] = f(lanes[i % 8] + f(weight * inputs[i]))));
  const s = [0, 1, 2, 3].map((lane) => f(lanes[lane] + lanes[lane + 4]));
  return f(f(s[0] + s[2]) + f(s[1] + s[3]));
}

function addScaled(weights: number[], inputs: readonly number[], step: number): void {
  for (let i = 0; i < weights.length; i++) weights[i] = f(weights[i] + f(step * inputs[i]));
}
