import { levelModel } from "@pith/codec/level-model";
import { loadMixPredictor, MIX_MODELS } from "@pith/predictors/mix";
import type { ShownPredictor } from "./measure.ts";
import { levelOf, NEURAL_CHOICES } from "./predictors.ts";
import { unitsOfBytes, type Units } from "./units.ts";

/** A predictor, and what it is to be shown of a text. */
export interface Opened {
  readonly predictor: ShownPredictor;
  readonly units: Units;
}

/**
 * Makes a predictor for a text, in a worker: models are large.
 *
 * @param id of `PREDICTORS`
 */
export async function openPredictor(id: string, bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
  const level = levelOf(id);
  if (level !== undefined) return await openLevel(level, bytes);
  return { predictor: await createPredictor(id, bytes.length), units: unitsOfBytes(bytes) };
}

/** What a level has for this text; nucleotides, which have a method of their own, are left to the model for text. */
async function openLevel(level: number, bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
  const found = await levelModel(bytes, { level });
  if (found === undefined) {
    const detail = "Pith has a method of its own for nucleotides, which predicts no bytes: this is its model for text";
    return { predictor: await createPredictor("text", bytes.length), units: { ...unitsOfBytes(bytes), detail } };
  }
  const { model, symbols, symbolEnds, contentEnds, words } = found;
  const network = level === 10 && words !== undefined ? ", with a network that was trained on English" : "";
  const detail = `the model ${model}${words === undefined ? "" : ", behind a dictionary of English words"}${network}`;
  return {
    predictor: found.createPredictor(),
    units: { symbols, symbolEnds, byteEnds: contentEnds, words, detail },
  };
}

/**
 * What a predictor needs is loaded with the first of its kind.
 *
 * @param capacity most bytes that it will learn
 */
async function createPredictor(id: string, capacity: number): Promise<ShownPredictor> {
  const model = MIX_MODELS.find((name) => name === id);
  if (model !== undefined) return (await loadMixPredictor(model))({ capacity: Math.max(1, capacity) });
  const neural = NEURAL_CHOICES.find((choice) => choice.id === id);
  if (neural === undefined) throw new Error(`there is no predictor ${id}`);
  const { createNeuralPredictor } = await import("@pith/predictors");
  return createNeuralPredictor({ ...neural.network, alphabetSize: 256 });
}
