/** For decoders: what is taken apart before it is coded, at any level. */
import { jpeg } from "../methods/jpeg/index.ts";
import { samples } from "../methods/samples/index.ts";
import { open as transform } from "../transforms/open/index.ts";
import { deferredFamily } from "./deferred-family.ts";
import type { DecoderFamily } from "./family.ts";

export type { DecoderFamily } from "./family.ts";

/** The transform `open` and the methods `jpeg` and `samples`. Their kernels are imported when a file needs them. */
export const open: DecoderFamily = deferredFamily({ methods: [jpeg, samples], transforms: [transform] });
