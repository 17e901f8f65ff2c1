/**
 * The mixer's inputs: first those of the contexts, in fours, then part after part. Each part says next to its code how many
 * it has.
 */

import { GROUP_BYTES } from "./config";
import { DIRECT_INPUTS } from "./direct";
import { FORECAST_INPUTS } from "./forecast";
import { MATCH_INPUTS } from "./match";
import { NETWORK_INPUTS } from "./network";

/** Bytes from the start to the inputs of each part. */
const AT_MATCHES: i32 = GROUPS_OF_CONTEXTS * GROUP_BYTES;
const AT_DIRECT: i32 = AT_MATCHES + 4 * MATCH_INPUTS;
const AT_CONSTANT: i32 = AT_DIRECT + 4 * DIRECT_INPUTS;
const AT_NETWORK: i32 = AT_CONSTANT + 4;
const AT_FORECAST: i32 = AT_NETWORK + 4 * NETWORK_INPUTS;
const END: i32 = AT_FORECAST + 4 * FORECAST_INPUTS;

/** Bytes of the input vector: f32, in whole pairs of SIMD registers. */
export const INPUT_BYTES: i32 = (END + 31) & ~31;

/** Those that no part writes stay zero. */
export const inputs = memory.data(INPUT_BYTES, 64);

export const matchInputs: usize = inputs + AT_MATCHES;
export const directInputs: usize = inputs + AT_DIRECT;
export const constantInput: usize = inputs + AT_CONSTANT;
export const networkInputs: usize = inputs + AT_NETWORK;
export const forecastInputs: usize = inputs + AT_FORECAST;
