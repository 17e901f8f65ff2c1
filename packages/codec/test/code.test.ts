import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { finish } from "@pith/core/steps";
import { loadKernels } from "../src/index.ts";
import { kindOfCode } from "../src/plan/code.ts";
import { looksLikeX86 } from "../src/transforms/call.ts";

const golden = (name: string): Uint8Array => readFileSync(new URL(`golden/${name}`, import.meta.url));
/** Functions that differ; one function again and again, and a table behind it. */
const routines = golden("routines.bin");
const repeated = golden("calls.bin");
const withTable = Uint8Array.from([...repeated, ...golden("records.bin")]);

describe("models for a binary with calls that share targets", () => {
  beforeAll(() => loadKernels());

  test("are those for code below level 6", () => {
    for (const content of [routines, repeated]) {
      expect(looksLikeX86(content)).toBe(true);
      expect(finish(kindOfCode(content, 5, true))).toBe("code");
    }
  });

  test("are those that make less of a sample from there on", () => {
    for (const level of [6, 9]) {
      expect(finish(kindOfCode(routines, level, true))).toBe("code");
      expect(finish(kindOfCode(withTable, level, false))).toBe("binary");
    }
  });
});
