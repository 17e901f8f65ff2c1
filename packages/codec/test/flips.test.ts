import { describe, expect, test } from "@jest/globals";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { loadModels } from "../src/methods/load-models.ts";
import { METHOD_NAMES } from "../src/methods/registry.ts";
import { LEVELS } from "../src/plan/levels.ts";
import type { MethodName } from "../src/plan/names.ts";
import type { CompressOptions } from "../src/plan/options.ts";
import { info } from "../src/info.ts";
import { bases, joined, noise } from "./helpers/content.ts";
import { acceptedFlips } from "./helpers/files.ts";
import { bytesOf, normal } from "./helpers/tensors.ts";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** Short, and each long enough for its method; what is not named has a few letters. */
const CONTENTS: Readonly<Record<string, Uint8Array | undefined>> = {
  dna: bases(60),
  pairs: text("and then there were letters in all of the words"),
  weights: bytesOf(normal(130, 13).map((value) => Math.round(20 * value))),
};
const LETTERS = text("abracadabra".repeat(3));

/** Functions that call each other, as x86 code. */
const CALLS = Uint8Array.from(
  Array.from({ length: 24 }, (_, i) => {
    const distance = 200 - 10 * i - 8;
    return [0x55, 0x89, 0xe5, 0xe8, ...[0, 8, 16, 24].map((shift) => (distance >> shift) & 255), 0x5d, 0xc3];
  }).flat(),
);
const FASTA = `>a\r\n${"ACGTTGCAACGGTA".repeat(4)}\r\nGGNNNacgttGGCAATCG\r\n`;

const VARIANTS: readonly [string, Uint8Array, CompressOptions][] = [
  ["bases with a header, in lines that end with CR LF", text(FASTA), { method: "dna", level: 1 }],
  ["letters coded as bases are", text("abracadabra".repeat(4)), { method: "dna" }],
  ["bases in a line that ends", joined(bases(60), text("\n")), { method: "dna" }],
  [
    "pairs with all that stands among letters",
    text('He said: "I saw 1,024 of them (in LONDON)."\r\n'),
    { method: "pairs" },
  ],
  [
    "English words",
    text("The people of this country have always believed in the education of children"),
    { method: "mix", level: 1 },
  ],
  ["code that calls", CALLS, { method: "mix", kind: "binary", level: 1 }],
  ["tokens", text("abracadabra ".repeat(20)), { method: "neural", neural: { vocabulary: 12, orders: 1 } }],
  [
    "a stored network",
    text("ab".repeat(200)),
    { method: "neural", neural: { learning: "dynamic", architecture: "none", hidden: 1, epochs: 1 } },
  ],
  ["a network that is named", text("the end of it all and more"), { method: "neural", neural: { learning: "static" } }],
  ["ranks under a Huffman code", LETTERS, { method: "rank", neural: { coder: "huffman" } }],
  ["ranks for a dictionary coder", text("abracadabra".repeat(12)), { method: "rank", neural: { coder: "dictionary" } }],
  ["other rates of learning", text("abracadabra".repeat(6)), { method: "neural", level: 1, neural: { rate: 0.01 } }],
  ["parts, without what comes again", joined(...Array.from({ length: 5 }, () => noise(300))), { method: "dedupe" }],
];

/** Files that methods write at all levels: each once, with the first level that gives it. */
function filesOfLevels(): [method: string, level: number, content: Uint8Array, file: Uint8Array][] {
  return (METHOD_NAMES as readonly MethodName[]).flatMap((method) => {
    const content = CONTENTS[method] ?? LETTERS;
    const files = LEVELS.map(({ level }) => compressSync(content, { method, level, kind: "text" }));
    const texts = files.map(String);
    return LEVELS.flatMap(({ level }, i) =>
      texts.indexOf(texts[i]) < i
        ? []
        : [[method, level, content, files[i]] as [string, number, Uint8Array, Uint8Array]],
    );
  });
}

async function expectRefused(file: Uint8Array, content: Uint8Array, method: string): Promise<void> {
  expect(decompressSync(file)).toEqual(content);
  // Where the method made nothing smaller, it was not tried.
  const { frames } = await info(file);
  expect(frames[0].blocks[0].method).toBe(method);
  expect(acceptedFlips(file)).toEqual([]);
}

await loadModels();

describe("every single bit that is flipped is found", () => {
  test.each(filesOfLevels())("in a block of %s at level %d", async (method, _, content, file) => {
    await expectRefused(file, content, method);
  });

  test.each([1, 3, 6, 8, 10])("in a block of binary data at level %d", async (level) => {
    await expectRefused(compressSync(LETTERS, { method: "mix", level, kind: "binary" }), LETTERS, "mix");
  });

  test.each(VARIANTS)("in a block of %s", async (_, content, options) => {
    const method = options.method === "dedupe" ? "split" : (options.method ?? "mix");
    await expectRefused(compressSync(content, options), content, method);
  });
});
