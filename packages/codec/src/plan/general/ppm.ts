import { ppm } from "../../methods/ppm/index.ts";
import { call, looksLikeX86 } from "../../transforms/call.ts";
import { mayHaveWords, words } from "../../transforms/words/index.ts";
import { planOf } from "../block-plan.ts";
import { optionsOf } from "../settings.ts";
import type { GeneralMethod } from "./general-method.ts";
import { wordsPay } from "./words.ts";

/** The longest context; text goes through the word dictionary where that pays, and calls of machine code change. */
export const matching: GeneralMethod = {
  method: ppm,

  *plan(input, settings) {
    const { kind, level } = settings;
    const parameters = [ppm.choose(input, level, optionsOf(settings))];
    if (kind !== "binary" && (yield* wordsPay(input))) return planOf([words], ppm, parameters);
    yield 0;
    return planOf((kind === "auto" || kind === "binary") && looksLikeX86(input) ? [call] : [], ppm, parameters);
  },

  needs({ kind, level }, content) {
    const mayBeText = kind !== "binary" && (content === undefined || mayHaveWords(content));
    return { kernels: ppm.kernels?.(ppm.choose(new Uint8Array(0), level)) ?? [], words: mayBeText };
  },
};
