export {
  MIX_MODELS,
  type MixModel,
  type MixPredictor,
  type MixPredictorOptions,
  type SymbolPlace,
} from "./mix-predictor.ts";
export { loadMixPredictor, type LoadedMixOptions } from "./mix-loading.ts";
