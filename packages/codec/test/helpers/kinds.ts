/** Kinds of content by themselves. */
import type { Kind, Opened } from "../../src/kinds/kind.ts";

/** The numbers of a kind, one after the other. */
export function openedBy(numbers: readonly number[]): () => number {
  let place = 0;
  return () => numbers[place++];
}

/** What was opened, closed by what its numbers say; of a kind that needs no stream of deflate. */
export function closed({
  kind,
  fields,
  inside,
  length,
}: Pick<Opened, "inside" | "length" | "fields"> & { readonly kind: Kind<never> }): Uint8Array {
  const known = kind as unknown as Kind;
  const deflate = {
    latest: undefined,
    close: () => {
      throw new Error("there is no stream");
    },
  };
  const read = known.fromNumbers(openedBy(known.toNumbers(fields)));
  return known.close(inside, read, { deflate, before: new Uint8Array(0), most: length });
}
