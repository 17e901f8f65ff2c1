/** The options of `pith train`. */

import type { NeuralArchitecture } from "@pith/predictors";
import type { TensorFlowBackend } from "@pith/training";

import type { OptionTable } from "../../interface/option.ts";
import { choice, file, integer, number } from "../../interface/readers.ts";

const ARCHITECTURES = [
  "none",
  "residual",
  "rnn",
  "lstm",
  "gru",
  "transformer",
] as const satisfies readonly NeuralArchitecture[];
const TRAINERS = ["own", "tensorflow"] as const;
const BACKENDS = ["tfjs-node", "wasm", "cpu"] as const satisfies readonly TensorFlowBackend[];
const MOST_EPOCHS = 10_000;

/** What holds where an option is not given. */
export const DEFAULTS = {
  architecture: "gru",
  layers: 1,
  hidden: 64,
  context: 1,
  chunk: 64,
  epochs: 40,
  rate: 0.003,
  validation: 0.1,
  seed: 0,
  trainer: "own",
  bits: 8,
} as const;

/** What a network is made of, which `--from` says already. */
const shape = { group: "Training", conflicts: ["--from"] } as const;

export const TRAIN_OPTIONS = {
  architecture: {
    flags: ["--architecture"],
    ...choice("ARCHITECTURE", ARCHITECTURES),
    ...shape,
    text: "what stands beside the linear and the dense network",
    default: DEFAULTS.architecture,
  },
  layers: {
    flags: ["--layers"],
    ...integer(1, 8),
    ...shape,
    text: "layers of the recurrent or attentive part",
    default: `${DEFAULTS.layers}`,
  },
  hidden: {
    flags: ["--hidden"],
    ...integer(1, 512),
    ...shape,
    text: "units of a layer",
    default: `${DEFAULTS.hidden}`,
  },
  context: {
    flags: ["--context"],
    ...integer(1, 16),
    ...shape,
    text: "last bytes that the network sees directly",
    default: `${DEFAULTS.context}`,
  },
  chunk: {
    flags: ["--chunk"],
    ...integer(1, 1024),
    ...shape,
    text: "bytes that are learnt from at a time: more, faster and coarser",
    default: `${DEFAULTS.chunk}`,
  },
  from: {
    flags: ["--from"],
    ...file("MODEL"),
    group: "Training",
    text: "go on with the network of a MODEL, or of a folder with model.json and weights.bin",
    detail: "What the network is made of is then known. Without FILEs, it is only written again.",
  },
  epochs: {
    flags: ["--epochs"],
    ...integer(1, MOST_EPOCHS),
    group: "Training",
    text: "times that all is learnt",
    default: `${DEFAULTS.epochs}`,
  },
  rate: {
    flags: ["--rate"],
    ...number(1e-6, 1),
    group: "Training",
    text: "how far a step of learning goes at first",
    default: `${DEFAULTS.rate}`,
  },
  leastRate: {
    flags: ["--least-rate"],
    ...number(0, 1),
    group: "Training",
    text: "below which the rate does not fall",
    default: "0.00005, or the rate",
  },
  decay: {
    flags: ["--decay"],
    ...number(0.9, 1),
    group: "Training",
    text: "what a step leaves of the rate",
    default: "0.9999",
  },
  validation: {
    flags: ["--validation"],
    ...number(0, 0.5),
    group: "Training",
    text: "share that is held back: the weights are kept that predict it best",
    default: `${DEFAULTS.validation}`,
    detail: "With 0, those are kept that predict best what is learnt.",
  },
  patience: {
    flags: ["--patience"],
    ...integer(1, MOST_EPOCHS),
    group: "Training",
    text: "epochs without better weights after which training ends",
    default: "none",
  },
  seed: {
    flags: ["--seed"],
    ...integer(0, 2 ** 32 - 1),
    group: "Training",
    text: "order in which pieces are learnt",
    default: `${DEFAULTS.seed}`,
  },
  trainer: {
    flags: ["--trainer"],
    ...choice("TRAINER", TRAINERS),
    group: "Training",
    text: "what computes",
    default: DEFAULTS.trainer,
    detail:
      "own: the kernels that code, too; the same weights on every machine. tensorflow: TensorFlow.js, on the fastest " +
      "backend that is installed; a reference, and much slower.",
  },
  backend: {
    flags: ["--backend"],
    ...choice("BACKEND", BACKENDS),
    group: "Training",
    text: "backend of --trainer tensorflow",
    default: "the first of them that is installed",
    requires: [{ oneOf: ["--trainer tensorflow"] }],
  },
  bits: {
    flags: ["--bits"],
    ...integer(2, 8),
    group: "Training",
    text: "bits of a weight in the output",
    default: `${DEFAULTS.bits}`,
  },
  checkpoint: {
    flags: ["--checkpoint"],
    ...file(),
    group: "Training",
    text: "keep FILE up to date with all that is needed to go on",
    detail: "It is replaced at the end of each epoch, and once a minute within one.",
  },
  resume: {
    flags: ["--resume"],
    group: "Training",
    text: "go on from the --checkpoint file, to the same result as if nothing had been between",
    requires: [{ oneOf: ["--checkpoint"] }],
  },
  exportTo: {
    flags: ["--export-tensorflow"],
    ...file("FOLDER"),
    group: "Training",
    text: "write a LayersModel of TensorFlow.js, too: model.json and weights.bin",
    detail: "Not of gru and transformer, which its layers do not have in this form.",
  },
  output: {
    flags: ["-o", "--output"],
    ...file("MODEL"),
    group: "Where the output goes",
    text: "write the network to MODEL",
  },
  force: { flags: ["-f", "--force"], group: "Where the output goes", text: "overwrite" },
} as const satisfies OptionTable;
