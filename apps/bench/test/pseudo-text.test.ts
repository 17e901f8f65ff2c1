import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { kindOf } from "../src/measure/kind.ts";
import { pseudoText } from "../src/measure/pseudo-text.ts";

test("pseudo-text is the same on every machine", () => {
  const digest = createHash("sha256").update(pseudoText(100_000, 1)).digest("hex");
  expect(digest).toBe("fc9be8d346bebe29a34f5334875ddff5c9685487a71f279cdd0105acb8b35232");
});

test("a longer pseudo-text goes on where a shorter one ends, and another seed gives another", () => {
  expect(pseudoText(10_000, 1).subarray(0, 500)).toEqual(pseudoText(500, 1));
  expect(pseudoText(500, 2)).not.toEqual(pseudoText(500, 1));
});

test("kinds are told by their bytes", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  expect(kindOf(pseudoText(5000, 1))).toBe("text");
  expect(kindOf(bytes("Grüße, 世界\r\n\t"))).toBe("text");
  expect(kindOf(bytes("ACGTTGCANNNacgt\n".repeat(20)))).toBe("dna");
  expect(kindOf(new Uint8Array(100))).toBe("binary");
  expect(kindOf(new Uint8Array(0))).toBe("text");
});
