/** How large numbers are, on a logarithmic scale, and classes of them. */

/** Numbers above are as good as it. */
const MOST: i32 = 1023;

const logarithms = memory.data((MOST + 1) * 4, 64); // f32: log2(1 + n)
const classes = memory.data(MOST + 1, 64); // u8: 2 · log2(1 + n), rounded down

/** log2(1 + n) for an n of at least 1, straight between powers of two. */
function logarithm(n: i32): f32 {
  const x = n + 1;
  const whole = 31 - clz(x);
  return <f32>whole + <f32>(x - (1 << whole)) / <f32>(1 << whole);
}

/** Fills the tables; once an instance. */
export function initMagnitudes(): void {
  for (let n = 0; n <= MOST; n++) {
    const log = logarithm(n);
    store<f32>(logarithms + (n << 2), log);
    store<u8>(classes + n, <u8>(log * 2.0));
  }
}

/** log2(1 + |n|), 0 … 10. */
// @ts-ignore: decorator
@inline
export function logOf(n: i32): f32 {
  return load<f32>(logarithms + (min(MOST, abs(n)) << 2));
}

/** Class of a magnitude: 0, 2, 3, 4, 5, 5, 5, 6, …, 20. */
// @ts-ignore: decorator
@inline
export function classOf(n: i32): i32 {
  return load<u8>(classes + min(MOST, abs(n)));
}

/** Class of a number with its sign, 0 … 31: 16 is zero. */
// @ts-ignore: decorator
@inline
export function signedClass(n: i32): i32 {
  const c = min(15, classOf(n));
  return n < 0 ? 16 - c : 16 + c;
}
