/** Which kernels a block may take before it is planned: they are loaded by the level, and by a look at the content. */
import type { DeferredKernel } from "@pith/core";
import { dna } from "../methods/dna/index.ts";
import { lesserModels, MODELS, modelFor } from "../methods/mix/models.ts";
import { methodByName } from "../methods/registry.ts";
import { possibleKinds, trialKernels, type ContentKind } from "./kind.ts";
import { isChosen, type BlockSettings } from "./settings.ts";

const ALL_KINDS: readonly ContentKind[] = ["text", "binary", "dna"];

/** What planning and coding blocks may need. */
export interface EncodingNeeds {
  readonly kernels: readonly DeferredKernel[];
  /** The dictionary of English words. */
  readonly words: boolean;
}

/** @param content of a block; undefined for blocks of any content */
export function needsToEncode({ level, method: name, kind }: BlockSettings, content?: Uint8Array): EncodingNeeds {
  const chosen = isChosen(name);
  if (!chosen && name !== "mix") return { kernels: methodByName(name)?.kernels?.(undefined) ?? [], words: false };
  const kinds = kind !== "auto" ? [kind] : content === undefined ? ALL_KINDS : possibleKinds(content);
  const kernels = kinds.flatMap((each) => {
    if (each === "dna" && chosen) return dna.kernels?.({ tableBits: 0 }) ?? [];
    const models = each === "binary" ? "binary" : "text";
    return [modelFor(models, level, 0), ...lesserModels(models, level, 0)].map(({ model }) => MODELS[model].kernel);
  });
  if (kinds.length > 1) kernels.push(...trialKernels());
  return { kernels: [...new Set(kernels)], words: kinds.some((each) => each !== "binary") };
}
