import { prior } from "../methods/prior/index.ts";
import { METHODS } from "../methods/registry.ts";
import { split } from "../methods/split/index.ts";
import { TRANSFORMS } from "../transforms/registry.ts";
import type { Formats } from "./formats.ts";

/** All that a block may be made of. */
export const ALL_FORMATS: Formats = { methods: [...METHODS, prior, split], transforms: TRANSFORMS };
