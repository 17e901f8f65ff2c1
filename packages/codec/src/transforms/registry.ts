import { call } from "./call.ts";
import { dedupe } from "./dedupe/index.ts";
import { open } from "./open/index.ts";
import type { BlockTransform, Transform } from "./transform.ts";
import { words } from "./words/index.ts";

/** Those that a plan may name. */
const OF_PLANS: readonly BlockTransform[] = [call, words];

/** Every transform: who adds one adds it here or above, and nowhere else. */
export const TRANSFORMS: readonly Transform[] = [...OF_PLANS, dedupe, open];

/** The transform that a plan names. */
export function transformOf(name: string): BlockTransform {
  const transform = OF_PLANS.find((known) => known.name === name);
  if (transform !== undefined) return transform;
  throw new TypeError(`transform: expected ${OF_PLANS.map((known) => known.name).join(", ")}, got ${name}`);
}
