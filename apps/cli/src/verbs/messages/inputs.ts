/** What `pith message` and `pith prior train` read. */

import { Prior } from "@pith/priors";

import { naming } from "../shared/advising.ts";
import { readPrior } from "../shared/prior.ts";
import { readPath } from "../shared/whole.ts";
import type { MessagesSettings } from "./settings.ts";

const LARGEST = 2 ** 28;

/** A whole file, or standard input. */
export function read(path: string): Promise<Uint8Array> {
  return readPath(path, LARGEST);
}

/** What the model is to know, as the options say. */
export async function readKnown({ prior, reference }: MessagesSettings): Promise<"auto" | "none" | Prior> {
  if (reference !== undefined) return await naming(reference, async () => Prior.reference(await read(reference)));
  if (prior === "auto" || prior === "none") return prior;
  return await readPrior(prior);
}
