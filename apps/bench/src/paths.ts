/** Where things are in this repository, whether this runs as built or as source. */
import { fileURLToPath } from "node:url";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const ROOT = here("../../..");

/** The command as it is installed. */
export const CLI = here("../../cli/bin/pith.js");

/** Built children of the benchmark; children are plain Node and cannot run the source. */
export const IN_PROCESS = here("../dist/pith/in-process.js");

/** The child that puts the library under load. */
export const LOAD = here("../dist/load/process.js");
export const RUN_KERNEL = here("../dist/native/run-kernel.js");

/** The C program around a translated kernel. */
export const HARNESS = here("../native/harness.c");

/** The codec's deduplication, to be measured alone. */
export const DEDUPLICATOR = here("../../../packages/codec/dist/transforms/dedupe/encode.js");

/** The words by which the codec codes English, packed. */
export const ENGLISH_WORDS = here("../../../packages/codec/dist/transforms/words/english.js");

/** Where the codec's embedded kernels are; those of context mixing are `mix-MODEL.js`. */
export const KERNELS = here("../../../packages/codec/dist/generated");
