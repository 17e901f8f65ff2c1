import type { Model } from "@pith/core/models";
import { detectDna } from "../methods/dna/detect.ts";
import { dna } from "../methods/dna/index.ts";
import type { Method } from "../methods/method.ts";
import { methodOf } from "../methods/registry.ts";
import { planOf, type BlockPlan } from "./block-plan.ts";
import { generalMethod } from "./general/index.ts";
import { MAX_LEVEL } from "./levels.ts";
import { isChosen, optionsOf, type BlockSettings } from "./settings.ts";

/** Whether a plan may need a model, which only the calling thread loads; others are made where the block is coded. */
export function mayNeedModel(settings: BlockSettings): boolean {
  return generalMethod(settings) === undefined
    ? methodOf(settings.method).model !== undefined
    : settings.level === MAX_LEVEL;
}

/**
 * Decides how to code a block: its transforms, its method and the method's parameters.
 *
 * @yields 0, every few milliseconds
 */
export function* planBlock(input: Uint8Array, settings: BlockSettings): Generator<number, BlockPlan> {
  const { method, kind } = settings;
  if (isChosen(method) && (kind === "dna" || (kind === "auto" && detectDna(input)))) return plain(dna, input, settings);
  yield 0;
  const general = generalMethod(settings);
  return general === undefined ? plain(methodOf(method), input, settings) : yield* general.plan(input, settings);
}

function plain(method: Method, input: Uint8Array, settings: BlockSettings): BlockPlan {
  return planOf([], method, [method.choose(input, settings.level, optionsOf(settings))]);
}

/** The model that a plan needs. */
export function modelOfPlan({ method, parameters }: BlockPlan): Model | undefined {
  return methodOf(method).model?.(parameters);
}
