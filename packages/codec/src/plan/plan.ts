import type { BlockSettings } from "./settings.ts";
import { detectKind, type ContentKind } from "./kind.ts";
import { isX64 } from "./x86.ts";
import { MAX_LEVEL } from "./levels.ts";
import { dna } from "../methods/dna/index.ts";
import type { Method } from "../methods/method.ts";
import { mix, mixParameters, type MixParameters } from "../methods/mix/index.ts";
import type { NeuralSettings } from "../methods/neural/options.ts";
import { methodByName } from "../methods/registry.ts";
import { call, looksLikeX86 } from "../transforms/call.ts";
import type { Transform } from "../transforms/transform.ts";
import { estimateWords, words } from "../transforms/words/index.ts";

/** How a block will be coded. */
export interface BlockPlan {
  /** In the order in which they are applied. */
  readonly transforms: readonly Transform[];
  readonly method: Method;
  /** Of the method. */
  readonly parameters: unknown;
}

/** Share of its bytes that text must lose to the word dictionary for it to be worth while. */
const WORTH_WORDS = 0.14;

/** Whether a plan may name a method that needs a model; others need not be made before a worker makes them. */
export function mayNeedModel({ level, method }: BlockSettings): boolean {
  const chosen = method === "auto" || method === "dedupe" || method === "mix";
  return chosen ? level === MAX_LEVEL : methodByName(method)?.model !== undefined;
}

/** Decides how to code a block: its transforms, its method and the method's parameters. */
export function planBlock(input: Uint8Array, { level, method: name, kind, neural }: BlockSettings): BlockPlan {
  const chosen = name === "auto" || name === "dedupe";
  if (!chosen && name !== "mix") return plain(methodByName(name) ?? mix, input, level, neural);
  const found = kind === "auto" ? detectKind(input) : kind;
  if (chosen && found === "dna") return plain(dna, input, level);
  return planMix(input, level, found);
}

function plain(method: Method, input: Uint8Array, level: number, neural?: NeuralSettings): BlockPlan {
  return { transforms: [], method, parameters: method.choose(input, level, neural) };
}

function planMix(input: Uint8Array, level: number, kind: ContentKind): BlockPlan {
  const plan = (transforms: Transform[], parameters: MixParameters): BlockPlan => ({
    transforms,
    method: mix,
    parameters,
  });
  if (kind === "binary") {
    const transforms = looksLikeX86(input) ? [call] : [];
    return plan(transforms, mixParameters("binary", level, input.length, { x64: isX64(input) }));
  }
  const pays = estimateWords(input) >= WORTH_WORDS;
  return plan(pays ? [words] : [], mixParameters("text", level, input.length, { words: pays }));
}
