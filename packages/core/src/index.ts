export { checkPredictor, type CheckPredictorOptions } from "./check-predictor.ts";
export { checkBytes, checkInteger, nameOfType } from "./checks.ts";
export { fnv1a } from "./fnv1a.ts";
export { PithError, type PithErrorCode, type PithErrorDetails } from "./error.ts";
export {
  compileKernel,
  instantiateKernel,
  provideKernels,
  type CompiledKernel,
  type EmbeddedKernel,
  type Kernel,
} from "./kernel.ts";
export { KernelError, type KernelErrorCode } from "./kernel-error.ts";
export { type Progress, type TaskOptions } from "./options.ts";
export { PROBABILITY_TOTAL, type Predictor } from "./predictor.ts";
