import { describe, expect, test } from "@jest/globals";
import { view } from "@pith/core/coding";
import { PithError } from "@pith/core";
import { BinaryEncoder } from "@pith/entropy";
import fc from "fast-check";
import { messageEscapes } from "../src/messages/escapes.ts";
import { decodeMessage, encodeMessage, type MessageOptions } from "../src/messages/message.ts";
import { loadMessageModels } from "../src/messages/models.ts";
import { packUnits, unpackUnits } from "../src/messages/units.ts";
import { ENGLISH, texts } from "./helpers/english.ts";
import { encodeLetters } from "./reference/letters.ts";
import { writeText, type Coding } from "./reference/text.ts";
import { encodeUnits } from "./reference/units.ts";

const english = new TextEncoder().encode(ENGLISH);
const MESSAGE = "Hey, are you coming to the party on Friday? I'll be there at 8, bring some food!";

const WAYS: readonly MessageOptions[] = [
  { bits: 4, form: "plain" },
  { bits: 4, form: "modelled" },
  { bits: 3, form: "plain" },
  { bits: 3, form: "modelled" },
];

describe.each(WAYS)("$bits bits, $form", (way) => {
  test("every text and all bytes come back, with a byte of overhead at most", async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const message = await encodeMessage(text, way);
        expect(message.length).toBeLessThanOrEqual(text.length + 1);
        expect(await decodeMessage(message)).toEqual(text);
      }),
      { seed: 8, numRuns: 40 },
    );
  });

  test("a lossy message keeps everything but letters, and is no longer", async () => {
    const exact = await encodeMessage(MESSAGE, way);
    const lossy = await encodeMessage(MESSAGE, { ...way, lossy: true });
    const text = new TextDecoder().decode(await decodeMessage(lossy));
    expect(lossy.length).toBeLessThanOrEqual(exact.length);
    const withoutLetters = (from: string): string => from.replace(/[a-z]/gu, "a").replace(/[A-Z]/gu, "A");
    expect(withoutLetters(text)).toBe(withoutLetters(MESSAGE));
  });

  test("truncations, damage and bytes that nobody wrote are an error or a text, and end", async () => {
    const message = await encodeMessage(MESSAGE, way);
    const attempt = async (bytes: Uint8Array): Promise<void> => {
      try {
        expect((await decodeMessage(bytes)).length).toBeLessThanOrEqual(16_384);
      } catch (error) {
        expect(error).toBeInstanceOf(PithError);
      }
    };
    for (let length = 0; length < message.length; length++) await attempt(message.subarray(0, length));
    for (let bit = 0; bit < 8 * message.length; bit++) {
      const damaged = message.slice();
      damaged[bit >> 3] ^= 1 << (bit & 7);
      await attempt(damaged);
    }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), (body) => attempt(Uint8Array.of(message[0], ...body))),
      { seed: 9, numRuns: 100 },
    );
  });
});

test("units under their model are coded as the plain version codes them, letters behind them", async () => {
  const { groups, resolver, units: model } = await loadMessageModels(4);
  const coding: Coding = { bits: 4, groups, escapes: messageEscapes(4, true) };
  const text = english.subarray(0, 500);
  const { units, cells } = writeText(text, coding);
  const end = coding.escapes.indexOf("{end}");
  const encoder = new BinaryEncoder();
  encodeUnits(encoder, coding, model, [...units, 15, end]);
  const known = cells.map((cell) => (cell >= 256 + 13 ? groups[cell - 256].charCodeAt(0) : cell));
  const small = text.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte));
  encodeLetters(encoder, resolver, known, small, true);
  const expected = encoder.finish();
  const { messageKernel } = await import("../src/messages/kernel.ts");
  const kernel = await messageKernel(4, true);
  view(kernel, kernel.textAddress(), text.length).set(text);
  const length = kernel.encodeModelled(text.length, true, true);
  expect(view(kernel, kernel.codedAddress(), length)).toEqual(expected);
});

test("units of 3 bits are coded as the plain version codes them", async () => {
  const { groups, units: model } = await loadMessageModels(3);
  const coding: Coding = { bits: 3, groups, escapes: messageEscapes(3, true) };
  const text = english.subarray(0, 400);
  const { units } = writeText(text, coding);
  const encoder = new BinaryEncoder();
  encodeUnits(encoder, coding, model, [...units, 7, coding.escapes.indexOf("{end}")]);
  const { messageKernel } = await import("../src/messages/kernel.ts");
  const kernel = await messageKernel(3, true);
  view(kernel, kernel.textAddress(), text.length).set(text);
  const length = kernel.encodeModelled(text.length, false, false);
  expect(view(kernel, kernel.codedAddress(), length)).toEqual(encoder.finish());
});

test("the shorter form is taken, and text that shouts costs what other text does", async () => {
  const lengths = await Promise.all(WAYS.slice(0, 2).map(async (way) => (await encodeMessage(MESSAGE, way)).length));
  expect(await encodeMessage(MESSAGE)).toHaveLength(Math.min(...lengths));
  const shouted = await encodeMessage(MESSAGE.toUpperCase());
  expect(shouted.length).toBeLessThan(1.5 * Math.min(...lengths));
});

test("the empty text is a byte, and no bytes are no message", async () => {
  expect(await encodeMessage("")).toHaveLength(1);
  expect(await decodeMessage(await encodeMessage(""))).toHaveLength(0);
  await expect(decodeMessage(new Uint8Array(0))).rejects.toMatchObject({ code: "truncated", offset: 0 });
});

test("messages of other models and forms that there are not are named", async () => {
  await expect(decodeMessage(Uint8Array.of(0x21, 1, 2))).rejects.toMatchObject({ code: "unsupported-version", got: 1 });
  await expect(decodeMessage(Uint8Array.of(0x07, 1, 2))).rejects.toMatchObject({ code: "invalid-field", got: 7 });
  await expect(decodeMessage(Uint8Array.of(0x08, 1, 2))).rejects.toMatchObject({ code: "invalid-field", got: 8 });
});

test("misuse shows both sides", async () => {
  await expect(encodeMessage("x", { bits: 5 as 4 })).rejects.toThrow("bits: expected 3 or 4, got 5");
  await expect(encodeMessage("x", { form: "short" as "plain" })).rejects.toThrow(
    /form: expected "plain" or "modelled"/u,
  );
  await expect(encodeMessage("x".repeat(16_385))).rejects.toThrow("text: expected at most 16384 bytes, got 16385");
  await expect(encodeMessage(7 as unknown as string)).rejects.toBeInstanceOf(TypeError);
  await expect(encodeMessage("half \udc00")).rejects.toMatchObject({ code: "invalid-field", offset: 5 });
});

test("units are packed and unpacked, and what is left of a byte is ones", () => {
  for (const bits of [3, 4]) {
    for (let count = 0; count < 20; count++) {
      const units = Uint8Array.from({ length: count }, (_, i) => (i * 5) % 2 ** bits);
      const packed = packUnits(units, bits);
      const unpacked = unpackUnits(packed, bits);
      expect(unpacked.subarray(0, count)).toEqual(units);
      expect([...unpacked.subarray(count)].every((unit) => unit === 2 ** bits - 1)).toBe(true);
    }
  }
});
