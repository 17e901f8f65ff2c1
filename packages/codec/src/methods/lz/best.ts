/** Codes with the best of several models: a little of the content tells which that is. */
import { standing } from "@pith/core/steps";
import { codedLengths, encodeLz } from "./encode.ts";
import type { LzParameters } from "./parameters.ts";
import { strengthOf } from "./strengths.ts";

/** Windows of the content that are coded on trial, and bytes of each. */
const WINDOWS = 16;
const WINDOW = 4096;

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

/** The model under which the tokens of a sample, which are chosen once, take the least; then whether pairs pay. */
function* bestOf(input: Uint8Array, choices: readonly LzParameters[]): Generator<number, LzParameters> {
  const sample = sampleOf(input);
  const [first] = choices;
  const strength = strengthOf(1, sample.length);
  const lengths = yield* standing(codedLengths(sample, { ...first, strength }, choices));
  let best = first;
  let least = Infinity;
  for (const { parameters, length } of lengths) {
    if (length >= least) continue;
    least = length;
    best = { ...parameters, strength: first.strength };
  }
  function* lengthBy(choice: LzParameters): Generator<number, number> {
    return (yield* standing(encodeLz(sample, { ...choice, strength }))).length;
  }
  // Programs and records have pairs of bytes that come again; where literals are cheap, such matches cost more than they seem to.
  const paired = { ...best, shortest: 2 } as const;
  return (yield* lengthBy(paired)) < (yield* lengthBy(best)) ? paired : best;
}

/** Windows spread evenly, each a multiple of four bytes from the start, so that places in records stay what they are. */
function sampleOf(input: Uint8Array): Uint8Array {
  if (input.length <= WINDOWS * WINDOW) return input;
  const stride = (input.length - WINDOW) / (WINDOWS - 1);
  const sample = new Uint8Array(WINDOWS * WINDOW);
  for (let i = 0; i < WINDOWS; i++) {
    const start = Math.floor((i * stride) / 4) * 4;
    sample.set(input.subarray(start, start + WINDOW), i * WINDOW);
  }
  return sample;
}
