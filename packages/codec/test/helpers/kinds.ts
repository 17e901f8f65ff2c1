/** Kinds of content by themselves. */
import type { Opened } from "../../src/kinds/kind.ts";

/** The numbers of a kind, one after the other. */
export function openedBy(numbers: readonly number[]): () => number {
  let place = 0;
  return () => numbers[place++];
}

/** What was opened, closed by what its numbers say; of a kind that needs no stream of deflate. */
export function closed({ kind, fields, inside, length }: Span): Uint8Array {
  const deflate = {
    latest: undefined,
    close: () => {
      throw new Error("there is no stream");
    },
  };
  const read = kind.fromNumbers(openedBy(kind.toNumbers(fields)));
  return kind.close(inside, read, { deflate, before: new Uint8Array(0), most: length });
}

type Span = Pick<Opened, "kind" | "fields" | "inside" | "length">;
