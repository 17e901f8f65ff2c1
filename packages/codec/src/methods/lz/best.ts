/** Codes with the best of several models: a little of the content tells which that is. */
import { encodeLz } from "./kernel.ts";
import type { LzParameters } from "./parameters.ts";
import { strengthOf } from "./strengths.ts";

/** Bytes that are coded on trial. */
const TRIED = 32_768;

/**
 * @param choices the likeliest first
 * @yields bytes done so far
 */
export function* encodeBest(
  input: Uint8Array,
  choices: readonly LzParameters[],
): Generator<number, { parameters: LzParameters; payload: Uint8Array }> {
  const parameters = choices.length === 1 ? choices[0] : yield* bestOf(input, choices);
  return { parameters, payload: yield* encodeLz(input, parameters) };
}

function* bestOf(input: Uint8Array, choices: readonly LzParameters[]): Generator<number, LzParameters> {
  // From the middle, which is more like the rest than what a file begins with; a multiple of 4 bytes from the start.
  const start = Math.max(0, Math.floor((input.length - TRIED) / 8) * 4);
  const sample = input.subarray(start, start + TRIED);
  const strength = strengthOf(1, sample.length);
  let best = choices[0];
  let least = Infinity;
  for (const choice of choices) {
    const steps = encodeLz(sample, { ...choice, strength });
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) yield 0;
    if (step.value.length >= least) continue;
    least = step.value.length;
    best = choice;
  }
  return best;
}
