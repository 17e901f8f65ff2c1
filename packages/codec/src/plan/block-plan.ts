import type { Transform } from "../transforms/transform.ts";

/** How a block will be coded: plain data, since it goes to workers. */
export interface BlockPlan {
  /** Names, in the order in which they are applied. */
  readonly transforms: readonly string[];
  /** Its name. */
  readonly method: string;
  /** Of the method. */
  readonly parameters: unknown;
  /** Others that may make the block shorter; the likeliest first. */
  readonly lesser: readonly unknown[];
}

/** @param choices parameters, the likeliest first */
export function planOf(
  transforms: readonly Transform[],
  { name }: { readonly name: string },
  [parameters, ...lesser]: readonly unknown[],
): BlockPlan {
  return { transforms: transforms.map((transform) => transform.name), method: name, parameters, lesser };
}
