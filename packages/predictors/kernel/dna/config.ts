/** What a model is made of; the names in capitals are compile-time constants of the kernel. */


// @ts-ignore: decorator
@inline
export function lowOrder(i: i32): i32 {
  if (i == 0) return 1;
  if (i == 1) return 2;
  if (i == 2) return 3;
  if (i == 3) return 4;
  if (i == 4) return 6;
  if (i == 5) return 8;
  if (i == 6) return 9;
  if (i == 7) return 10;
  return 11;
}

// @ts-ignore: decorator
@inline
export function highOrder(i: i32): i32 {
  if (i == 0) return 11;
  if (i == 1) return 12;
  if (i == 2) return 14;
  if (i == 3) return 16;
  if (i == 4) return 18;
  if (i == 5) return 22;
  if (i == 6) return 13;
  return 24;
}
