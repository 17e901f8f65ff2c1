/** Which kernels a block may take before it is planned: they are loaded by the level, and by a look at the content. */
import { detectDna } from "../methods/dna/detect.ts";
import { dna } from "../methods/dna/index.ts";
import { methodOf } from "../methods/registry.ts";
import type { EncodingNeeds } from "./general/general-method.ts";
import { generalMethod } from "./general/index.ts";
import { isChosen, type BlockSettings } from "./settings.ts";

/** @param content of a block; undefined for blocks of any content */
export function needsToEncode(settings: BlockSettings, content?: Uint8Array): EncodingNeeds {
  const { method, kind } = settings;
  const general = generalMethod(settings);
  if (general === undefined) return { kernels: methodOf(method).kernels?.(undefined) ?? [], words: false };
  if (!isChosen(method)) return general.needs(settings, content);
  const ofDna = dna.kernels?.({ tableBits: 0 }) ?? [];
  const isDna = kind === "dna" || (kind === "auto" && content !== undefined && detectDna(content));
  if (isDna) return { kernels: ofDna, words: false };
  const { kernels, words } = general.needs(settings, content);
  const mayBeDna = kind === "auto" && content === undefined;
  return { kernels: [...new Set([...kernels, ...(mayBeDna ? ofDna : [])])], words };
}
