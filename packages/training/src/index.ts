export type { Epoch } from "./checkpoint.ts";
export type { Symbols } from "./pieces.ts";
export {
  TENSORFLOW_BACKENDS,
  chooseBackend,
  type ChosenBackend,
  type TensorFlowBackend,
} from "./tensorflow/backend.ts";
export { fromLayersModel, toLayersModel, type LayersModelFiles } from "./tensorflow/layers-model.ts";
export {
  createTensorFlowTrainer,
  type TensorFlowTrainerOptions,
  type TensorFlowTraining,
} from "./tensorflow/trainer.ts";
export { trainNetwork, type TrainingOptions, type TrainingProgress, type TrainingResult } from "./train.ts";
