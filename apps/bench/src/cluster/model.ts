/** A model of many machines: units go to whichever core is free, as measured units take; some cores are slower, and some die. */

/** What is to be done. */
export interface Job {
  /** Bytes in all, and of a unit. */
  readonly bytes: number;
  readonly unit: number;
  /** Seconds that a byte took in units that were measured: each unit takes as one of them. */
  readonly secondsPerByte: readonly number[];
  /** Bytes that come of a byte. */
  readonly ratio: number;
}

/** What it is done on. */
export interface Machines {
  readonly cores: number;
  /** Standard deviation of the logarithm of how fast cores are. */
  readonly spread: number;
  /** Mean hours after which a core dies; what it did is begun anew by another. */
  readonly lifetime: number;
  /** Seconds after which that is noticed. */
  readonly lease: number;
  /** Units a second that the queue hands out. */
  readonly rate: number;
  /** Bytes a second between all cores and the store, and of the one machine that joins. */
  readonly network: number;
  readonly joining: number;
}

export interface Outcome {
  readonly units: number;
  /** Seconds until all units are done, and for joining them. */
  readonly seconds: number;
  readonly joinSeconds: number;
  /** Seconds from when there is nothing left to hand out to the end: cores are idle for this long at most. */
  readonly tail: number;
  /** Share of the cores' time that was spent on units that count. */
  readonly use: number;
  /** Units that were begun again. */
  readonly again: number;
  /** Units a second, and bytes a second of input and output together. */
  readonly handedOut: number;
  readonly traffic: number;
}

const HOUR = 3600;

/** Plays it through. @param seed of all that is by chance */
export function simulate({ bytes, unit, secondsPerByte, ratio }: Job, machines: Machines, seed: number): Outcome {
  const random = generator(seed);
  const units = Math.ceil(bytes / unit);
  const cores = Math.min(machines.cores, units);
  const slowness = Float64Array.from({ length: cores }, () => Math.exp(machines.spread * normal(random)));
  const free = new Heap(cores);
  for (let core = 0; core < cores; core++) free.add(0, core);
  // All read from one store: a core has its share of the way there.
  const readPerByte = ((1 + ratio) * cores) / machines.network;
  let [handed, end, busy, again, lastHanded] = [0, 0, 0, 0, 0];
  const redo: number[] = [];
  for (let left = units; left > 0 || redo.length > 0;) {
    const { time, core } = free.take();
    const length = left > 0 ? Math.min(unit, bytes - (units - left) * unit) : (redo.pop() ?? unit);
    if (left > 0) left--;
    // The queue hands out one after the other.
    const start = Math.max(time, handed / machines.rate);
    handed++;
    lastHanded = start;
    const pace = secondsPerByte[Math.floor(random() * secondsPerByte.length)] * slowness[core];
    const work = length * Math.max(pace, readPerByte);
    const death = -Math.log(1 - random()) * machines.lifetime * HOUR;
    if (death < work) {
      again++;
      redo.push(length);
      // Another machine takes its place once it is missed.
      free.add(start + death + machines.lease, core);
      continue;
    }
    busy += work;
    end = Math.max(end, start + work);
    free.add(start + work, core);
  }
  return {
    units,
    seconds: end,
    joinSeconds: (2 * bytes * ratio) / machines.joining,
    tail: end - lastHanded,
    use: busy / (end * cores),
    again,
    handedOut: handed / end,
    traffic: ((1 + ratio) * bytes) / end,
  };
}

/** Cores by when they are free, the next one first. */
class Heap {
  readonly #times: Float64Array;
  readonly #cores: Int32Array;
  #size = 0;

  constructor(capacity: number) {
    this.#times = new Float64Array(capacity + 1);
    this.#cores = new Int32Array(capacity + 1);
  }

  add(time: number, core: number): void {
    let at = ++this.#size;
    for (; at > 1 && this.#times[at >> 1] > time; at >>= 1) this.#move(at >> 1, at);
    this.#times[at] = time;
    this.#cores[at] = core;
  }

  take(): { readonly time: number; readonly core: number } {
    const first = { time: this.#times[1], core: this.#cores[1] };
    const last = this.#size--;
    const time = this.#times[last];
    let at = 1;
    for (let child = 2; child <= this.#size; child = 2 * at) {
      if (child < this.#size && this.#times[child + 1] < this.#times[child]) child++;
      if (this.#times[child] >= time) break;
      this.#move(child, at);
      at = child;
    }
    this.#times[at] = time;
    this.#cores[at] = this.#cores[last];
    return first;
  }

  #move(from: number, to: number): void {
    this.#times[to] = this.#times[from];
    this.#cores[to] = this.#cores[from];
  }
}

/** xorshift32: 0 up to, but without, 1. */
function generator(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
