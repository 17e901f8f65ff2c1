import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { readFileSync } from "node:fs";
import { compressSync } from "../src/compress.ts";
import { decompress } from "../src/decode/index.ts";
import { mix } from "../src/decode/mix.ts";
import { open } from "../src/decode/open.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { bases, joined, noise, prose } from "./helpers/content.ts";
import { gzipped } from "./helpers/packed.ts";
import { picture } from "./helpers/pictures.ts";
import { versions } from "./helpers/repeats.ts";

const text = prose(40_000);
const records = Uint8Array.from({ length: 40_000 }, (_, i) => (i % 8 < 4 ? (i >> 5) & 0xff : 7 * (i % 8)));
const repeated = versions(joined(prose(30_000), noise(20_000)), 8);

/** What the decoder throws at a file. */
async function refusal(file: Uint8Array, options = {}): Promise<unknown> {
  return await decompress(file, options).then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function methodsOf(file: Uint8Array): Promise<Set<string>> {
  const { frames } = await info(file);
  const blocks = frames.flatMap((frame) => frame.blocks);
  return new Set(blocks.flatMap(({ method, parts }) => [method, ...parts.map((part) => part.method)]));
}

describe.each([1, 2, 3])("a decoder by itself reads what level %i makes", (level) => {
  test.each([
    ["of text", text, {}],
    ["of records", records, {}],
    ["of noise", noise(5000), {}],
    ["of text and noise", joined(text, noise(70_000), text), {}],
    ["of nothing", new Uint8Array(0), {}],
    ["of what comes again", repeated, { method: "dedupe", blockSize: 2 ** 16 }],
    ["in several blocks", text, { blockSize: 8192 }],
  ] as const)("%s", async (_, content, options) => {
    const file = compressSync(content, { level, ...options });
    expect(Buffer.compare(await decompress(file), content)).toBe(0);
  });
});

test("a decoder by itself gives golden files of the fast methods as the whole decoder does", async () => {
  const folder = new URL("golden/", import.meta.url);
  const cases = JSON.parse(readFileSync(new URL("cases.json", folder), "utf8")) as { name: string }[];
  let fast = 0;
  for (const { name } of cases) {
    const file = new Uint8Array(readFileSync(new URL(`${name}.pith`, folder)));
    const methods = await methodsOf(file);
    if (!methods.has("lz") && !methods.has("ppm")) continue;
    if ([...methods].some((method) => !["stored", "lz", "ppm", "split"].includes(method))) continue;
    const needsOpen = (await info(file)).frames.some(({ blocks }) =>
      blocks.some(({ transforms }) => transforms.includes("open")),
    );
    fast++;
    const content = await decompress(file, needsOpen ? { decoders: [open] } : {});
    expect(Buffer.compare(content, decompressSync(file))).toBe(0);
  }
  expect(fast).toBeGreaterThan(8);
});

test("files may follow each other", async () => {
  const files = [compressSync(text, { level: 1 }), compressSync(records, { level: 3 })];
  expect(Buffer.compare(await decompress(joined(...files)), joined(text, records))).toBe(0);
});

describe("what is not there is named, with what to import", () => {
  const gzip = gzipped(text);

  test.each([
    ["context mixing", compressSync(text, { level: 4 }), "@pith/codec/decode/mix", mix, text],
    ["nucleotides", compressSync(bases(4000), { level: 1 }), "@pith/codec/decode/mix", mix, bases(4000)],
    ["what was opened", compressSync(gzip, { level: 1 }), "@pith/codec/decode/open", open, gzip],
    [
      "a picture",
      compressSync(picture("baseline-420"), { method: "jpeg" }),
      "@pith/codec/decode/open",
      open,
      picture("baseline-420"),
    ],
  ] as const)("%s", async (_, file, entry, family, content) => {
    const error = await refusal(file);
    expect(error).toMatchObject({ code: "unknown-method", expected: expect.stringContaining(entry) as unknown });
    expect(Buffer.compare(await decompress(file, { decoders: [family] }), content)).toBe(0);
  });

  test("a network needs all of the codec", async () => {
    const file = compressSync(text.subarray(0, 2000), { method: "neural", level: 1 });
    expect(await refusal(file, { decoders: [mix, open] })).toMatchObject({
      code: "unknown-method",
      expected: expect.stringContaining('"@pith/codec"') as unknown,
    });
  });

  test("what nobody has is told by its id", async () => {
    expect(await refusal(Uint8Array.of(0x8f, 0x70, 0xae, 1))).toMatchObject({
      code: "unknown-method",
      got: "method 14",
    });
  });
});

test("damage is found", async () => {
  for (const level of [1, 3]) {
    const file = compressSync(text, { level });
    for (let i = 0; i < 24; i++) {
      const at = Math.floor((i * file.length) / 24);
      const damaged = file.slice();
      damaged[at] ^= 1 << (i & 7);
      expect(await refusal(damaged)).toBeInstanceOf(PithError);
      expect(await refusal(file.subarray(0, at))).toBeInstanceOf(PithError);
    }
  }
});

test("content has the bounds that the caller sets", async () => {
  const file = compressSync(text, { level: 1 });
  expect(await refusal(file, { maxLength: text.length - 1 })).toMatchObject({ code: "length-limit" });
  expect(await refusal(file, { memoryLimit: text.length })).toMatchObject({ code: "memory-limit" });
  expect(await refusal(file, { maxLength: -1 })).toBeInstanceOf(RangeError);
});

test("progress ends at the content's length, and an abort ends decoding with its reason", async () => {
  const file = compressSync(text, { level: 3, blockSize: 8192 });
  const reports: (number | undefined)[] = [];
  await decompress(file, { onProgress: ({ done, total }) => reports.push(done, total) });
  expect(reports.slice(-2)).toEqual([text.length, text.length]);
  expect(reports[1]).toBe(text.length);

  const controller = new AbortController();
  const reason = new Error("enough");
  const onProgress = (): void => {
    controller.abort(reason);
  };
  expect(await refusal(file, { signal: controller.signal, onProgress })).toBe(reason);
  expect(Buffer.compare(await decompress(file), text)).toBe(0);
});
