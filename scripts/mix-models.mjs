/** Context-mixing models: what `models.json` says of each becomes constants and names for the compiler, and facts for the host. */
import { KINDS } from "./named-parts.mjs";

/**
 * @typedef {object} MixModel a model as `models.json` describes it
 * @property {"text" | "binary"} content what it is for
 * @property {string[]} contexts names of its hashed contexts, in the order of the mixer's inputs
 * @property {string[]} contextInputs what each context gives beside its stretched probability
 * @property {string[]} matches
 * @property {string[]} tables direct tables
 * @property {string[]} sets weight sets of the mixer
 * @property {string[]} finals final mixers
 * @property {string[]} estimations adaptive probability maps
 * @property {Record<string, number>} [network] the network that is mixed in
 *
 * What else there is are numbers: `rateStart` is the constant RATE_START, and `cells` of the network is LSTM_CELLS.
 */

/** A network's numbers, where a model has none. */
const NO_NETWORK = { layers: 0, cells: 0, steps: 0, rate: 0, trainedRate: 0, trainedLeast: 0, trainedWeight: 0 };

/** Numbers of models that do not say otherwise. */
const USUAL = {
  fine: 0,
  historyLimit: 1023,
  rateHalfLife: 65536,
  finalRate: 10,
  leastError: 200,
  normalised: 0,
  primed: 0,
  forecast: 0,
};

/** The names of a model's parts, by kind. @param {MixModel} model */
export function partsOf(model) {
  return Object.fromEntries(KINDS.map((kind) => [kind, model[kind]]));
}

/** The compile-time constants of a model; the kernel's config.ts says what they mean. @param {MixModel} model */
export function constantsOf(model) {
  const { contexts, matches, sets, finals, estimations, network } = model;
  const allowed = finals.length === 0 ? [1, 2] : [3, 6, 9, 12];
  if (!allowed.includes(sets.length))
    throw new Error(`sets: expected ${allowed.join(" or ")} of them, got ${sets.length}`);
  return {
    ...named(
      "",
      Object.fromEntries(Object.entries({ ...USUAL, ...model }).filter(([, value]) => typeof value === "number")),
    ),
    ...named("LSTM_", { ...NO_NETWORK, ...network }),
    CONTEXTS: contexts.length,
    GROUPS_OF_CONTEXTS: Math.ceil(contexts.length / 4),
    MATCHES: matches.length,
    SETS: sets.length,
    FINALS: finals.length,
    ESTIMATIONS: estimations.length,
  };
}

function named(prefix, numbers) {
  const name = (key) => prefix + key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  return Object.fromEntries(Object.entries(numbers).map(([key, value]) => [name(key), value]));
}

/**
 * The bytes of memory that a model takes for a block without content, by log2 of the bytes of a context's table: what
 * its kernel has taken, so nobody has to add it up. What the network can be given is in it.
 *
 * @param {Uint8Array} wasm
 * @param {import("./kernel-exports.mjs").KernelExports} exports of LEAST_TABLE_BITS … MOST_TABLE_BITS
 */
export function memoryOf(wasm, { constants }) {
  const [least, most] = ["LEAST_TABLE_BITS", "MOST_TABLE_BITS"].map(
    (wanted) => constants.find(({ name }) => name === wanted).value,
  );
  const module = new WebAssembly.Module(wasm);
  return Array.from({ length: most - least + 1 }, (_, i) => {
    const { exports } = new WebAssembly.Instance(module, { env: { abort: () => undefined } });
    exports.start(0, least + i, 0);
    exports.networkAddress();
    return exports.memory.buffer.byteLength;
  });
}

/** Facts of all models, as source. @param {Map<string, { content: string; memory: number[] }>} models */
export function writeFacts(models) {
  const entries = [...models].map(
    ([name, { content, memory }]) =>
      `  ${JSON.stringify(name)}: { content: ${JSON.stringify(content)}, memory: [${memory.join(", ")}] },\n`,
  );
  return `
/** What a host knows of a model before it has the model's kernel. */
export interface ModelFacts {
  readonly content: "text" | "binary";
  /** Bytes of memory that a block without content takes, by log2 of a table's bytes, from LEAST_TABLE_BITS. */
  readonly memory: readonly number[];
}

export const MODELS = {
${entries.join("")}} as const satisfies Readonly<Record<string, ModelFacts>>;

export type ModelName = keyof typeof MODELS;
`;
}
