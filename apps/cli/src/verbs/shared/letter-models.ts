import type { TrainedDecoder } from "@pith/statistics";

/** The trained models that letters can be told apart by, as `--model` names them. */
export const LETTER_MODELS = [
  "letter-table",
  "resolver-small",
  "resolver-medium",
  "resolver-large",
] as const satisfies readonly TrainedDecoder[];
