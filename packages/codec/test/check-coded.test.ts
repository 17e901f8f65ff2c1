import { describe, expect, jest, test } from "@jest/globals";
import { withExecutor } from "@pith/core/workers";
import { compress, compressSync } from "../src/compress.ts";
import { decompress } from "../src/decompress.ts";
import { checkCoded, checkCodedSync } from "../src/run/check-coded.ts";
import { MAGIC } from "../src/format/constants.ts";
import { compressSettings, type CompressOptions } from "../src/plan/options.ts";
import { weights } from "../src/methods/weights/index.ts";
import { executorFor } from "../src/workers/program.ts";
import { gzipSync } from "node:zlib";
import { joined, noise, prose } from "./helpers/content.ts";

/** Values of which the upper bytes are alike. */
const values = noise(8192, 5).map((byte, i) => (i % 2 === 0 ? byte : 0x3c | (byte & 3)));
const AS_VALUES = { kind: "weights:bf16", level: 1 } as const;

/** The block of a file that has one: what follows it is not looked at. */
function blockOf(content: Uint8Array, options: CompressOptions): Uint8Array {
  return compressSync(content, options).slice(MAGIC.length);
}

/** The error of checking a block, if there is one; both ways must say the same. */
async function outcome(coded: Uint8Array, options: CompressOptions): Promise<unknown> {
  const settings = compressSettings(options);
  const executor = executorFor(0, coded.length);
  const later = await withExecutor(executor, undefined, () => checkCoded(coded, 0, settings, executor)).catch(
    (error: unknown) => error,
  );
  let now: unknown;
  try {
    checkCodedSync(coded, 0, settings);
  } catch (error) {
    now = error;
  }
  expect(now).toEqual(later);
  return later;
}

describe("a coded block that is damaged before it is given out", () => {
  const damaged = (content: Uint8Array, options: CompressOptions): Uint8Array => {
    const block = blockOf(content, options);
    block[Math.floor(block.length / 3)] ^= 4;
    return block;
  };
  const FAILURE = { code: "checksum-mismatch", problem: "what was coded does not decode to the content" };

  test("is refused where all blocks are checked", async () => {
    const block = damaged(prose(400), { level: 1 });
    expect(await outcome(block, { verify: true })).toMatchObject(FAILURE);
  });

  test("is refused where blocks of weights are, and it is one", async () => {
    const block = damaged(values, AS_VALUES);
    expect(await outcome(block, { ...AS_VALUES, verify: "weights" })).toMatchObject(FAILURE);
  });

  test("is refused where weights are a part of it", async () => {
    const array = joined(
      Uint8Array.of(0x93),
      new TextEncoder().encode("NUMPY\u0001\u0000v\u0000"),
      new TextEncoder().encode(`${"{'descr': '<f2', 'fortran_order': False, 'shape': (4096,), }".padEnd(117)}\n`),
      values,
    );
    const block = damaged(gzipSync(array), { level: 1 });
    expect(await outcome(block, { verify: "weights" })).toMatchObject(FAILURE);
    expect(await outcome(block, {})).toBeUndefined();
  });

  test("passes where it is not to be checked", async () => {
    expect(await outcome(damaged(values, AS_VALUES), AS_VALUES)).toBeUndefined();
    expect(await outcome(damaged(prose(400), { level: 1 }), { verify: "weights" })).toBeUndefined();
  });
});

test.each([
  ["values", values, AS_VALUES],
  ["text", prose(500), { level: 5 }],
  ["deduplicated text", prose(500), { level: 1, method: "dedupe" }],
  ["bytes by a network", prose(60), { method: "neural" }],
  ["noise", noise(600), {}],
  ["nothing", new Uint8Array(0), {}],
] as const)("checking changes nothing of the file: %s", async (_, content, options) => {
  const plain = compressSync(content, options);
  expect(compressSync(content, { ...options, verify: true })).toEqual(plain);
  const checked = await compress(content, { ...options, verify: true, threads: 2 });
  expect(checked).toEqual(plain);
  expect(await decompress(checked)).toEqual(content);
});

test("with weights, what is coded as such is decoded again, and nothing else", () => {
  const decodeBlock = jest.spyOn(weights, "decodeBlock");
  try {
    compressSync(values, AS_VALUES);
    expect(decodeBlock).not.toHaveBeenCalled();
    compressSync(values, { ...AS_VALUES, verify: "weights" });
    expect(decodeBlock).toHaveBeenCalledTimes(1);
    compressSync(prose(300), { level: 1, verify: "weights" });
    expect(decodeBlock).toHaveBeenCalledTimes(1);
  } finally {
    decodeBlock.mockRestore();
  }
});

test("a block that takes all memory that is allowed is checked all the same", () => {
  const content = prose(300);
  const memoryLimit = 2 ** 28;
  expect(compressSync(content, { level: 5, memoryLimit, verify: true })).toHaveLength(
    compressSync(content, { level: 5, memoryLimit }).length,
  );
});
