import { expect, test } from "@jest/globals";
import { fromLetters, packText, toLetters, unpackText } from "../src/shared/packed-text.ts";
import { formatRoute, parseRoute, statedSettings, withSetting } from "../src/shared/routes.ts";

test("an address says the view and its settings", () => {
  expect(parseRoute("#/microscope?a=text&b=text-best")).toEqual({
    view: "microscope",
    settings: { a: "text", b: "text-best" },
  });
});

test.each(["", "#", "#/", "#/elsewhere", "#main"])("%j leads to the first view", (hash) => {
  expect(parseRoute(hash)).toEqual({ view: "compress", settings: {} });
});

test("a route survives being an address, whatever its settings hold", () => {
  const route = { view: "compress", settings: { level: "9", odd: "a&b=c?d#é ü" } } as const;
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

test("a view can be shown within another page", () => {
  const route = { view: "microscope", settings: { a: "text" }, isEmbedded: true } as const;
  expect(parseRoute("#embed?a=text")).toEqual(route);
  expect(parseRoute(formatRoute(route))).toEqual(route);
});

test("what is as it is by default is left out of an address", () => {
  expect(statedSettings({ level: 5, method: "dna" }, { level: 5, method: "auto" })).toEqual({ method: "dna" });
  expect(statedSettings({ a: "x", b: undefined }, { a: "y", b: undefined })).toEqual({ a: "x" });
});

test.each(["", "a", "naïve — 🇨🇭 ".repeat(500)])("text %# survives being part of an address", async (text) => {
  const packed = await packText(text);
  expect(packed).toMatch(/^[\w-]*$/);
  expect(await unpackText(packed, 100_000)).toBe(text);
});

test("text of an address is cut where it gets too long, and refused where it is damaged", async () => {
  expect(await unpackText(await packText("a".repeat(100_000)), 10)).toBe("a".repeat(10));
  await expect(unpackText("!", 10)).rejects.toThrow();
  await expect(unpackText("AAAA", 10)).rejects.toThrow();
});

test("bytes are letters of addresses, and come back from base64 as well", () => {
  const bytes = Uint8Array.of(0xfb, 0xff, 0x00);
  expect(toLetters(bytes)).toBe("-_8A");
  expect([...fromLetters("+/8A")]).toEqual([...bytes]);
  expect([...fromLetters(toLetters(bytes))]).toEqual([...bytes]);
});

test("a setting without a value is not in the address", () => {
  expect(formatRoute({ view: "compress", settings: withSetting({ level: "9" }, "level", undefined) })).toBe(
    "#/compress",
  );
  expect(withSetting({ level: "9" }, "method", "dna")).toEqual({ level: "9", method: "dna" });
});
