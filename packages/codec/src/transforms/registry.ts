import { PithError } from "@pith/core";
import { call } from "./call.ts";
import { dedupe } from "./dedupe/index.ts";
import type { Transform } from "./transform.ts";
import { words } from "./words/index.ts";

const TRANSFORMS: readonly Transform[] = [call, words, dedupe];

/**
 * @param offset of the id in the file
 * @throws PithError `unknown-method`
 */
export function transformById(id: number, offset: number): Transform {
  const transform = TRANSFORMS.find((known) => known.id === id);
  if (transform !== undefined) return transform;
  throw new PithError("unknown-method", "this program does not have the block's transform", {
    offset,
    expected: `a transform of ${TRANSFORMS.map((known) => known.id).join(", ")}`,
    got: `transform ${id}`,
  });
}
