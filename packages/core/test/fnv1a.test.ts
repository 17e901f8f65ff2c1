import { expect, test } from "@jest/globals";
import { fnv1a } from "../src/index.ts";

/** From the test vectors of RFC 9923 and of its authors' page. */
const VECTORS: readonly [string, number][] = [
  ["", 0x811c9dc5],
  ["a", 0xe40c292c],
  ["foobar", 0xbf9cf968],
  ["chongo was here!\n", 0xd49930d5],
];

test.each(VECTORS)("FNV-1a of %j", (text, hash) => {
  expect(fnv1a(new TextEncoder().encode(text))).toBe(hash);
});

test("FNV-1a goes on from the hash of what came before", () => {
  expect(fnv1a(Buffer.from("bar"), fnv1a(Buffer.from("foo")))).toBe(0xbf9cf968);
});
