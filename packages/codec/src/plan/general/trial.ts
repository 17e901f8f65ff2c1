/** Tells by trial which of several plans makes less. */
import { methodOf } from "../../methods/registry.ts";
import { transformOf } from "../../transforms/registry.ts";
import type { BlockPlan } from "../block-plan.ts";

/** @yields something, every few milliseconds @returns the plan that makes the least of a sample */
export function* bestPlan(sample: Uint8Array, plans: readonly BlockPlan[]): Generator<number, BlockPlan> {
  let best = plans[0];
  let least = Infinity;
  for (const plan of plans) {
    const length = yield* codedLength(sample, plan);
    if (length >= least) continue;
    best = plan;
    least = length;
  }
  return best;
}

function* codedLength(
  sample: Uint8Array,
  { transforms, method: name, parameters, lesser }: BlockPlan,
): Generator<number, number> {
  let input = sample;
  for (const transform of transforms.map(transformOf)) {
    input = transform.steps === undefined ? transform.forward(input) : yield* transform.steps(input);
  }
  const method = methodOf(name);
  if (method.encodeBest === undefined) return (yield* method.encodeBlock(input, parameters)).length;
  return (yield* method.encodeBest(input, [parameters, ...lesser])).payload.length;
}
