import { lz } from "../../methods/lz/index.ts";
import { ppm } from "../../methods/ppm/index.ts";
import { sampled } from "../../bytes/sample.ts";
import { standing } from "@pith/core/steps";
import { call, looksLikeX86 } from "../../transforms/call.ts";
import { mayHaveWords, words } from "../../transforms/words/index.ts";
import { planOf, type BlockPlan } from "../block-plan.ts";
import { isChosen, optionsOf, type BlockSettings } from "../settings.ts";
import type { GeneralMethod } from "./general-method.ts";
import { copyingSettings } from "./copying.ts";
import { copying } from "./lz.ts";
import { bestPlan } from "./trial.ts";
import { wordsPay } from "./words.ts";

/** Bytes that are coded on trial. */
const TRIED = 65_536;

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
    const copied = yield* copying.plan(input, copyingSettings(settings, input.length));
    return yield* standing(bestPlan(sampled(input, TRIED), [plan, copied]));
  },

  memoryBeside(settings, length) {
    const copied = copyingSettings(settings, length);
    return lz.memoryAt(length, copied.level, optionsOf(copied));
  },

  needs(settings, content) {
    const { kind, level, method } = settings;
    const mayBeText = kind !== "binary" && (content === undefined || mayHaveWords(content));
    const own = ppm.kernels?.(ppm.choose(new Uint8Array(0), level)) ?? [];
    const others = isChosen(method) ? copying.needs(settings, content).kernels : [];
    return { kernels: [...own, ...others], words: mayBeText };
  },
};
