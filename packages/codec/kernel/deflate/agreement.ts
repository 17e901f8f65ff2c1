/** How many bytes at two places agree, at most `most`. */
// @ts-ignore: decorator
@inline
export function agreement(a: usize, b: usize, most: i32): i32 {
  let count = 0;
  while (count + 8 <= most) {
    const difference = load<u64>(a + count) ^ load<u64>(b + count);
    if (difference != 0) return count + <i32>(ctz(difference) >> 3);
    count += 8;
  }
  while (count < most && load<u8>(a + count) == load<u8>(b + count)) count++;
  return count;
}
