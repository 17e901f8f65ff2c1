/**
 * What a model is made of. The names in capitals are compile-time constants that `models.json` sets for each model;
 * the build expands its lists of contexts and weight sets into counts and masks.
 *
 *   TEXT             1 for text, 0 for binaries and structured data
 *   CONTEXTS         number of hashed contexts; CONTEXTS_LOW, CONTEXTS_HIGH: bit n says that context n, or 24 + n, is on
 *   SETS             number of mixer weight sets: 3, 6 or 9, or 1 or 2 where there are no final mixers; SETS_ON: bit n
 *                    says that selector n is on
 *   FINALS           number of final mixers, averaged: 0 to 3
 *   SLOT_BITS        log2 of a slot's bytes: 4 (histories), 5 (+ run)
 *   CONFIDENCE       1: a context's probability also goes in unstretched
 *   RUN              1: a context's last byte and how often it came are an input (needs SLOT_BITS = 5)
 *   ORDERS           highest order of the direct tables: 1 or 2
 *   MATCHES          number of match models, 1 or 2
 *   APMS             number of adaptive probability maps, 2 or 5
 *   LSTM_LAYERS      layers of the network that is mixed in, or 0; LSTM_CELLS a layer, LSTM_STEPS that it learns from at a
 *                    time, LSTM_RATE in 1/10000; LSTM_TRAINED_RATE, LSTM_TRAINED_LEAST: where it starts from trained
 *                    weights, in 1/10000, and the share of it that stays, in 1/100; LSTM_TRAINED_WEIGHT: its initial
 *                    weight in the mix then, in thousandths
 *   RATE, RATE_START mixer's learning rate at the end, and what is added at the start, in tenths
 *   WEIGHT           initial weight of a context's stretched probability, in thousandths
 */

/** Mixer inputs that a context gives. */
export const INPUTS_PER_CONTEXT: i32 = 1 + CONFIDENCE + RUN;

/** Contexts come in fours: one SIMD register for each kind of input of four contexts; lanes without a context stay zero. */
export const GROUPS: i32 = (CONTEXTS + 3) / 4;

/** Bytes of a group's inputs. */
export const GROUP_BYTES: i32 = 16 * INPUTS_PER_CONTEXT;

/** Byte offsets of each kind within a group: stretched probabilities first. */
export const CONFIDENCE_INPUTS: usize = 16;
export const RUN_INPUTS: usize = 16 + CONFIDENCE * 16;

/**
 * Further inputs behind the groups: two a match model, order 0, two for each further direct order, a constant, two of the
 * network.
 */
export const FURTHER_INPUTS: i32 = 2 * MATCHES + 1 + 2 * ORDERS + 1 + (LSTM_LAYERS > 0 ? 2 : 0);

/** Bytes of the mixer's input vector: f32, in whole pairs of SIMD registers. */
export const INPUT_BYTES: i32 = (GROUPS * GROUP_BYTES + FURTHER_INPUTS * 4 + 31) & ~31;
