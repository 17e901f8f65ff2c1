/** What the model needs of `Math`, taken once: within a test runner's context, each use of a global is slow. */
export const { ceil, clz32, floor, fround: f32, imul, max, min, trunc } = Math;
