import { PithError } from "@pith/core";
import { looksLikeSafetensors } from "@pith/tensors";
import { SafetensorsAnalyzer, type SafetensorsAnalysis } from "./analyzer.ts";

/** Bytes that tell a safetensors file from others. */
const START = 10;

/**
 * Watches content as it passes, beside another analysis: where it is a file of model weights, it is analysed as one. What looks
 * like weights and is none after all is left alone.
 *
 * @example
 * const weights = new SafetensorsWatcher("model.safetensors", blob.size);
 * for await (const chunk of blob.stream()) weights.push(chunk);
 * const analysis = weights.finish();
 */
export class SafetensorsWatcher {
  /** Whether the name says that it holds weights. */
  readonly isNamed: boolean;
  readonly #size: number | undefined;
  /** The beginning, until there is enough of it to look at. */
  #start: Uint8Array | undefined = new Uint8Array(0);
  #analyzer: SafetensorsAnalyzer | undefined;
  #problem: PithError | undefined;

  /**
   * @param name of the file
   * @param size of the content in bytes, where it is known
   */
  constructor(name: string, size?: number) {
    this.isNamed = name.toLowerCase().endsWith(".safetensors");
    this.#size = size;
  }

  /** Why content that looks like weights is none; undefined as long as nothing is wrong. */
  get problem(): PithError | undefined {
    return this.#problem;
  }

  push(chunk: Uint8Array): void {
    if (this.#start === undefined) {
      this.#guarded((analyzer) => analyzer.push(chunk));
      return;
    }
    const start = new Uint8Array(this.#start.length + chunk.length);
    start.set(this.#start);
    start.set(chunk, this.#start.length);
    this.#start = start;
    if (start.length >= START) this.#decide(start);
  }

  /** What the weights are; undefined for anything else. */
  finish(): SafetensorsAnalysis | undefined {
    if (this.#start !== undefined) this.#decide(this.#start);
    return this.#guarded((analyzer) => analyzer.finish());
  }

  #decide(start: Uint8Array): void {
    this.#start = undefined;
    if (!this.isNamed && !looksLikeSafetensors(start)) return;
    this.#analyzer = new SafetensorsAnalyzer(this.#size);
    this.#guarded((analyzer) => analyzer.push(start));
  }

  #guarded<Result>(action: (analyzer: SafetensorsAnalyzer) => Result): Result | undefined {
    if (this.#analyzer === undefined) return undefined;
    try {
      return action(this.#analyzer);
    } catch (error) {
      if (!(error instanceof PithError)) throw error;
      this.#analyzer = undefined;
      this.#problem = error;
      return undefined;
    }
  }
}
