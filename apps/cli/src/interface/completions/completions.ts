/** Completions for the shells, made of the tables of options and verbs. */

import { loadFamilies } from "../command.ts";
import type { Shell } from "../shells.ts";
import type { Families } from "../verb.ts";
import { bash } from "./bash.ts";
import { fish } from "./fish.ts";
import { placesOf } from "./places.ts";
import { zsh } from "./zsh.ts";

/** The script that a shell reads. */
export async function completionOf(shell: Shell, families: Families): Promise<string> {
  return { bash, zsh, fish }[shell](placesOf(await loadFamilies(families)));
}
