/** A model as `models.json` describes it; the kernel's `config.ts` says what each entry means. */
export interface ModelDescription {
  readonly contexts: readonly string[];
  readonly contextInputs: readonly string[];
  readonly matches: readonly string[];
  readonly tables: readonly string[];
  readonly sets: readonly string[];
  readonly finals: readonly string[];
  readonly estimations: readonly string[];
  readonly matchBits: number;
  readonly estimationBits: number;
  readonly rate: number;
  readonly rateStart: number;
  readonly weight: number;
  readonly fine?: number;
  readonly normalised?: number;
  readonly forecast?: number;
  readonly leastError?: number;
  readonly historyLimit?: number;
  readonly rateHalfLife?: number;
  readonly finalRate?: number;
  readonly network?: NetworkDescription;
}

/** The network that a model mixes in; rates in 1/10000, the least share in 1/100, the weight in 1/1000. */
interface NetworkDescription {
  readonly layers: number;
  readonly cells: number;
  readonly steps: number;
  readonly rate: number;
  readonly trainedRate?: number;
  readonly trainedLeast?: number;
  readonly trainedWeight?: number;
}

/** What a model makes of one of its parts, by the name that `models.json` has for it. @throws Error if there is none */
export function partNamed<Part>(parts: Readonly<Record<string, Part>>, name: string): Part {
  if (!Object.hasOwn(parts, name)) throw new Error(`the reference has no "${name}"`);
  return parts[name];
}

/** What differs from block to block. */
export interface BlockOptions {
  /** Log2 of the bytes of each context's table: 10 … 24. */
  readonly tableBits: number;
  /** Whether the text went through the word dictionary. */
  readonly dictionary: boolean;
  /** Whether machine code is for 64-bit mode. */
  readonly x64: boolean;
  /** Trained weights that the network starts from. */
  readonly network?: Uint8Array;
}
