import { describe, expect, test } from "@jest/globals";
import { existsSync, readFileSync } from "node:fs";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { loadModels } from "../src/methods/load-models.ts";
import type { CompressOptions } from "../src/plan/options.ts";

interface Case {
  readonly name: string;
  /** Name of the file with the content. */
  readonly content: string;
  readonly options: CompressOptions;
  /** False where a later encoder writes something else. */
  readonly encoder?: false;
}

const folder = new URL("golden/", import.meta.url);

function read(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

function exists(name: string): boolean {
  return existsSync(new URL(name, folder));
}

await loadModels("mix-english", "neural-english", "neural-bases");

const cases = JSON.parse(new TextDecoder().decode(read("cases.json"))) as Case[];

describe.each(cases)("the golden file $name", ({ name, content, options, encoder = true }) => {
  const versions = ["version-1/", ""].map((folder) => `${folder}${name}.pith`).filter(exists);

  test.each(versions)("decodes to its content: %s", (file) => {
    expect(decompressSync(read(file), { memoryLimit: 2 ** 31 })).toEqual(read(content));
  });

  if (encoder) {
    test("is what the encoder writes", () => {
      expect(compressSync(read(content), options)).toEqual(read(`${name}.pith`));
    });
  }
});
