import { describe, expect, test } from "@jest/globals";
import { instantiateKernel } from "@pith/core";
import { finish } from "@pith/core/steps";
import { Coefficients } from "../src/methods/jpeg/coefficients.ts";
import type { Component, Frame } from "../src/methods/jpeg/frame.ts";
import { STRENGTHS } from "../src/methods/jpeg/parameters.ts";
import { noise } from "./helpers/content.ts";
import { encodeByReference, type Plane } from "./helpers/jpeg-reference.ts";

const SIZES = [
  { slots: 6, directs: 5, sets: 2, tableBits: 10 },
  { slots: 24, directs: 5, sets: 3, tableBits: 11 },
];

/** Blocks that resemble each other: some low coefficients, few high ones, and now and then a large one. */
function planeOf(wide: number, high: number, seed: number, scale: number): Plane {
  const random = noise(wide * high * 64 * 2, seed);
  const blocks = Array.from({ length: wide * high }, (_, n) =>
    Array.from({ length: 64 }, (_, place) => {
      const [a, b] = random.subarray(2 * (64 * n + place));
      const reach = scale / (1 + (place & 7) + (place >> 3)) ** 2;
      const value = Math.round(((a - 128) / 128) * reach);
      return Math.max(-32_768, Math.min(32_767, b < 3 ? value * 40 : value));
    }),
  );
  const quantisation = Array.from({ length: 64 }, (_, place) => 3 + 2 * ((place & 7) + (place >> 3)));
  return { wide, high, blocks, quantisation };
}

function encodeByKernel(planes: readonly Plane[], strength: number, tableBits: number): Uint8Array {
  let blocks = 0;
  const components = planes.map(({ wide, high }, id): Component => {
    const start = 64 * blocks;
    blocks += wide * high;
    return { id, across: 1, down: 1, quantisation: 0, wide, high, ownWide: wide, ownHigh: high, start };
  });
  const frame: Frame = { progressive: false, components, mcusWide: 0, mcusHigh: 0, blocks };
  const coefficients = new Coefficients(instantiateKernel(STRENGTHS[strength].kernel), frame, tableBits);
  coefficients.values.set(planes.flatMap((plane) => plane.blocks.flat()));
  planes.forEach(({ quantisation }, n) => coefficients.quantise(n, Uint16Array.from(quantisation)));
  return finish(coefficients.encode());
}

/** A gray picture; one with colours at half of its size; four planes; large numbers; coarse steps. */
const PICTURES: Readonly<Record<string, readonly Plane[]>> = {
  "one plane": [planeOf(5, 4, 1, 30)],
  "three planes, two of them smaller": [planeOf(4, 4, 2, 40), planeOf(2, 2, 3, 12), planeOf(2, 2, 4, 12)],
  "four planes": [5, 6, 7, 8].map((seed) => planeOf(2, 2, seed, 20)),
  "large numbers": [planeOf(2, 2, 9, 20_000)],
  "coarse steps": [{ ...planeOf(2, 2, 10, 9000), quantisation: Array.from({ length: 64 }, () => 60_000) }],
  "nothing at all": [{ ...planeOf(5, 3, 11, 0), quantisation: new Array<number>(64).fill(0) }],
};

describe.each(SIZES.map((size, strength) => ({ strength, ...size })))(
  "the model of coefficients, strength $strength",
  ({ strength, ...size }) => {
    test.each(Object.entries(PICTURES))("codes %s as the reference does", (_, planes) => {
      expect(encodeByKernel(planes, strength, size.tableBits)).toEqual(encodeByReference(planes, size));
    });

    test("has as many contexts as its memory is stated for", () => {
      expect(STRENGTHS[strength].contexts).toBe(size.slots);
    });
  },
);
