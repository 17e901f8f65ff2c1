/** What is wrong with files of model weights, and what to do about it. */
import type { SafetensorsWatcher } from "@pith/analyzer";

import { BadFile } from "../../errors.ts";

/** What to do about a file of weights that is damaged. */
export const WEIGHTS_ADVICE =
  "take the file again from where it came; to have its bytes analysed as they are, give them through a pipe: " +
  "pith analyze < FILE";

/**
 * What to warn of, where content looked like weights and then was none; undefined if nothing is wrong.
 *
 * @throws BadFile if the file's name says that it holds weights
 */
export function warningOf({ problem, isNamed }: SafetensorsWatcher): string | undefined {
  if (problem === undefined) return undefined;
  if (isNamed) throw new BadFile(problem, WEIGHTS_ADVICE);
  return `looks like a safetensors file and is none, so its tensors are not shown: ${problem.message}`;
}
