export { createDnaPredictor, type DnaPredictorOptions } from "./dna.ts";
export { MIX_MODELS, createMixPredictor, type MixModel, type MixPredictorOptions } from "./mix.ts";
