/** All that the command has, loaded: for help, man page and completions, which show more than one family. */

import { COMMON_OPTIONS } from "./common-options.ts";
import { GROUPS, heeds, type Option } from "./option.ts";
import type { Families, Family, Verb } from "./verb.ts";

/** A family with its options, those that every verb has last. */
export interface LoadedFamily extends Family {
  readonly options: readonly Option[];
}

export async function loadFamilies(families: Families): Promise<LoadedFamily[]> {
  const loaded: LoadedFamily[] = [];
  for (const family of families) {
    const options = [...Object.values(await family.loadOptions()), ...Object.values<Option>(COMMON_OPTIONS)];
    loaded.push({ ...family, options });
  }
  return loaded;
}

/** The options that a verb heeds, in their order. */
export function optionsOf(verb: Verb, { options }: LoadedFamily): readonly Option[] {
  return options.filter((option) => heeds(verb.name, option));
}

/** Options under their headings. */
export function byGroup(options: readonly Option[]): { readonly group: string; readonly options: readonly Option[] }[] {
  return GROUPS.map((group) => ({ group, options: options.filter((option) => option.group === group) })).filter(
    (part) => part.options.length > 0,
  );
}

/** How an option is written: `-T, --threads N`. */
export function formOf(option: Option): string {
  return (option.label ?? option.flags.join(", ")) + (option.value === undefined ? "" : ` ${option.value.name}`);
}
