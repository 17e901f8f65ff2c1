import type { MixModel, NeuralPredictorOptions } from "@pith/predictors";

/** A predictor that can be looked at. */
export interface PredictorChoice {
  /** In addresses: never changes. */
  readonly id: string;
  /** What it belongs to, in the list. */
  readonly group: string;
  readonly title: string;
  /** What it is, in a few words. */
  readonly detail: string;
}

interface MixChoice extends PredictorChoice {
  readonly id: MixModel;
}

/** A network that starts from nothing and learns as it reads. */
interface NeuralChoice extends PredictorChoice {
  readonly network: Omit<NeuralPredictorOptions, "alphabetSize">;
}

const SHIPPED = "Pith as shipped";
const TEXT = "Knowing nothing: context mixing, for text";
const BINARY = "Knowing nothing: for programs and data, fewer contexts";
const LINES = "Knowing nothing: for logs, tables, source and markup";
const DATA = "Knowing nothing: for programs and data";
const NETWORKS = "Knowing nothing: networks that learn as they read";

/** Levels whose models can be looked at: those below have other methods. */
const LEVELS = [4, 5, 6, 7, 8, 9, 10] as const;

const LEVEL_CHOICES: readonly PredictorChoice[] = LEVELS.map((level) => ({
  id: `level-${level}`,
  group: SHIPPED,
  title: `Pith, level ${level}`,
  detail: "what Compress has for this text",
}));

/** The level of that id, or undefined. */
export function levelOf(id: string): number | undefined {
  return LEVELS.find((level) => id === `level-${level}`);
}

const MIX_CHOICES: readonly MixChoice[] = [
  { id: "text-fast", group: TEXT, title: "Text, fast", detail: "the model of levels 1 and 2" },
  { id: "text", group: TEXT, title: "Text", detail: "the model of levels 3 to 5" },
  { id: "text-plus", group: TEXT, title: "Text, and more", detail: "the model of level 6" },
  { id: "text-strong", group: TEXT, title: "Text, strong", detail: "the model of level 7" },
  { id: "text-strong-plus", group: TEXT, title: "Text, strong, and more", detail: "the model of level 8" },
  { id: "text-best", group: TEXT, title: "Text, strongest", detail: "the model of level 9" },
  {
    id: "text-max",
    group: TEXT,
    title: "Text, with a larger network",
    detail: "the model of level 10, before it has read anything",
  },
  { id: "binary-fast", group: BINARY, title: "Binary, fast", detail: "the model of levels 1 and 2" },
  { id: "binary", group: BINARY, title: "Binary", detail: "the model of levels 3 and 4" },
  { id: "binary-plus", group: BINARY, title: "Binary, and more", detail: "a model of earlier files" },
  { id: "binary-strong", group: BINARY, title: "Binary, strong", detail: "a model of earlier files" },
  { id: "binary-strong-plus", group: BINARY, title: "Binary, strong, and more", detail: "a model of earlier files" },
  { id: "binary-best", group: BINARY, title: "Binary, strongest", detail: "a model of earlier files" },
  { id: "binary-max", group: BINARY, title: "Binary, with a network", detail: "a model of earlier files" },
  { id: "lines", group: LINES, title: "Lines", detail: "the model of level 5" },
  { id: "lines-plus", group: LINES, title: "Lines, and more", detail: "the model of levels 6 to 8" },
  { id: "lines-best", group: LINES, title: "Lines, strongest", detail: "the model of level 9" },
  { id: "lines-max", group: LINES, title: "Lines, with a network", detail: "the model of level 10" },
  { id: "data", group: DATA, title: "Data", detail: "the model of level 5" },
  { id: "data-plus", group: DATA, title: "Data, and more", detail: "the model of levels 6 to 8" },
  { id: "data-best", group: DATA, title: "Data, strongest", detail: "the model of level 9" },
  { id: "data-max", group: DATA, title: "Data, with a network", detail: "the model of level 10" },
  { id: "code", group: DATA, title: "Machine code", detail: "the model of level 5" },
  { id: "code-plus", group: DATA, title: "Machine code, and more", detail: "the model of levels 6 to 8" },
  { id: "code-best", group: DATA, title: "Machine code, strongest", detail: "the model of level 9" },
  { id: "code-max", group: DATA, title: "Machine code, with a network", detail: "the model of level 10" },
];

export const NEURAL_CHOICES: readonly NeuralChoice[] = [
  {
    id: "rnn",
    group: NETWORKS,
    title: "Recurrent network",
    detail: "one layer of 64 units",
    network: { architecture: "rnn" },
  },
  {
    id: "gru",
    group: NETWORKS,
    title: "Gated recurrent network",
    detail: "GRU, one layer of 64 units",
    network: { architecture: "gru" },
  },
  {
    id: "lstm",
    group: NETWORKS,
    title: "Long short-term memory",
    detail: "LSTM, one layer of 64 units",
    network: { architecture: "lstm" },
  },
  {
    id: "residual",
    group: NETWORKS,
    title: "Residual network",
    detail: "sees the last 16 bytes",
    network: { architecture: "residual", context: 16 },
  },
  {
    id: "gru-orders",
    group: NETWORKS,
    title: "Gated network with contexts",
    detail: "GRU beside the last six bytes as sparse inputs",
    network: { architecture: "gru", orders: 6, rate: 0.003 },
  },
];

/** All that can be chosen, as they are listed. `open-predictor.ts` makes them. */
export const PREDICTORS: readonly PredictorChoice[] = [...LEVEL_CHOICES, ...MIX_CHOICES, ...NEURAL_CHOICES];

export const DEFAULT_PREDICTOR = "level-5";

/** The choice of that id, or undefined. */
export function predictorById(id: string | undefined): PredictorChoice | undefined {
  return PREDICTORS.find((choice) => choice.id === id);
}
