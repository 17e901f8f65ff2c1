/**
 * The network of a model in a thread of its own, while a block is coded: it learns the content alone, and needs nothing of what
 * else the model makes of it, so it can be ahead. Only where content is known, so not in decoding.
 */
import { instantiateKernel, moduleOfKernel } from "@pith/core";
import { view } from "@pith/core/coding";
import type { MixKernel } from "../../generated/mix-exports.ts";
import type { Model } from "./models.ts";
import { startNetwork } from "./start-network.ts";

/** Bytes of content that the network is ahead at most. */
const CAPACITY = 2 ** 14;
/** Bytes of the probabilities of one byte's bits. */
export const GIVEN = 16;
/** Bytes that it learns before it says so. */
const STEP = 512;
/** Without a sign of the thread for so long, twice running, it is given up: once, the process may have been stopped meanwhile. */
const PATIENCE_MILLISECONDS = 10_000;
const MOST_SILENCES = 1;

/** Places of the state that both threads share. */
const PUT = 0;
const PREDICTED = 1;
const FAILED = 2;
const STATE_BYTES = 16;

/** What a thread is given. */
export interface AheadTask {
  readonly module: WebAssembly.Module;
  /** Bytes of content. */
  readonly length: number;
  /** Trained weights that the network starts from. */
  readonly network: Uint8Array | undefined;
  readonly shared: SharedArrayBuffer;
}

/** Starts a thread that calls {@link runAhead}. @returns what ends it */
type StartThread = (task: AheadTask) => () => void;

let startThread: StartThread | undefined;

/** Says how threads are started: where nobody does, there are none. They must not need this thread's event loop. */
export function provideThread(start: StartThread): void {
  startThread = start;
}

/** The thread has ended too early, or never began. */
export class LostThreadError extends Error {
  override readonly name = "LostThreadError";
}

/** Content, and what the network predicted of it, in turn in memory that both threads see. */
class Ring {
  readonly #state: Int32Array;
  readonly #content: Uint8Array;
  readonly #probabilities: Uint8Array;

  constructor(shared: SharedArrayBuffer) {
    this.#state = new Int32Array(shared, 0, STATE_BYTES / 4);
    this.#content = new Uint8Array(shared, STATE_BYTES, CAPACITY);
    this.#probabilities = new Uint8Array(shared, STATE_BYTES + CAPACITY, CAPACITY * GIVEN);
  }

  static share(): SharedArrayBuffer {
    return new SharedArrayBuffer(STATE_BYTES + CAPACITY * (1 + GIVEN));
  }

  at(place: number): number {
    return Atomics.load(this.#state, place);
  }

  tell(place: number, value: number): void {
    Atomics.store(this.#state, place, value);
    Atomics.notify(this.#state, place);
  }

  /** Waits until a place tells something else. @returns whether it did in time */
  wait(place: number, value: number, milliseconds = Infinity): boolean {
    return Atomics.wait(this.#state, place, value, milliseconds) !== "timed-out";
  }

  /** Bytes from there on that lie in one piece, `most` of them at most. */
  static inOnePiece(from: number, most: number): number {
    return Math.min(most, CAPACITY - (from % CAPACITY));
  }

  content(from: number, length: number): Uint8Array {
    const start = from % CAPACITY;
    return this.#content.subarray(start, start + length);
  }

  probabilities(from: number, length: number): Uint8Array {
    const start = from % CAPACITY;
    return this.#probabilities.subarray(start * GIVEN, (start + length) * GIVEN);
  }
}

/** What a network that is ahead predicts of a block's content, in turn. */
export class NetworkAhead {
  readonly #content: Uint8Array;
  readonly #ring: Ring;
  readonly #end: () => void;

  private constructor(content: Uint8Array, ring: Ring, end: () => void) {
    this.#content = content;
    this.#ring = ring;
    this.#end = end;
  }

  /** @returns undefined where no thread can be had */
  static of({ kernel }: Model, content: Uint8Array, network: Uint8Array | undefined): NetworkAhead | undefined {
    if (startThread === undefined || typeof SharedArrayBuffer === "undefined") return undefined;
    try {
      const shared = Ring.share();
      const ring = new Ring(shared);
      const end = startThread({ module: moduleOfKernel(kernel), length: content.length, network, shared });
      return new NetworkAhead(content, ring, end);
    } catch {
      return undefined;
    }
  }

  /**
   * Waits for what was predicted of the `length` bytes from `done` on, which follow those of the last call.
   *
   * @param target takes it: u16 [byte][bit]
   * @throws LostThreadError if nothing comes any more
   */
  take(done: number, length: number, target: Uint8Array): void {
    const ring = this.#ring;
    this.#put(Math.min(this.#content.length, done + CAPACITY));
    for (let silences = 0; ;) {
      const predicted = ring.at(PREDICTED);
      if (predicted >= done + length) break;
      if (ring.at(FAILED) === 0 && ring.wait(PREDICTED, predicted, PATIENCE_MILLISECONDS)) silences = 0;
      else if (ring.at(FAILED) !== 0 || ++silences > MOST_SILENCES) {
        throw new LostThreadError("the thread of the network has ended");
      }
    }
    for (let at = 0; at < length;) {
      const count = Ring.inOnePiece(done + at, length - at);
      target.set(ring.probabilities(done + at, count), at * GIVEN);
      at += count;
    }
  }

  /** Content up to there: what it takes the place of was coded. */
  #put(end: number): void {
    for (let at = this.#ring.at(PUT); at < end;) {
      const count = Ring.inOnePiece(at, end - at);
      this.#ring.content(at, count).set(this.#content.subarray(at, at + count));
      at += count;
      this.#ring.tell(PUT, at);
    }
  }

  end(): void {
    this.#end();
  }
}

/** The other thread's side: predicts and learns all that comes. */
export function runAhead({ module, length, network, shared }: AheadTask): void {
  const ring = new Ring(shared);
  try {
    const kernel = instantiateKernel<MixKernel>({ name: "@pith/codec/mix", module });
    kernel.startAhead();
    if (network !== undefined) startNetwork(kernel, network);
    for (let done = 0; done < length;) {
      const put = ring.at(PUT);
      if (put === done) {
        ring.wait(PUT, put);
        continue;
      }
      const count = Ring.inOnePiece(done, Math.min(put - done, STEP));
      const address = kernel.aheadAddress();
      view(kernel, address, count).set(ring.content(done, count));
      kernel.runAhead(count);
      ring.probabilities(done, count).set(view(kernel, address + kernel.sliceLength(), count * GIVEN));
      done += count;
      ring.tell(PREDICTED, done);
    }
  } catch {
    // Whoever waits goes on alone.
    Atomics.store(new Int32Array(shared), FAILED, 1);
    ring.tell(PREDICTED, -1);
  }
}
