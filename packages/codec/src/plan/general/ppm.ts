import { lz } from "../../methods/lz/index.ts";
import { ppm } from "../../methods/ppm/index.ts";
import { sampled } from "../../bytes/sample.ts";
import { standing } from "@pith/core/steps";
import { call, looksLikeX86 } from "../../transforms/call.ts";
import { mayHaveWords, words } from "../../transforms/words/index.ts";
import { planOf, type BlockPlan } from "../block-plan.ts";
import { isChosen, optionsOf, type BlockSettings } from "../settings.ts";
import type { GeneralMethod } from "./general-method.ts";
import { copying } from "./lz.ts";
import { bestPlan } from "./trial.ts";
import { wordsPay } from "./words.ts";

/** Bytes that are coded on trial. */
const TRIED = 65_536;

/** Earlier places that copies may be looked for among, where copying is tried beside the longest context: 2^22. */
const MOST_PLACES_BITS = 22;

/** As the settings, with tables of no more places than that. */
function lessCopying(settings: BlockSettings, length: number): BlockSettings {
  return { ...settings, halvings: Math.max(settings.halvings ?? 0, 32 - Math.clz32(length) - MOST_PLACES_BITS) };
}

function* planPpm(input: Uint8Array, settings: BlockSettings): Generator<number, BlockPlan> {
  const { kind, level } = settings;
  const parameters = [ppm.choose(input, level, optionsOf(settings))];
  if (kind !== "binary" && (yield* wordsPay(input))) return planOf([words], ppm, parameters);
  yield 0;
  return planOf((kind === "auto" || kind === "binary") && looksLikeX86(input) ? [call] : [], ppm, parameters);
}

/**
 * The longest context; text goes through the word dictionary where that pays, and calls of machine code change. A level that
 * has it copies instead what comes out shorter so: many binaries, which a trial tells.
 */
export const matching: GeneralMethod = {
  method: ppm,

  *plan(input, settings) {
    const plan = yield* planPpm(input, settings);
    const isWords = plan.transforms.includes(words.name);
    if (!isChosen(settings.method) || (isWords && input.length > TRIED)) return plan;
    const copied = yield* copying.plan(input, lessCopying(settings, input.length));
    return yield* standing(bestPlan(sampled(input, TRIED), [plan, copied]));
  },

  memoryBeside: (settings, length) => lz.memoryAt(length, settings.level, optionsOf(lessCopying(settings, length))),

  needs(settings, content) {
    const { kind, level, method } = settings;
    const mayBeText = kind !== "binary" && (content === undefined || mayHaveWords(content));
    const own = ppm.kernels?.(ppm.choose(new Uint8Array(0), level)) ?? [];
    const others = isChosen(method) ? copying.needs(settings, content).kernels : [];
    return { kernels: [...own, ...others], words: mayBeText };
  },
};
