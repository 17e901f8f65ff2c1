import { exp4 } from "../network/functions";

/** Logits below the largest by more are taken for that. */
const LEAST_LOGIT: f32 = -30;

/**
 * In place: `count` logits to probabilities, the padding behind them to zeros.
 *
 * @param bytes of logits and padding, a multiple of 16
 */
export function softmax(logits: usize, count: i32, bytes: usize): void {
  const end = <usize>count << 2;
  const whole = end & ~15;
  let tops = f32x4.splat(load<f32>(logits));
  for (let b: usize = 0; b < whole; b += 16) tops = f32x4.max(tops, v128.load(logits + b));
  let largest = max(
    max(f32x4.extract_lane(tops, 0), f32x4.extract_lane(tops, 1)),
    max(f32x4.extract_lane(tops, 2), f32x4.extract_lane(tops, 3)),
  );
  for (let b = whole; b < end; b += 4) largest = max(largest, load<f32>(logits + b));
  const top = f32x4.splat(largest);
  for (let b: usize = 0; b < bytes; b += 16) {
    v128.store(logits + b, exp4(f32x4.max(f32x4.sub(v128.load(logits + b), top), f32x4.splat(LEAST_LOGIT))));
  }
  memory.fill(logits + end, 0, bytes - end);
  let sums = f32x4.splat(0);
  for (let b: usize = 0; b < bytes; b += 16) sums = f32x4.add(sums, v128.load(logits + b));
  const sum =
    f32x4.extract_lane(sums, 0) +
    f32x4.extract_lane(sums, 2) +
    (f32x4.extract_lane(sums, 1) + f32x4.extract_lane(sums, 3));
  const inverse = f32x4.splat(<f32>1.0 / sum);
  for (let b: usize = 0; b < bytes; b += 16) v128.store(logits + b, f32x4.mul(v128.load(logits + b), inverse));
}
