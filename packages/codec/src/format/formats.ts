import { PithError } from "@pith/core";
import type { PayloadFormat } from "../methods/method.ts";
import type { Transform } from "../transforms/transform.ts";

/** What a decoder knows of what blocks may be made of. */
export interface Formats {
  readonly methods: readonly PayloadFormat[];
  readonly transforms: readonly Transform[];
  /** By the ids of those that are not among them: what to import, for errors. */
  readonly elsewhere?: {
    readonly methods: Readonly<Record<number, string>>;
    readonly transforms: Readonly<Record<number, string>>;
  };
}

/**
 * @param offset of the id in the file
 * @throws PithError `unknown-method`
 */
export function formatById({ methods, elsewhere }: Formats, id: number, offset: number): PayloadFormat {
  return methods.find((known) => known.id === id) ?? missing("method", id, methods, elsewhere?.methods, offset);
}

/**
 * @param offset of the id in the file
 * @throws PithError `unknown-method`
 */
export function transformById({ transforms, elsewhere }: Formats, id: number, offset: number): Transform {
  const transform = transforms.find((known) => known.id === id);
  return transform ?? missing("transform", id, transforms, elsewhere?.transforms, offset);
}

function missing(
  what: "method" | "transform",
  id: number,
  known: readonly { readonly id: number }[],
  elsewhere: Readonly<Record<number, string>> | undefined,
  offset: number,
): never {
  throw new PithError("unknown-method", `this program does not have the block's ${what}`, {
    offset,
    expected: elsewhere?.[id] ?? `a ${what} of ${known.map((each) => each.id).join(", ")}`,
    got: `${what} ${id}`,
  });
}
