// Puts words in an order in which each half, quarter, eighth … holds words of one kind, so that each bit of a code tells
// something about the word.

const POWER_ITERATIONS = 30;
const REFINEMENTS = 6;

/**
 * @param {number[]} ids words, as indices of `vectors` and `weights`
 * @param {Float64Array[]} vectors
 * @param {number[]} weights
 * @param {number} [smallest] lists of this length or less stay as they are
 * @returns {number[]} the ids in order
 */
export function orderByKind(ids, vectors, weights, smallest = 2) {
  if (ids.length <= smallest) return ids;
  const half = leftPart(ids.length);
  let ordered = sortBy(ids, principalAxis(ids, vectors, weights), vectors);
  // The axis between the two halves' means separates them better than the principal axis: a balanced 2-means.
  for (let i = 0; i < REFINEMENTS; i++) {
    const left = mean(ordered.slice(0, half), vectors, weights);
    const right = mean(ordered.slice(half), vectors, weights);
    ordered = sortBy(
      ordered,
      right.map((x, k) => x - left[k]),
      vectors,
    );
  }
  return [
    ...orderByKind(ordered.slice(0, half), vectors, weights, smallest),
    ...orderByKind(ordered.slice(half), vectors, weights, smallest),
  ];
}

/** Where to split: at a boundary of the code's bits, so a power of two (times the rest's odd factor) stays whole. */
function leftPart(length) {
  let odd = length;
  while (odd % 2 === 0) odd /= 2;
  return odd === 1 ? length / 2 : odd === 3 ? length / 3 : Math.floor(length / 2);
}

function sortBy(ids, axis, vectors) {
  const keys = new Map(ids.map((id) => [id, vectors[id].reduce((sum, x, k) => sum + x * axis[k], 0)]));
  return [...ids].sort((a, b) => keys.get(a) - keys.get(b) || a - b);
}

function mean(ids, vectors, weights) {
  const sum = new Float64Array(vectors[0].length);
  let total = 0;
  for (const id of ids) {
    total += weights[id];
    for (let k = 0; k < sum.length; k++) sum[k] += weights[id] * vectors[id][k];
  }
  return sum.map((x) => x / total);
}

/** The direction in which the words differ most, by power iteration. */
function principalAxis(ids, vectors, weights) {
  const middle = mean(ids, vectors, weights);
  const size = middle.length;
  const covariance = Array.from({ length: size }, () => new Float64Array(size));
  for (const id of ids) {
    const difference = vectors[id].map((x, k) => x - middle[k]);
    for (let i = 0; i < size; i++) {
      const scaled = weights[id] * difference[i];
      const row = covariance[i];
      for (let k = 0; k < size; k++) row[k] += scaled * difference[k];
    }
  }
  let axis = Float64Array.from({ length: size }, (_, k) => 1 / (k + 1));
  for (let iteration = 0; iteration < POWER_ITERATIONS; iteration++) {
    const next = covariance.map((row) => row.reduce((sum, x, k) => sum + x * axis[k], 0));
    const length = Math.sqrt(next.reduce((sum, x) => sum + x * x, 0));
    if (length === 0) return axis;
    axis = Float64Array.from(next, (x) => x / length);
  }
  return axis;
}
