import type { Model } from "@pith/core/models";
import { isChosen, optionsOf, type BlockSettings } from "./settings.ts";
import { detectKind, type ContentKind } from "./kind.ts";
import { isX64 } from "./x86.ts";
import { MAX_LEVEL } from "./levels.ts";
import { dna } from "../methods/dna/index.ts";
import type { Method } from "../methods/method.ts";
import { lesserParameters, mix, mixParameters, type MixOptions } from "../methods/mix/index.ts";
import { methodByName, methodOf } from "../methods/registry.ts";
import { call, looksLikeX86 } from "../transforms/call.ts";
import { standing } from "@pith/core/steps";
import type { Transform } from "../transforms/transform.ts";
import { estimateWords, loadEnglish, mayHaveWords, words } from "../transforms/words/index.ts";

/** How a block will be coded: plain data, since it goes to workers. */
export interface BlockPlan {
  /** Names, in the order in which they are applied. */
  readonly transforms: readonly string[];
  /** Its name. */
  readonly method: string;
  /** Of the method. */
  readonly parameters: unknown;
  /** Others, of lower levels, that may make the block shorter; the likeliest first. */
  readonly lesser: readonly unknown[];
}

/** Share of its bytes that text must lose to the word dictionary for it to be worth while. */
const WORTH_WORDS = 0.14;

/** Whether a plan may need a model, which only the calling thread loads; others are made where the block is coded. */
export function mayNeedModel({ level, method }: BlockSettings): boolean {
  return isChosen(method) || method === "mix" ? level === MAX_LEVEL : methodByName(method)?.model !== undefined;
}

/**
 * Decides how to code a block: its transforms, its method and the method's parameters.
 *
 * @yields 0, every few milliseconds
 */
export function* planBlock(input: Uint8Array, settings: BlockSettings): Generator<number, BlockPlan> {
  const { method: name, kind } = settings;
  const chosen = isChosen(name);
  if (!chosen && name !== "mix") return plain(methodByName(name) ?? mix, input, settings);
  const found = kind === "auto" ? yield* standing(detectKind(input)) : kind;
  if (chosen && found === "dna") return plain(dna, input, settings);
  yield 0;
  return yield* planMix(input, settings, found);
}

function plain(method: Method, input: Uint8Array, settings: BlockSettings): BlockPlan {
  const parameters = method.choose(input, settings.level, optionsOf(settings));
  return { transforms: [], method: method.name, parameters, lesser: [] };
}

function* planMix(
  input: Uint8Array,
  { level, halvings = 0 }: BlockSettings,
  kind: ContentKind,
): Generator<number, BlockPlan> {
  const plan = (of: "text" | "binary", transforms: readonly Transform[], options: MixOptions): BlockPlan => ({
    transforms: transforms.map(({ name }) => name),
    method: mix.name,
    parameters: mixParameters(of, level, input.length, options),
    lesser: lesserParameters(of, level, input.length, options),
  });
  if (kind === "binary") {
    const transforms = looksLikeX86(input) ? [call] : [];
    yield 0;
    return plan("binary", transforms, { x64: isX64(input), halvings });
  }
  if (mayHaveWords(input)) yield* standing(loadEnglish());
  yield 0;
  const pays = estimateWords(input) >= WORTH_WORDS;
  return plan("text", pays ? [words] : [], { words: pays, halvings });
}

/** The model that a plan needs. */
export function modelOfPlan({ method, parameters }: BlockPlan): Model | undefined {
  return methodOf(method).model?.(parameters);
}
