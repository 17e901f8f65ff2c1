import { beforeAll, describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { loadModels } from "../src/methods/load-models.ts";
import type { CompressOptions } from "../src/plan/options.ts";

interface Golden {
  readonly text: string;
  readonly options: CompressOptions;
  /** Hexadecimal. */
  readonly coded: string;
}

const { files } = JSON.parse(readFileSync(new URL("golden/letters.json", import.meta.url), "utf8")) as {
  readonly files: readonly (Golden & { readonly version1?: string })[];
};

function bytesOf(hexadecimal: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hexadecimal, "hex"));
}

describe("golden files of letter pairs", () => {
  beforeAll(() => loadModels());

  test.each(files)("of $text, $options", ({ text, options, coded, version1 = coded }) => {
    const content = new TextEncoder().encode(text);
    expect(compressSync(content, options)).toEqual(bytesOf(coded));
    expect(decompressSync(bytesOf(coded))).toEqual(content);
    expect(decompressSync(bytesOf(version1))).toEqual(content);
  });
});
