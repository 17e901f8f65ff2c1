/** The network as a part of the mix: two inputs for each bit of the byte that it predicts. */
import { stretch } from "./logistic.ts";
import { Network, type NetworkDescription } from "./network.ts";
import { f32, trunc } from "./numbers.ts";
import type { Stream } from "./stream.ts";

const LEAST = f32(0.0000001);

export class NetworkInputs {
  readonly #stream: Stream;
  readonly #network: Network;
  /** Probability of all bytes below each node of the byte's binary tree. */
  readonly #tree = new Float32Array(512);

  constructor(stream: Stream, description: NetworkDescription) {
    this.#stream = stream;
    this.#network = new Network(description);
    this.#predictByte();
  }

  #predictByte(): void {
    this.#tree.set(this.#network.predict(), 256);
    for (let node = 255; node > 0; node--) this.#tree[node] = this.#tree[2 * node] + this.#tree[2 * node + 1];
  }

  update(byte: number): void {
    this.#network.learn(byte);
    this.#predictByte();
  }

  predict(): number[] {
    const zero = this.#tree[2 * this.#stream.partial];
    const one = this.#tree[2 * this.#stream.partial + 1];
    const share = f32(f32(one + LEAST) / f32(f32(zero + one) + f32(2 * LEAST)));
    const p12 = trunc(f32(share * f32(4095.99)));
    return [stretch(p12), (p12 - 2048) / 1024];
  }
}
