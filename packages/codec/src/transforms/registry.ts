import { PithError } from "@pith/core";
import { call } from "./call.ts";
import { type Transform } from "./transform.ts";
import { words } from "./words/index.ts";

const transforms = new Map<number, Transform>();

/** Makes a transform known to encoder and decoder. @throws Error if its id is taken */
export function registerTransform(transform: Transform): void {
  const known = transforms.get(transform.id);
  if (known !== undefined) throw new Error(`transform ${transform.id} is ${known.name} already, not ${transform.name}`);
  transforms.set(transform.id, transform);
}

for (const transform of [call, words]) registerTransform(transform);

/** @throws PithError `unknown-method` */
export function transformById(id: number, offset: number): Transform {
  const transform = transforms.get(id);
  if (transform !== undefined) return transform;
  throw new PithError("unknown-method", "this program does not have the block's transform", {
    offset,
    expected: `a transform of ${[...transforms.keys()].join(", ")}`,
    got: `transform ${id}`,
  });
}
