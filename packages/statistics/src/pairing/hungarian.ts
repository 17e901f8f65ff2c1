/** The Hungarian algorithm, and how pairs are read off what it finds. */

/**
 * Gives each row a column of its own so that the sum of the chosen weights is largest (Kuhn, 1955; in time n³ by shortest
 * augmenting paths).
 *
 * @param weights a square matrix
 * @returns the column of each row
 */
export function assign(weights: readonly (readonly number[])[]): number[] {
  const size = weights.length;
  const rowPotential = new Float64Array(size);
  // One column more than there are, where each search starts.
  const columnPotential = new Float64Array(size + 1);
  const rowOf = new Int32Array(size + 1).fill(-1);
  for (let row = 0; row < size; row++) {
    rowOf[size] = row;
    const slack = new Float64Array(size).fill(Infinity);
    const previous = new Int32Array(size).fill(size);
    const reached = new Uint8Array(size + 1);
    let column = size;
    while (rowOf[column] >= 0) {
      reached[column] = 1;
      const from = rowOf[column];
      let nearest = -1;
      for (let next = 0; next < size; next++) {
        if (reached[next] === 1) continue;
        const distance = -weights[from][next] - rowPotential[from] - columnPotential[next];
        if (distance < slack[next]) {
          slack[next] = distance;
          previous[next] = column;
        }
        if (nearest < 0 || slack[next] < slack[nearest]) nearest = next;
      }
      const step = slack[nearest];
      for (let each = 0; each <= size; each++) {
        if (reached[each] === 1) {
          rowPotential[rowOf[each]] += step;
          columnPotential[each] -= step;
        } else if (each < size) {
          slack[each] -= step;
        }
      }
      column = nearest;
    }
    // Along the path back, each column gets the row of the one before.
    while (column !== size) {
      rowOf[column] = rowOf[previous[column]];
      column = previous[column];
    }
  }
  const columnOf = new Array<number>(size);
  for (let column = 0; column < size; column++) columnOf[rowOf[column]] = column;
  return columnOf;
}

/**
 * Reads pairs off an assignment of things to each other. It is a permutation, and falls into cycles. A cycle of two is a
 * pair. A longer one of even length is cut into pairs in the heavier of the two ways. One of odd length leaves one thing
 * over, so that its rest weighs most; what is left over is paired with its likes, the heaviest pair first.
 *
 * So the pairs may weigh less than those of an exact matching: an assignment is free to use longer cycles.
 *
 * @returns pairs of places; an odd number of things leaves the last one out
 */
export function pairsOfAssignment(
  columnOf: readonly number[],
  weights: readonly (readonly number[])[],
): [number, number][] {
  const pairs: [number, number][] = [];
  const left: number[] = [];
  const seen = new Set<number>();
  for (let start = 0; start < columnOf.length; start++) {
    if (seen.has(start)) continue;
    const cycle: number[] = [];
    for (let at = start; !seen.has(at); at = columnOf[at]) {
      seen.add(at);
      cycle.push(at);
    }
    const cuts = cycle.map((_, shift) => cutCycle(cycle, shift));
    const best = cuts.reduce((a, b) => (weightOf(b, weights) > weightOf(a, weights) ? b : a));
    pairs.push(...best);
    const paired = new Set(best.flat());
    left.push(...cycle.filter((place) => !paired.has(place)));
  }
  return [...pairs, ...pairGreedily(left, weights)];
}

/** Neighbours in a cycle, two by two, from a place on; an odd cycle leaves the last one. */
function cutCycle(cycle: readonly number[], shift: number): [number, number][] {
  return Array.from({ length: cycle.length >> 1 }, (_, i) => [
    cycle[(shift + 2 * i) % cycle.length],
    cycle[(shift + 2 * i + 1) % cycle.length],
  ]);
}

function weightOf(pairs: readonly (readonly [number, number])[], weights: readonly (readonly number[])[]): number {
  return pairs.reduce((sum, [a, b]) => sum + weights[a][b], 0);
}

function pairGreedily(places: readonly number[], weights: readonly (readonly number[])[]): [number, number][] {
  const all = places.flatMap((a, i) => places.slice(i + 1).map((b): [number, number] => [a, b]));
  const pairs: [number, number][] = [];
  const used = new Set<number>();
  for (const [a, b] of all.sort((one, other) => weights[other[0]][other[1]] - weights[one[0]][one[1]])) {
    if (used.has(a) || used.has(b)) continue;
    pairs.push([a, b]);
    used.add(a).add(b);
  }
  return pairs;
}
