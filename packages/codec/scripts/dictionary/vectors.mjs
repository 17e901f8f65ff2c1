// Places each word in a space where words that stand between the same neighbours are close.
import { isWord, tokens } from "./count.mjs";

/** The neighbours that count: the most frequent words, full stops, commas. */
const NEIGHBOURS = 500;
/** Where they stand, and what they weigh there. */
const PLACES = [
  { distance: 1, weight: 1 },
  { distance: 2, weight: 0.5 },
];
/** Frequent words span the space; the others are placed in it. */
const SPANNING_WORDS = 8000;
const DIMENSIONS = 48;
const ITERATIONS = 6;
/** Neighbours that are added to each word's before it is normalised, so that a rare word stays near the middle. */
const SMOOTHING = 20;
/** Bytes above which a source's neighbours count less: by the root, as words do. */
const FULL_WEIGHT_BYTES = 4e6;

/**
 * @param {string[]} words most frequent first
 * @param {import("./count.mjs").listSources extends (folder: string) => infer S ? S : never} sources
 * @returns {Float64Array[]} a vector of length 1 (or 0, for words without neighbours) for each word
 */
export function wordVectors(words, sources) {
  const rows = countNeighbours(words, sources);
  const basis = span(rows.slice(0, SPANNING_WORDS), (NEIGHBOURS + 2) * 2 * PLACES.length);
  return rows.map((row) => normalised(basis.map((axis) => dot(row, axis))));
}

/** Sparse rows: roots of the shares of each neighbour at each place. */
function countNeighbours(words, sources) {
  const index = new Map(words.map((word, i) => [word, i]));
  const width = (NEIGHBOURS + 2) * 2 * PLACES.length;
  const counts = new Float32Array(words.length * width);
  const neighbourOf = (token) => {
    if (isWord(token)) {
      const i = index.get(token) ?? NEIGHBOURS;
      return i < NEIGHBOURS ? i : -1;
    }
    return token.includes(".") ? NEIGHBOURS : token.includes(",") ? NEIGHBOURS + 1 : -1;
  };
  for (const { files, bytes } of sources) {
    const sourceWeight = Math.min(1, Math.sqrt(FULL_WEIGHT_BYTES / bytes));
    for (const file of files) {
      const ids = [];
      const neighbours = [];
      for (const token of tokens(file)) {
        ids.push(index.get(token) ?? -1);
        neighbours.push(neighbourOf(token));
      }
      PLACES.forEach(({ distance, weight }, place) => {
        const before = 2 * place * (NEIGHBOURS + 2);
        const after = before + NEIGHBOURS + 2;
        for (let i = distance; i < ids.length; i++) {
          const left = i - distance;
          if (ids[i] >= 0 && neighbours[left] >= 0)
            counts[ids[i] * width + before + neighbours[left]] += weight * sourceWeight;
          if (ids[left] >= 0 && neighbours[i] >= 0)
            counts[ids[left] * width + after + neighbours[i]] += weight * sourceWeight;
        }
      });
    }
  }
  return words.map((_, word) => {
    const row = counts.subarray(word * width, (word + 1) * width);
    const total = row.reduce((sum, count) => sum + count, SMOOTHING);
    const columns = [];
    const values = [];
    row.forEach((count, column) => {
      if (count === 0) return;
      columns.push(column);
      values.push(Math.sqrt(count / total));
    });
    return { columns: Uint16Array.from(columns), values: Float64Array.from(values) };
  });
}

function dot({ columns, values }, axis) {
  let sum = 0;
  for (let i = 0; i < columns.length; i++) sum += values[i] * axis[columns[i]];
  return sum;
}

function normalised(vector) {
  const length = Math.sqrt(vector.reduce((sum, x) => sum + x * x, 0));
  return Float64Array.from(vector, (x) => (length > 0 ? x / length : 0));
}

/** The leading right singular vectors of the rows, by subspace iteration from fixed pseudo-random vectors. */
function span(rows, width) {
  let seed = 1;
  const random = () => ((seed = (Math.imul(seed, 1664525) + 1013904223) | 0) >> 8) / 2 ** 23;
  let basis = orthonormal(Array.from({ length: DIMENSIONS }, () => Float64Array.from({ length: width }, random)));
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const next = basis.map(() => new Float64Array(width));
    for (const row of rows) {
      basis.forEach((axis, k) => {
        const projection = dot(row, axis);
        for (let i = 0; i < row.columns.length; i++) next[k][row.columns[i]] += projection * row.values[i];
      });
    }
    basis = orthonormal(next);
  }
  return basis;
}

/** Gram-Schmidt. */
function orthonormal(vectors) {
  const done = [];
  for (const vector of vectors) {
    for (const axis of done) {
      const along = vector.reduce((sum, x, i) => sum + x * axis[i], 0);
      for (let i = 0; i < vector.length; i++) vector[i] -= along * axis[i];
    }
    done.push(normalised(vector));
  }
  return done;
}
