import { expect, test } from "@jest/globals";
import { compressSync, isPith } from "@pith/codec";

test("a .pith file is known by its first bytes, of which nothing else has both", () => {
  const file = compressSync(new TextEncoder().encode("it was"), { level: 1 });
  expect(isPith(file)).toBe(true);
  expect(isPith(file.subarray(0, 2))).toBe(true);
  expect(isPith(file.subarray(0, 1))).toBe(false);
  expect(isPith(new Uint8Array())).toBe(false);
  expect(isPith(Uint8Array.of(file[0], file[1] ^ 1, 0))).toBe(false);
  expect(() => isPith("it was" as never)).toThrow("beginning: expected a Uint8Array, got");
});
