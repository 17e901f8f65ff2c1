export { PithError, type PithErrorCode, type PithErrorDetails } from "./error.ts";
export { instantiateKernel, type EmbeddedKernel } from "./kernel.ts";
export { type Progress, type TaskOptions } from "./options.ts";
export { PROBABILITY_TOTAL, type Predictor } from "./predictor.ts";
