/**
 * Numbers as the weights of a network have them: f32, about normally distributed, of a standard deviation that differs
 * from one tensor of 1 MiB to the next, between 1/128 and 1/32.
 */
import { random128, random64 } from "./random";

const TENSOR_BYTES: usize = 1 << 20;
/** Standard deviation of the sum of four numbers of 16 bits: 65536 / √3. */
const DEVIATION: f32 = 37837.0;
const MEAN: f32 = 131070.0;

let scale: f32 = 0;
/** Bytes until the next tensor. */
let left: usize = 0;

export function startWeights(): void {
  left = 0;
}

/** Writes from `address` to `end`, whose difference is a multiple of 16. */
export function writeWeights(address: usize, end: usize): void {
  const low = i32x4.splat(0xffff);
  const mean = f32x4.splat(MEAN);
  for (; address < end; address += 16) {
    if (left == 0) {
      left = TENSOR_BYTES;
      const exponent: f32 = <f32>(random64() >> 40) / <f32>(1 << 23);
      scale = (<f32>(1.0 / 128.0) * (1 + 1.5 * exponent)) / DEVIATION;
    }
    left -= 16;
    const a = random128();
    const b = random128();
    // The sum of four uniform numbers is nearly normal; a fifth fills the bits below.
    const sum = i32x4.add(
      i32x4.add(v128.and(a, low), i32x4.shr_u(a, 16)),
      i32x4.add(v128.and(b, low), i32x4.shr_u(b, 16)),
    );
    const fraction = f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(random128(), 8)), f32x4.splat(<f32>(1.0 / 16777216.0)));
    const centred = f32x4.add(f32x4.sub(f32x4.convert_i32x4_s(sum), mean), fraction);
    v128.store(address, f32x4.mul(centred, f32x4.splat(scale)));
  }
}
