import type { Transform } from "../transforms/transform.ts";

/** A transform that is imported when a block has it. Its id and name are known before, for headers. */
export class LateTransform implements Transform {
  readonly id: number;
  readonly name: string;
  readonly #load: () => Promise<Transform>;
  #loaded: Transform | undefined;

  constructor(id: number, name: string, load: () => Promise<Transform>) {
    this.id = id;
    this.name = name;
    this.#load = load;
  }

  async load(): Promise<void> {
    this.#loaded ??= await this.#load();
  }

  inverse(input: Uint8Array, length: number, offset: number): ReturnType<Transform["inverse"]> {
    if (this.#loaded === undefined) throw new Error(`${this.name} was not loaded`);
    return this.#loaded.inverse(input, length, offset);
  }
}
