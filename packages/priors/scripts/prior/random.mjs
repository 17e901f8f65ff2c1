/** Random integers that are the same for a seed on every machine (xorshift of 32 bits, Marsaglia 2003). */
export function randomOf(seed) {
  let x = (seed ^ 0x9e3779b9) >>> 0 || 1;
  const below = (bound) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % bound;
  };
  const pick = (items) => items[below(items.length)];
  return { below, pick };
}
