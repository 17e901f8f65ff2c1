import { describe, expect, test } from "@jest/globals";
import { finish } from "@pith/core/steps";
import { samples } from "../src/methods/samples/index.ts";
import { STRENGTHS } from "../src/methods/samples/parameters.ts";
import { PLAIN, type SampleShape } from "../src/bytes/sample-shape.ts";
import { noise } from "./helpers/content.ts";
import { encodeByReference } from "./helpers/samples-reference.ts";

const SIZES = [
  { slots: 8, tableBits: 8 },
  { slots: 18, tableBits: 10 },
];

interface Content {
  readonly shape: SampleShape;
  readonly bytes: Uint8Array;
}

/** Rows of a picture of 8 bits, and bytes that fill each up. @param at the sample of a place and a channel */
function picture(
  [wide, high, channels]: readonly [number, number, number],
  at: (x: number, y: number, channel: number) => number,
  filling = 0,
): Content {
  const row = wide * channels + filling;
  const bytes = Uint8Array.from({ length: row * high }, (_, n) => {
    const place = n % row;
    const x = Math.floor(place / channels);
    return x < wide ? at(x, Math.floor(n / row), place % channels) : 0;
  });
  return { shape: { ...PLAIN, channels, row }, bytes };
}

/** Samples as bytes. */
function stored(values: readonly number[], shape: SampleShape): Content {
  const { bytes, big } = shape;
  const all = values.flatMap((value) => {
    const lowestFirst = Array.from({ length: bytes }, (_, i) => (value >> (8 * i)) & 0xff);
    return big ? lowestFirst.reverse() : lowestFirst;
  });
  return { shape, bytes: Uint8Array.from(all) };
}

/** Moments of sound: in each channel a wave of its own, and noise. @param shift how loud, in bits */
function sound(moments: number, shift: number, shape: Partial<SampleShape>): Content {
  const whole = { ...PLAIN, bytes: 2, signed: true, ...shape };
  const { channels } = whole;
  const random = noise(moments * channels, moments);
  const values = Array.from(random, (byte, n) => {
    const moment = Math.floor(n / channels);
    const period = 40 + 7 * (n % channels);
    const slope = Math.abs((moment % period) - period / 2) - period / 4;
    return Math.round((slope * 2 ** shift) / 8) + (((byte - 128) << shift) >> 9);
  });
  return stored(values, whole);
}

const grain = noise(65_536, 7);
const grainAt = (n: number, most: number): number => grain[n & 0xffff] % most;

const GREY = picture([61, 40, 1], (x, y) => 3 * x + 2 * y + grainAt(61 * y + x, 8));
const COLOURS = picture([30, 30, 3], (x, y, channel) => {
  const common = 60 + 2 * x + y + grainAt(30 * y + x, 5);
  return common + 20 * channel + grainAt(7919 * channel + 30 * y + x, 3);
});
/** Tiles of eight by eight pixels, of which every other is flat. */
const TILES = picture([48, 32, 4], (x, y, channel) => {
  const isFlat = ((x >> 3) + (y >> 3)) % 2 === 0;
  if (channel === 3) return isFlat ? 128 : 255;
  return isFlat ? 40 * channel : 50 * grainAt(8 * (y & 7) + (x & 7), 4) + channel;
});

const CONTENTS: Readonly<Record<string, Content>> = {
  "a grey picture": GREY,
  "a picture of three channels": COLOURS,
  "flat areas and tiles of four channels": TILES,
  "rows that are filled up": picture(
    [21, 30, 3],
    (x, y, channel) => 4 * x + 3 * y + 9 * channel + grainAt(21 * y + x, 6),
    1,
  ),
  "rows of one pixel, more than are kept": picture([1, 2800, 3], (_, y, channel) => (y >> 4) + channel + grainAt(y, 3)),
  "rows of a pixel and a part of one": picture(
    [1, 400, 3],
    (_, y, channel) => (y >> 2) + 5 * channel + grainAt(y, 3),
    1,
  ),
  "a picture of 16 bits, higher bytes first": stored(
    Array.from({ length: 40 * 25 }, (_, n) => 30_000 + 300 * (n % 40) + 40 * Math.floor(n / 40) + grainAt(n, 100)),
    { ...PLAIN, bytes: 2, big: true, row: 40 },
  ),
  "a picture of 24 bits": stored(
    Array.from({ length: 30 * 20 }, (_, n) => 16_700_000 + 2000 * (n % 30) - grainAt(n, 2) * 9_000_000),
    { ...PLAIN, bytes: 3, signed: true, row: 30 },
  ),
  "sound of two channels, more than is kept": sound(4200, 3, { channels: 2 }),
  "sound of two channels, higher bytes first": sound(600, 11, { channels: 2, big: true }),
  "sound of eight channels": sound(150, 8, { channels: 8 }),
  "sound of 24 bits": sound(800, 19, { bytes: 3 }),
  "sound of 8 bits without a sign": sound(900, 3, { bytes: 1, signed: false }),
  "sound that is as loud as can be": stored(
    Array.from({ length: 600 }, (_, n) => (n % 23 < 11 ? 32_767 : -32_768)),
    { ...PLAIN, bytes: 2, signed: true },
  ),
  silence: { shape: { ...PLAIN, bytes: 2, signed: true, channels: 2 }, bytes: new Uint8Array(2400) },
  "noise in a shape that it does not have": {
    shape: { bytes: 2, big: true, signed: true, channels: 5, row: 37 },
    bytes: noise(1500, 3),
  },
  "noise of 24 bits": { shape: { ...PLAIN, bytes: 3, signed: true, channels: 3, row: 50 }, bytes: noise(900, 4) },
  "less than a row": { shape: { ...PLAIN, channels: 3, row: 3000 }, bytes: COLOURS.bytes.subarray(0, 1000) },
  "bytes behind the last sample": {
    shape: { ...PLAIN, bytes: 3, signed: true, channels: 2 },
    bytes: GREY.bytes.subarray(0, 1001),
  },
  "no whole sample": { shape: { ...PLAIN, bytes: 3, signed: true }, bytes: Uint8Array.of(200, 1) },
  nothing: { shape: PLAIN, bytes: new Uint8Array(0) },
};

describe.each(SIZES.map((size, strength) => ({ strength, ...size })))(
  "the model of samples, strength $strength",
  ({ strength, ...size }) => {
    test.each(Object.entries(CONTENTS))("codes %s as the reference does", (_, { shape, bytes }) => {
      const parameters = { strength, tableBits: size.tableBits, shape };
      const payload = finish(samples.encodeBlock(bytes, parameters));
      expect(payload).toEqual(encodeByReference(bytes, shape, size));
      expect(finish(samples.decodeBlock(payload, bytes.length, parameters, 0))).toEqual(bytes);
    });

    test("has as many contexts as its memory is stated for", () => {
      expect(STRENGTHS[strength].contexts).toBe(size.slots);
    });
  },
);
