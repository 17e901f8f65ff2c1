import type { NeuralSettings } from "../methods/neural/options.ts";
import type { SampleOptions } from "../methods/samples/parameters.ts";
import type { SampleShape } from "../bytes/sample-shape.ts";
import type { ValueRun } from "../bytes/value-run.ts";
import type { BaseBytes, WeightsOptions } from "../methods/weights/parameters.ts";
import type { TableOptions } from "../methods/method.ts";
import type { ContentKind, MethodName } from "./names.ts";

/** What the user asked for, as a block needs it. Goes to workers, so it is plain data. */
export interface BlockSettings {
  /** 1 to 10. */
  readonly level: number;
  /** How often the level's tables are halved, so that the block takes less memory; default 0. */
  readonly halvings?: number | undefined;
  readonly method: MethodName;
  readonly kind: ContentKind;
  /** Of the methods `neural` and `rank`. */
  readonly neural?: NeuralSettings | undefined;
  /** Of the method `samples`, where it is known how they stand. */
  readonly shape?: SampleShape | undefined;
  /** Of the method `weights`, where it is known what stands where. */
  readonly values?: readonly ValueRun[] | undefined;
  /** Likewise: what they differ from, and where that begins in the reference. */
  readonly base?: BaseBytes | undefined;
  /** What is packed inside is looked for. */
  readonly open?: boolean | undefined;
  /** Bytes that what is packed inside of a block may have when it is opened; undefined: it stays closed. */
  readonly room?: number | undefined;
  /** Of a block that is coded in another way, too: nothing comes out unless something is opened in it. */
  readonly onlyOpened?: boolean | undefined;
  /** Another thread is there for what can be done beside: the bytes are the same. */
  readonly hasThread?: boolean | undefined;
  /** Of a part of a block, which has no parts itself. */
  readonly isPart?: boolean | undefined;
}

/** Whether the content of a block decides how it is coded. */
export function isChosen(method: MethodName): boolean {
  return method === "auto" || method === "dedupe";
}

/** Options for a block's method. */
export function optionsOf({
  neural,
  halvings = 0,
  shape,
  values,
  base,
}: BlockSettings): NeuralSettings | TableOptions | SampleOptions | WeightsOptions {
  return neural ?? { halvings, shape, values, base };
}
