/** The kernel of a model, opened as the predictor opens it, and with flags. */
import { readFileSync } from "node:fs";
import { instantiateKernel, type Kernel } from "@pith/core";
import { DICTIONARY, X86_64, type MixKernel } from "../../src/generated/mix-exports.ts";
import { MIX_MODELS, type MixModel } from "../../src/mix-predictor.ts";
import type { BlockOptions, ModelDescription } from "../reference/description.ts";

/** Each model of `models.json` by name. */
export const DESCRIPTIONS = JSON.parse(readFileSync(new URL("../../models.json", import.meta.url), "utf8")) as Readonly<
  Record<MixModel, ModelDescription>
>;

export { MIX_MODELS };

/** A kernel's stream of predictions. */
export class KernelStream {
  readonly #kernel: MixKernel;

  constructor(embedded: Kernel<MixKernel>) {
    this.#kernel = instantiateKernel(embedded);
  }

  /** Forgets all and begins a block of at most `length` bytes. */
  start(length: number, { tableBits, dictionary, x64, network }: BlockOptions): void {
    this.#kernel.start(length, tableBits, (dictionary ? DICTIONARY : 0) | (x64 ? X86_64 : 0));
    if (network === undefined) return;
    // First the room: it may take more memory, and that another buffer.
    const address = this.#kernel.networkAddress();
    new Uint8Array(this.#kernel.memory.buffer, address, network.length).set(network);
    this.#kernel.takeNetwork();
  }

  /** Bytes of weights that its network may start from. */
  networkLength(): number {
    return this.#kernel.networkLength();
  }

  /** Probabilities of the next byte; a copy. */
  predict(): Uint32Array {
    this.#kernel.predict();
    return new Uint32Array(this.#kernel.memory.buffer, this.#kernel.probabilitiesAddress(), 256).slice();
  }

  update(byte: number): void {
    this.#kernel.update(byte);
  }
}

/** Opens a model's kernel, begun with a block of at most `length` bytes. */
export async function openKernel(model: MixModel, length: number, options: BlockOptions): Promise<KernelStream> {
  const { kernel } = (await import(`../../src/generated/mix-${model}.ts`)) as {
    readonly kernel: Kernel<MixKernel>;
  };
  const stream = new KernelStream(kernel);
  stream.start(length, options);
  return stream;
}
