/** Priors, which short content is coded with. */

import type { PriorSource } from "@pith/codec";
import type { Prior } from "@pith/priors";

import { advising, naming } from "./advising.ts";
import { readPath } from "./whole.ts";

const LARGEST = 2 ** 28;

/** Reads a prior that `pith prior train` wrote. @throws Failure that names the file */
export async function readPrior(path: string): Promise<Prior> {
  const { Prior } = await import("@pith/priors");
  return await naming(path, async () => {
    const bytes = await readPath(path, LARGEST);
    return await advising("is it a prior that pith prior train wrote?", () => Prior.parse(bytes));
  });
}

/** @param name `auto`, `none` or a file, as --prior has it */
export async function priorToCompress(name: string): Promise<Prior | undefined> {
  if (name === "none") return undefined;
  if (name !== "auto") return await readPrior(name);
  const { Prior } = await import("@pith/priors");
  return await Prior.builtIn();
}

/** What finds the priors that files name: the built-in one, and that of --prior, which is read first. */
export async function priorsToDecompress(name: string): Promise<PriorSource> {
  const own = name === "none" || name === "auto" ? undefined : await readPrior(name);
  return async (hash) => {
    if (own?.hash === hash) return own;
    const { Prior } = await import("@pith/priors");
    const builtIn = await Prior.builtIn();
    return builtIn.hash === hash ? builtIn : own;
  };
}
