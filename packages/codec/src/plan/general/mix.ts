import type { DeferredKernel } from "@pith/core";
import { standing } from "@pith/core/steps";
import { lesserParameters, mix, mixParameters, type MixOptions } from "../../methods/mix/index.ts";
import { lesserModels, MODELS, modelFor, type MixKind } from "../../methods/mix/models.ts";
import { call, looksLikeX86 } from "../../transforms/call.ts";
import type { Transform } from "../../transforms/transform.ts";
import { words } from "../../transforms/words/index.ts";
import { planOf, type BlockPlan } from "../block-plan.ts";
import { codeTrialKernels, kindOfCode, kindsOfCode } from "../code.ts";
import { detectKind, possibleKinds, trialKernels, type ContentKind } from "../kind.ts";
import { areLines, linesTrialKernels, mayBeLines } from "../lines.ts";
import { isX64 } from "../x86.ts";
import type { GeneralMethod } from "./general-method.ts";
import { wordsPay } from "./words.ts";

const ALL_KINDS: readonly ContentKind[] = ["text", "binary"];

/**
 * Context mixing: models for text and for lines of fields, behind the word dictionary where that pays, for x86 machine code,
 * and for the rest.
 */
export const mixing: GeneralMethod = {
  method: mix,

  *plan(input, { level, kind, halvings = 0 }) {
    const plan = (kinds: readonly MixKind[], transforms: readonly Transform[], options: MixOptions): BlockPlan => {
      const choices = kinds.flatMap((of) => [
        mixParameters(of, level, input.length, options),
        ...lesserParameters(of, level, input.length, options),
      ]);
      return planOf(transforms, mix, choices);
    };
    const found = kind === "auto" ? yield* standing(detectKind(input)) : kind;
    yield 0;
    if (found === "binary") {
      const x64 = isX64(input);
      const hasCode = looksLikeX86(input);
      yield 0;
      const of = hasCode ? yield* standing(kindOfCode(input, level, x64)) : "binary";
      return plan([of], hasCode ? [call] : [], { x64, halvings });
    }
    const pays = yield* wordsPay(input);
    const isLines = yield* standing(areLines(input, level, pays));
    // Of a short text, the models of lower levels are tried, and these may be those for lines.
    const kinds: readonly MixKind[] = isLines ? ["lines"] : mayBeLines(level, input) ? ["text", "lines"] : ["text"];
    return plan(kinds, pays ? [words] : [], { words: pays, halvings });
  },

  needs({ level, kind }, content) {
    const kinds = kind !== "auto" ? [kind] : content === undefined ? ALL_KINDS : possibleKinds(content);
    const isText = kinds.some((each) => each !== "binary");
    const isBinary = kinds.includes("binary");
    const isLines = isText && (content === undefined || mayBeLines(level, content));
    const models: MixKind[] = isText ? ["text"] : [];
    if (isLines) models.push("lines");
    const hasCode = isBinary && (content === undefined || looksLikeX86(content));
    if (hasCode) models.push(...kindsOfCode(level));
    const mayBeOther = isBinary && (content === undefined || !hasCode);
    if (mayBeOther && !models.includes("binary")) models.push("binary");
    const kernels = models.flatMap((each): DeferredKernel[] =>
      [modelFor(each, level, 0), ...lesserModels(each, level, 0)].map(({ model }) => MODELS[model].kernel),
    );
    if (kinds.length > 1) kernels.push(...trialKernels());
    if (isLines) kernels.push(...linesTrialKernels());
    if (hasCode) kernels.push(...codeTrialKernels(level));
    return { kernels, words: isText };
  },
};
