import { PROBABILITY_TOTAL } from "@pith/core";

/** The largest sum of frequencies: 2^22, that of the `Predictor` contract. */
export const MAXIMUM_TOTAL = PROBABILITY_TOTAL;
