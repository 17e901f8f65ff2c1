import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { compress } from "../src/compress.ts";
import { decompress as decodeAlone } from "../src/decode/index.ts";
import { decompress, decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import type { PriorCoder } from "../src/methods/prior/coder.ts";
import { decompressRange } from "../src/random-access/range.ts";
import { CompressStream } from "../src/streams/compress-stream.ts";
import { DecompressStream } from "../src/streams/decompress-stream.ts";
import { verify } from "../src/verify.ts";
import { noise, streamOf } from "./helpers/content.ts";

const encoder = new TextEncoder();
const text = encoder.encode(
  Array.from({ length: 12 }, (_, i) => `{"id":${i * 37},"city":"Rome","seen":${i % 2 === 0}}\n`).join(""),
);

/** Knows a text, and is no model: deflate with a dictionary. */
function priorOf(known: Uint8Array, hash: string): PriorCoder {
  return {
    hash,
    mostContent: 4000,
    encode: (content) => Promise.resolve(new Uint8Array(deflateRawSync(content, { dictionary: known }))),
    decode: (coded, offset) => {
      try {
        return Promise.resolve(new Uint8Array(inflateRawSync(coded, { dictionary: known, maxOutputLength: 4000 })));
      } catch (cause) {
        return Promise.reject(new PithError("invalid-field", "it does not inflate", { offset, cause }));
      }
    },
  };
}

const prior = priorOf(text, "0badcafe");
const other = priorOf(noise(300, 1), "00000007");
const content = text.slice(40, 300);

async function rejection(promise: Promise<unknown>): Promise<PithError> {
  const error: unknown = await promise.catch((reason: unknown) => reason);
  if (error instanceof PithError) return error;
  throw new Error("no PithError", { cause: error });
}

describe("a file of a block by a prior", () => {
  test("is shorter, and gives its content back whole, in streams, in ranges, on workers and off", async () => {
    const file = await compress(content, { prior });
    const usual = await compress(content);
    expect(file.length).toBeLessThan(usual.length / 2);
    expect((await info(file)).frames[0].blocks[0]).toMatchObject({ method: "prior", parameters: { hash: "0badcafe" } });
    for (const threads of [0, 1, 2]) expect(await decompress(file, { prior, threads })).toEqual(content);
    expect(await decompressRange(file, 10, 30, { prior })).toEqual(content.slice(10, 30));
    expect(await verify(file, { prior })).toMatchObject({ contentLength: content.length });
    const streamed = streamOf([content]).pipeThrough(new CompressStream({ prior }));
    const back = new Response(streamed.pipeThrough(new DecompressStream({ prior })));
    expect(new Uint8Array(await back.arrayBuffer())).toEqual(content);
  });

  test("tells how far it is while its prior codes it, and decodes it", async () => {
    const telling: PriorCoder = {
      ...prior,
      encode: (whole, { onDone } = {}) => {
        onDone?.(whole.length / 2);
        return prior.encode(whole);
      },
      decode: (coded, offset, { onDone } = {}) => {
        onDone?.(content.length / 2);
        return prior.decode(coded, offset);
      },
    };
    const done: number[] = [];
    const onProgress = (progress: { readonly done: number }): void => void done.push(progress.done);
    const file = await compress(content, { prior: telling, onProgress });
    expect(done[0]).toBe(content.length / 4);
    expect(done.at(-1)).toBe(content.length);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    done.length = 0;
    await decompress(file, { prior: telling, onProgress });
    expect(done[0]).toBe(content.length / 2);
  });

  test("finds its prior by its hash", async () => {
    const file = await compress(content, { prior });
    const asked: string[] = [];
    const find = (hash: string): Promise<PriorCoder> => {
      asked.push(hash);
      return Promise.resolve(prior);
    };
    expect(await decompress(file, { prior: find })).toEqual(content);
    expect(asked).toEqual(["0badcafe"]);
    expect(await rejection(decompress(file, { prior: () => Promise.resolve(undefined) }))).toMatchObject({
      code: "unknown-method",
      got: "none",
    });
  });

  test("names the prior that it needs, and the one that was given", async () => {
    const file = await compress(content, { prior });
    const expected = { code: "unknown-method", expected: "the prior 0badcafe" };
    expect(await rejection(decompress(file))).toMatchObject({ ...expected, got: "none" });
    expect(await rejection(decompress(file, { prior: other }))).toMatchObject({ ...expected, got: "00000007" });
    expect(() => decompressSync(file)).toThrow(/prior, which was not given.*expected the prior 0badcafe, got none/);
    expect((await rejection(decodeAlone(file))).message).toMatch(/decompress.*@pith\/codec/);
  });

  test("that is damaged or cut anywhere gives an error, and never other content", async () => {
    const file = await compress(content, { prior });
    for (let i = 0; i < file.length; i++) {
      expect(await rejection(decompress(file.slice(0, i), { prior, threads: 0 }))).toBeInstanceOf(PithError);
      const damaged = file.map((byte, k) => (k === i ? byte ^ (1 << (i & 7)) : byte));
      const result: unknown = await decompress(damaged, { prior, threads: 0 }).catch((error: unknown) => error);
      if (!(result instanceof PithError)) expect(result).toEqual(content);
    }
  });

  test("whose prior makes other content of it is damaged", async () => {
    const file = await compress(content, { prior });
    const longer: PriorCoder = { ...prior, decode: () => Promise.resolve(new Uint8Array(content.length + 1)) };
    const wrong: PriorCoder = { ...prior, decode: () => Promise.resolve(new Uint8Array(content.length)) };
    for (const bad of [longer, wrong]) {
      expect(await rejection(decompress(file, { prior: bad }))).toMatchObject({ code: "damaged" });
    }
  });
});

describe("content", () => {
  test("that is too long for a prior, or gets no shorter by it, is coded as without", async () => {
    const long = encoder.encode("another text that goes on and on. ".repeat(200));
    expect(await compress(long, { prior })).toEqual(await compress(long));
    const random = noise(100, 5);
    expect(await compress(random, { prior })).toEqual(await compress(random));
    expect(await compress(new Uint8Array(0), { prior })).toEqual(await compress(new Uint8Array(0)));
  });

  test("is not taken with a prior and another method, nor with what is no prior", async () => {
    await expect(compress(content, { prior, method: "lz" })).rejects.toThrow(
      new RangeError('prior: expected the method "auto", got "lz"'),
    );
    await expect(compress(content, { prior: {} as PriorCoder })).rejects.toThrow(TypeError);
    await expect(decompress(await compress(content), { prior: "auto" as never })).rejects.toThrow(TypeError);
  });
});
