/** The options of `pith train`, a part of the one table. */

import type { NeuralArchitecture } from "@pith/predictors";
import type { TensorFlowBackend } from "@pith/training";

import { UsageError } from "../errors.ts";
import type { Option, Settings } from "./options.ts";
import { parseChoice, parseInteger, parseNumber } from "./values.ts";

/** What they say. */
export interface NetworkSettings {
  readonly architecture: NeuralArchitecture;
  readonly layers: number;
  readonly hidden: number;
  readonly context: number;
  readonly chunk: number;
  /** File or folder of a network to start from. */
  readonly from: string | undefined;
  readonly epochs: number;
  readonly rate: number;
  /** Undefined: the usual ones of the network. */
  readonly leastRate: number | undefined;
  readonly decay: number | undefined;
  /** Share of the symbols that is held back. */
  readonly validation: number;
  /** Undefined: all epochs. */
  readonly patience: number | undefined;
  readonly seed: number;
  readonly trainer: (typeof TRAINERS)[number];
  /** Undefined: the fastest that is there. */
  readonly backend: TensorFlowBackend | undefined;
  /** Bits of a weight in the output. */
  readonly bits: number;
  readonly checkpoint: string | undefined;
  readonly resume: boolean;
  /** Folder for a model of TensorFlow.js. */
  readonly exportTo: string | undefined;
}

export interface TrainSettings {
  network: NetworkSettings;
}

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

const NETWORK_DEFAULTS: NetworkSettings = {
  architecture: "gru",
  layers: 1,
  hidden: 64,
  context: 1,
  chunk: 64,
  from: undefined,
  epochs: 40,
  rate: 0.003,
  leastRate: undefined,
  decay: undefined,
  validation: 0.1,
  patience: undefined,
  seed: 0,
  trainer: "own",
  backend: undefined,
  bits: 8,
  checkpoint: undefined,
  resume: false,
  exportTo: undefined,
};

export const TRAIN_DEFAULTS: Readonly<TrainSettings> = { network: NETWORK_DEFAULTS };

const MOST_EPOCHS = 10_000;

type Field = keyof NetworkSettings;

/** Settings are shared until one is changed: a new object then, never the old one. */
function put<Key extends Field>(settings: Settings, key: Key, value: NetworkSettings[Key]): void {
  settings.network = { ...settings.network, [key]: value };
}

function integer(flag: string, key: Field, least: number, most: number, rest: Rest): Option {
  return {
    ...describe(flag, `${least} to ${most}`, rest, key),
    value: { name: "N" },
    set: (settings, value) => put(settings, key, parseInteger(flag, value, least, most)),
  };
}

function number(flag: string, key: Field, least: number, most: number, rest: Rest): Option {
  return {
    ...describe(flag, `${least} to ${most}`, rest, key),
    value: { name: "X" },
    set: (settings, value) => put(settings, key, parseNumber(flag, value, least, most)),
  };
}

function choice(flag: string, key: Field, choices: readonly string[], rest: Rest): Option {
  return {
    ...describe(flag, choices.join(", "), rest, key),
    value: { name: flag.slice(2).toUpperCase(), choices },
    set: (settings, value) => put(settings, key, parseChoice(flag, value, choices)),
  };
}

function path(flag: string, key: Field, name: string, rest: Rest): Option {
  return {
    ...describe(flag, undefined, rest, key),
    value: { name, file: true },
    set: (settings, value) => {
      if (value === "") throw new UsageError(`${flag}: expected a name, got an empty one`);
      put(settings, key, value);
    },
  };
}

type Rest = Pick<Option, "text" | "detail" | "default">;

function describe(flag: string, range: string | undefined, rest: Rest, key: Field): Omit<Option, "set"> {
  const usual = NETWORK_DEFAULTS[key];
  return {
    flags: [flag],
    group: "Training",
    verbs: ["train"],
    ...(range !== undefined && { range }),
    ...(usual !== undefined && { default: `${usual}` }),
    ...rest,
  };
}

export const TRAIN_OPTIONS: readonly Option[] = [
  choice("--architecture", "architecture", ARCHITECTURES, {
    text: "what stands beside the linear and the dense network",
  }),
  integer("--layers", "layers", 1, 8, { text: "layers of the recurrent or attentive part" }),
  integer("--hidden", "hidden", 1, 512, { text: "units of a layer" }),
  integer("--context", "context", 1, 16, { text: "last bytes that the network sees directly" }),
  integer("--chunk", "chunk", 1, 1024, { text: "bytes that are learnt from at a time: more, faster and coarser" }),
  path("--from", "from", "MODEL", {
    text: "go on with the network of a MODEL, or of a folder with model.json and weights.bin",
    detail: "What the network is made of is then known. Without FILEs, it is only written again.",
  }),
  integer("--epochs", "epochs", 1, MOST_EPOCHS, { text: "times that all is learnt" }),
  number("--rate", "rate", 1e-6, 1, { text: "how far a step of learning goes at first" }),
  number("--least-rate", "leastRate", 0, 1, {
    text: "below which the rate does not fall",
    default: "0.00005, or the rate",
  }),
  number("--decay", "decay", 0.9, 1, { text: "what a step leaves of the rate", default: "0.9999" }),
  number("--validation", "validation", 0, 0.5, {
    text: "share that is held back: the weights are kept that predict it best",
    detail: "With 0, those are kept that predict best what is learnt.",
  }),
  integer("--patience", "patience", 1, MOST_EPOCHS, {
    text: "epochs without better weights after which training ends",
    default: "none",
  }),
  integer("--seed", "seed", 0, 2 ** 32 - 1, { text: "order in which pieces are learnt" }),
  choice("--trainer", "trainer", TRAINERS, {
    text: "what computes",
    detail:
      "own: the kernels that code, too; the same weights on every machine. tensorflow: TensorFlow.js, on the fastest " +
      "backend that is installed; a reference, and much slower.",
  }),
  choice("--backend", "backend", BACKENDS, {
    text: "backend of --trainer tensorflow",
    default: "the first of them that is installed",
  }),
  integer("--bits", "bits", 2, 8, { text: "bits of a weight in the output" }),
  path("--checkpoint", "checkpoint", "FILE", {
    text: "keep FILE up to date with all that is needed to go on",
    detail: "It is replaced at the end of each epoch, and once a minute within one.",
  }),
  {
    flags: ["--resume"],
    group: "Training",
    verbs: ["train"],
    text: "go on from the --checkpoint file, to the same result as if nothing had been between",
    set: (settings) => put(settings, "resume", true),
  },
  path("--export-tensorflow", "exportTo", "FOLDER", {
    text: "write a LayersModel of TensorFlow.js, too: model.json and weights.bin",
    detail: "Not of gru and transformer, which its layers do not have in this form.",
  }),
  {
    flags: ["-o", "--output"],
    value: { name: "MODEL", file: true },
    group: "Where the output goes",
    verbs: ["train"],
    text: "write the network to MODEL",
    set: (settings, value) => {
      if (value === "") throw new UsageError("--output: expected the name of a file, got an empty one");
      settings.output = value;
    },
  },
  {
    flags: ["-f", "--force"],
    group: "Where the output goes",
    verbs: ["train"],
    text: "overwrite",
    set: (settings) => void (settings.force = true),
  },
];
