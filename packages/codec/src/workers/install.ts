import type { CompiledKernel } from "@pith/core";
import { installKernel } from "../kernels/install.ts";
import { installModel, type InstalledModel } from "@pith/core/models";
import { installEnglish } from "../transforms/words/english-dictionary.ts";

/** What tasks need that is not carried along, as it goes from the thread that was called to its workers. */
export type Installed =
  | { readonly type: "kernel"; readonly kernel: CompiledKernel }
  | { readonly type: "model"; readonly model: InstalledModel }
  | { readonly type: "words"; readonly words: string };

/** Makes known to this thread what another one has loaded. */
export function install(given: Installed): void {
  if (given.type === "kernel") installKernel(given.kernel);
  else if (given.type === "model") installModel(given.model);
  else installEnglish(given.words);
}
