/** Reads a file of model weights along with the analysis, where it is one. */

import { PithError } from "@pith/core";
import type { SafetensorsAnalysis, SafetensorsAnalyzer } from "@pith/analyzer";

import { BadFile } from "../../errors.ts";

/** Bytes that tell a safetensors file from others. */
const START = 10;

/** What to do about a file of weights that is damaged. */
export const WEIGHTS_ADVICE =
  "take the file again from where it came; to have its bytes analysed as they are, give them through a pipe: " +
  "pith analyze < FILE";

/** Watches content as it passes. */
export class WeightsWatcher {
  /** Set where the content looked like weights and then was none: what to warn of. */
  problem: string | undefined;
  readonly #size: number | undefined;
  /** Whether the file's name says what it is: then whatever is wrong with it is an error. */
  readonly #named: boolean;
  readonly #analyzer: typeof import("@pith/analyzer");
  /** The beginning, until there is enough of it to look at. */
  #start: Uint8Array | undefined = new Uint8Array(0);
  #weights: SafetensorsAnalyzer | undefined;

  private constructor(path: string, size: number | undefined, analyzer: typeof import("@pith/analyzer")) {
    this.#size = size;
    this.#named = path.toLowerCase().endsWith(".safetensors");
    this.#analyzer = analyzer;
  }

  /**
   * @param path `-` is standard input
   * @param size of the content, where it is known
   */
  static async create(path: string, size: number | undefined): Promise<WeightsWatcher> {
    return new WeightsWatcher(path, size, await import("@pith/analyzer"));
  }

  /** @throws BadFile if the file's name says that it holds weights, and it does not */
  push(chunk: Uint8Array): void {
    if (this.#start === undefined) {
      this.#feed(chunk);
      return;
    }
    const start = new Uint8Array(this.#start.length + chunk.length);
    start.set(this.#start);
    start.set(chunk, this.#start.length);
    this.#start = start;
    if (start.length >= START) this.#decide(start);
  }

  /** What the weights are; null for anything else. @throws BadFile as {@link push} */
  finish(): SafetensorsAnalysis | null {
    if (this.#start !== undefined) this.#decide(this.#start);
    return this.#guarded(() => this.#weights?.finish()) ?? null;
  }

  #decide(start: Uint8Array): void {
    this.#start = undefined;
    if (!this.#named && !this.#analyzer.looksLikeSafetensors(start)) return;
    this.#weights = new this.#analyzer.SafetensorsAnalyzer(this.#size);
    this.#feed(start);
  }

  #feed(chunk: Uint8Array): void {
    this.#guarded(() => this.#weights?.push(chunk));
  }

  #guarded<Result>(action: () => Result): Result | undefined {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof PithError)) throw error;
      if (this.#named) throw new BadFile(error, WEIGHTS_ADVICE);
      this.#weights = undefined;
      this.problem = `looks like a safetensors file and is none, so its tensors are not shown: ${error.message}`;
      return undefined;
    }
  }
}
