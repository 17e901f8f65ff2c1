/**
 * What a level's model predicts of some content, for those who want to look at it: the symbols that it codes, bytes or the
 * codes of words; where in the content they lie; and the model itself, as a predictor.
 */
import { checkBytes } from "@pith/core";
import { finish } from "@pith/core/steps";
import {
  loadMixPredictor,
  MIX_MODELS,
  type LoadedMixOptions,
  type MixModel,
  type MixPredictor,
} from "@pith/predictors/mix";
import { MODELS } from "./methods/mix/models.ts";
import { mix, type MixParameters } from "./methods/mix/index.ts";
import { modelOfNetwork } from "./methods/mix/networks.ts";
import { compressSettings, settingsOfBlock, type CompressOptions } from "./plan/options.ts";
import { planBlock } from "./plan/plan.ts";
import { call } from "./transforms/call.ts";
import { HASH_BYTES } from "./transforms/words/decoder.ts";
import { codeWords, loadEnglish, words } from "./transforms/words/index.ts";
import type { WordList } from "./transforms/words/packing.ts";
import { loadNeeds } from "./workers/needs.ts";

export { ALL_CAPITALS, ESCAPE, FIRST_CAPITAL, JOIN } from "./transforms/words/controls.ts";
export { firstWords } from "./transforms/words/index.ts";
export type { WordList } from "./transforms/words/packing.ts";

/** A level's model, and what it is shown of some content. */
export interface LevelModel {
  /** Of `@pith/predictors`. */
  readonly model: MixModel;
  /** Names of the transforms that the content goes through. */
  readonly transforms: readonly string[];
  /** What the model codes, a byte each. */
  readonly symbols: Uint8Array<ArrayBuffer>;
  /** Places in `symbols`, ascending, up to which they say a whole part of the content; its length is the last. */
  readonly symbolEnds: Uint32Array<ArrayBuffer>;
  /** How many bytes of the content they say up to there. */
  readonly contentEnds: Uint32Array<ArrayBuffer>;
  /** The words that codes stand for, by `firstWords`; undefined where the content is not coded by words. */
  readonly words: WordList | undefined;
  /** The model before it has seen anything: it predicts the symbols, and their cost is what Pith stores. */
  createPredictor(): MixPredictor;
}

/**
 * Chooses and prepares a level's model as `compress` does for a block of this content that is not opened.
 *
 * @param content one block's at most
 * @returns undefined where the level codes it by something else than context mixing: levels 1 to 3, nucleotides
 * @throws TypeError, RangeError for wrong options; KernelError
 * @example
 * const found = await levelModel(new TextEncoder().encode("as it was in the beginning, so it is"), { level: 5 });
 */
export async function levelModel(
  content: Uint8Array,
  { level }: Pick<CompressOptions, "level"> = {},
): Promise<LevelModel | undefined> {
  const bytes = checkBytes("content", content);
  const settings = settingsOfBlock(compressSettings({ level, open: false }, bytes.length), bytes.length);
  await loadNeeds({ type: "encode", block: { content: bytes, number: 0, last: true }, settings });
  const plan = finish(planBlock(bytes, settings));
  if (plan.method !== mix.name) return undefined;
  const shown = finish(symbolsOf(bytes, plan.transforms));
  const choices = [plan.parameters, ...plan.lesser] as readonly MixParameters[];
  const parameters = choices.length === 1 ? choices[0] : finish(bestOf(shown.symbols, choices));
  // What is only read any more is never chosen.
  const model = MIX_MODELS.find((name) => name === MODELS[parameters.model].name);
  if (model === undefined) return undefined;
  const create = await loadMixPredictor(model);
  return {
    ...shown,
    model,
    transforms: plan.transforms,
    words: parameters.words ? finish(loadEnglish()) : undefined,
    createPredictor: () => create({ ...optionsOf(parameters), capacity: Math.max(1, shown.symbols.length) }),
  };
}

function optionsOf({ tableBits, words: hasWords, x64, network }: MixParameters): LoadedMixOptions {
  return { tableBits, words: hasWords, x64, network: network && modelOfNetwork(network).toEncode().weights };
}

/** Of parameters that may make the least, those that do. */
function* bestOf(symbols: Uint8Array, choices: readonly MixParameters[]): Generator<number, MixParameters> {
  if (mix.encodeBest === undefined) return choices[0];
  return (yield* mix.encodeBest(symbols, choices)).parameters;
}

type Shown = Pick<LevelModel, "symbols" | "symbolEnds" | "contentEnds">;

/** What the model is shown of content that goes through these transforms. */
function* symbolsOf(content: Uint8Array, transforms: readonly string[]): Generator<number, Shown> {
  if (!transforms.includes(words.name)) {
    // Calls change where they are, and nothing moves.
    const symbols = Uint8Array.from(transforms.includes(call.name) ? call.forward(content) : content);
    const ends = Uint32Array.from(symbols, (_, place) => place + 1);
    return { symbols, symbolEnds: ends, contentEnds: ends };
  }
  // The dictionary's hash comes first, and says nothing of the content.
  const symbolEnds = [HASH_BYTES];
  const contentEnds = [0];
  const coded = yield* codeWords(content, (text, codes) => {
    contentEnds.push(text);
    symbolEnds.push(codes);
  });
  return {
    symbols: Uint8Array.from(coded),
    symbolEnds: Uint32Array.from(symbolEnds),
    contentEnds: Uint32Array.from(contentEnds),
  };
}
