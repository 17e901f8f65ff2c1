/**
 * A backend that loads may still fail at its first operation: tfjs-node 4.22 does, from Node 23 on. So one step of what
 * training needs is computed before it is relied on: a product, its gradient, and reading numbers back.
 */
import type * as TensorFlow from "@tensorflow/tfjs-core";

const INPUT = [1, 1];
const WEIGHTS = [1, 2, 3, 4];
/** Of the sum of (input × weights)², by each weight. */
const GRADIENT = [8, 12, 8, 12];

/** @throws Error if something fails, or is not what it has to be */
export function probe(tf: typeof TensorFlow): void {
  const weights = tf.variable(tf.tensor2d(WEIGHTS, [2, 2]));
  try {
    const got = tf.tidy(() => {
      const { grads } = tf.variableGrads(
        () => tf.sum(tf.square(tf.matMul(tf.tensor2d(INPUT, [1, 2]), weights))),
        [weights],
      );
      return Array.from(grads[weights.name].dataSync<"float32">());
    });
    if (GRADIENT.some((value, i) => Math.abs(value - got[i]) > 1e-3)) {
      throw new Error(`it computes wrongly: expected a gradient of ${GRADIENT.join(", ")}, got ${got.join(", ")}`);
    }
  } finally {
    weights.dispose();
  }
}
