import { expect, test } from "@jest/globals";
import { formatRoute, parseRoute, withSetting } from "../src/shared/routes.ts";

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

test("a setting without a value is not in the address", () => {
  expect(formatRoute({ view: "compress", settings: withSetting({ level: "9" }, "level", undefined) })).toBe(
    "#/compress",
  );
  expect(withSetting({ level: "9" }, "method", "dna")).toEqual({ level: "9", method: "dna" });
});
