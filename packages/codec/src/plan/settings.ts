import type { NeuralSettings } from "../methods/neural/options.ts";
import type { Kind, MethodName } from "./names.ts";

/** What the user asked for, as a block needs it. Goes to workers, so it is plain data. */
export interface BlockSettings {
  /** 1 to 10. */
  readonly level: number;
  readonly method: MethodName;
  readonly kind: Kind;
  /** Of the methods `neural` and `rank`. */
  readonly neural?: NeuralSettings | undefined;
  /** Of a part of a block, which has no parts itself. */
  readonly isPart?: boolean | undefined;
}
