/** For decoders: context mixing, as levels from 4 on have it, and nucleotides of any level. */
import { dna } from "../methods/dna/index.ts";
import { mix as method } from "../methods/mix/index.ts";
import { MIX_SOURCES } from "../methods/mix/sources.ts";
import { deferredFamily } from "./deferred-family.ts";
import type { DecoderFamily } from "./family.ts";

export type { DecoderFamily } from "./family.ts";

/** The methods `mix` and `dna`. Their kernels are imported when a file needs them, 10 to 60 KB each. */
export const mix: DecoderFamily = deferredFamily({ methods: [method, dna], sources: MIX_SOURCES });
