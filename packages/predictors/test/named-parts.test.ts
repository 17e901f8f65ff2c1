import { describe, expect, test } from "@jest/globals";
import { DESCRIPTIONS, MIX_MODELS } from "./support/kernel.ts";

type Model = Readonly<Record<string, readonly string[]>>;

const script = new URL("../../../scripts/named-parts.mjs", import.meta.url).href;
const { NamedParts, KINDS } = (await import(script)) as {
  readonly KINDS: readonly string[];
  readonly NamedParts: new (model: Model) => { replace(source: string, file: string): string; check(): void };
};

/** A model of these contexts and no other parts. */
function modelOf(...contexts: string[]): Model {
  return { ...Object.fromEntries(KINDS.map((kind) => [kind, []])), contexts };
}

describe("a part's name", () => {
  const source = 'context("order-1", last4 & 0xff, 1);\ncontext("word", word0, 2);';

  test("becomes its place in the model's list, or −1", () => {
    expect(new NamedParts(modelOf("word")).replace(source, "a.ts")).toBe(
      "context(-1, last4 & 0xff, 1);\ncontext(0, word0, 2);",
    );
  });

  test("that is asked for becomes true or false", () => {
    const parts = new NamedParts(modelOf("word"));
    parts.replace(source, "a.ts");
    expect(parts.replace('has("contexts", "word") || has("contexts", "order-1")', "b.ts")).toBe("true || false");
  });

  test("says whether the model has a part of the file", () => {
    const parts = new NamedParts(modelOf("word"));
    expect(parts.replace(`${source}\nusesThisFile()`, "a.ts")).toMatch(/true$/);
    expect(parts.replace('context("order-2", 0, 3);\nusesThisFile()', "b.ts")).toMatch(/false$/);
  });

  test("stops the build if the kernel has it twice", () => {
    const parts = new NamedParts(modelOf("word"));
    parts.replace(source, "a.ts");
    expect(() => parts.replace('context("word", 0, 3);', "b.ts")).toThrow(
      'b.ts: contexts: "word" is defined already, in a.ts',
    );
  });

  test.each([
    ["a model", modelOf("wrod"), source],
    ["a question", modelOf(), `${source}\nhas("contexts", "wrod")`],
  ])("stops the build if %s has it and the kernel has not", (_who, model, all) => {
    const parts = new NamedParts(model);
    parts.replace(all, "a.ts");
    expect(() => {
      parts.check();
    }).toThrow('contexts: the kernel has no "wrod", but order-1, word');
  });

  test("stands in a list of a model once", () => {
    for (const model of MIX_MODELS) {
      for (const kind of KINDS) {
        const names = (DESCRIPTIONS[model] as unknown as Model)[kind];
        expect(new Set(names).size).toBe(names.length);
      }
    }
  });
});
