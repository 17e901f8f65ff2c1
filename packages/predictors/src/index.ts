export { createDnaPredictor, type DnaPredictorOptions } from "./dna.ts";
export { createMixPredictor } from "./mix.ts";
export {
  MIX_MODELS,
  type MixModel,
  type MixPredictor,
  type MixPredictorOptions,
  type SymbolPlace,
} from "./mix-predictor.ts";
export { createNeuralPredictor } from "./neural.ts";
export { packNeuralModel, unpackNeuralModel, type NeuralModel } from "./neural-model.ts";
export {
  NEURAL_ARCHITECTURES,
  neuralShape,
  type NeuralArchitecture,
  type NeuralLearningOptions,
  type NeuralPredictorOptions,
  type NeuralShape,
  type NeuralShapeOptions,
} from "./neural-options.ts";
export { readNeuralState, writeNeuralState, type NeuralState } from "./neural-state.ts";
export {
  createNeuralTrainer,
  type NeuralProgress,
  type NeuralTrainer,
  type NeuralTrainerOptions,
} from "./neural-trainer.ts";
export { countNeuralWeights, neuralMatrices, type NeuralMatrix } from "./neural-weights.ts";
export { rankOf, symbolOfRank } from "./neural-rank.ts";
export { createResolver, type Resolution, type Resolver, type ResolverModel } from "./resolver.ts";
export { type LetterDecoder } from "./letter-decoder.ts";
export { createWordChecker, type WordCheckerOptions } from "./word-checker.ts";
export {
  trainLetterTable,
  type EpochAccuracy,
  type HiddenText,
  type LetterTraining,
  type LetterTrainingOptions,
} from "./letter-table-training.ts";
export { createTableDecoder, type LetterStream, type TableDecoder } from "./letter-table-decoder.ts";
export {
  THESIS_ALPHABET,
  THESIS_DISTANCES,
  THESIS_MULTIPLIERS,
  type Activation,
  type LetterTable,
} from "./letter-table.ts";
export {
  createResolverTrainer,
  type Lesson,
  LONGEST_LESSON,
  type ResolverTrainer,
  type ResolverTrainerOptions,
} from "./resolver-trainer.ts";
export { chooseRanks, dictionaryOfRanks, ranksOfDictionary, type ChosenRanks } from "./rank-dictionary.ts";
