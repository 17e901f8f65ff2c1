/**
 * What a model is made of. `models.json` names its parts; a name in a string literal is replaced by the build, as
 * `scripts/named-parts.mjs` says. Names in capitals are compile-time constants, of each model its own:
 *
 *   CONTEXTS, MATCHES, SETS, FINALS, ESTIMATIONS
 *                    how many parts of a kind it has: of weight sets 3, 6, 9 or 12, or 1 or 2 where there are no final mixers
 *   GROUPS_OF_CONTEXTS  contexts in fours
 *   MATCH_BITS       log2 of the positions that a match model remembers, at most
 *   ESTIMATION_BITS  log2 of the rows of an adaptive probability map whose contexts are hashed, at most
 *   LSTM_LAYERS      layers of the network that is mixed in, or 0; LSTM_CELLS a layer, LSTM_STEPS that it learns from at a
 *                    time, LSTM_RATE in 1/10000; LSTM_TRAINED_RATE, LSTM_TRAINED_LEAST: where it starts from trained
 *                    weights, in 1/10000, and the share of it that stays, in 1/100; LSTM_TRAINED_WEIGHT: its initial
 *                    weight in the mix then, in thousandths
 *   RATE, RATE_START mixer's learning rate at the end, and what is added at the start, in tenths
 *   RATE_HALF_LIFE   bits after which half of that is left; FINAL_RATE: learning rate of the final mixers, in tenths
 *   LEAST_ERROR      errors of a weight set's probability, in 1/65536, that teach it nothing: up to these
 *   WEIGHT           initial weight of a context's stretched probability, in thousandths
 *   NORMALISED       1: the mixer's steps are divided by the energy of its inputs, and each weight vector's rate falls by how
 *                    often it has learnt itself
 *   FINE             1: the mix goes to ±12, maps have fine knots, empty histories say nothing
 *   PRIMED           1: learns priors: that of `@pith/priors` makes it learn fast, `journal.ts` takes it back. For models
 *                    that are FINE, and neither NORMALISED nor with runs or networks
 *   FORECAST         1: numbers of two bytes are extrapolated. For models with contexts of the grid
 *   HISTORY_LIMIT    updates after which probabilities of histories learn no more slowly
 */

/** Log2 of the bytes of one context's table. */
export const LEAST_TABLE_BITS: i32 = 10;
export const MOST_TABLE_BITS: i32 = 24;

/**
 * What a context gives beside its stretched probability: that also unstretched; that again where only one of the two bits was
 * ever seen, which then is not given unstretched; its last byte and how often it came.
 */
export const CONFIDENCE: i32 = has("contextInputs", "confidence") ? 1 : 0;
export const CERTAIN: i32 = has("contextInputs", "certain") ? 1 : 0;
export const RUN: i32 = has("contextInputs", "run") ? 1 : 0;

/** Mixer inputs that a context gives. */
const INPUTS_PER_CONTEXT: i32 = 1 + CONFIDENCE + CERTAIN + RUN;

/** Bytes of the inputs of four contexts: one SIMD register for each kind; lanes without a context stay zero. */
export const GROUP_BYTES: i32 = 16 * INPUTS_PER_CONTEXT;

/** Byte offsets of each kind within a group: stretched probabilities first. */
export const CONFIDENCE_INPUTS: usize = 16;
export const CERTAIN_INPUTS: usize = 16 + CONFIDENCE * 16;
export const RUN_INPUTS: usize = 16 + (CONFIDENCE + CERTAIN) * 16;
