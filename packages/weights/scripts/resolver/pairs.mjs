/** The pairs of the 4-bit models: found by search-groups.mjs. */
export const PAIRS = "av bn cy du ew fi gh kp mo jt lx rz sq";
