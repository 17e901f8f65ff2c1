import { beforeAll, describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
// The built package: workers run from there, and bring no models of their own.
import { compress, decompress } from "@pith/codec";
import { unpackNeuralModel } from "@pith/predictors";
import { unpackNetwork } from "@pith/weights";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { neural } from "../src/methods/neural/index.ts";
import { networkOf } from "../src/methods/neural/static-networks.ts";
import { rank } from "../src/methods/rank/index.ts";
import { loadModels } from "../src/methods/load-models.ts";
import type { MethodName } from "../src/plan/names.ts";
import type { CompressOptions } from "../src/plan/options.ts";
import { bases, joined, noise } from "./helpers/content.ts";
import { ENGLISH } from "../../pairs/test/helpers/english.ts";
import { thrownBy } from "./helpers/files.ts";
import { drain } from "./helpers/steps.ts";

const english = new TextEncoder().encode(ENGLISH);
const nucleotides = bases(3000);

function withStatic(method: MethodName): Pick<CompressOptions, "method" | "neural"> {
  return { method, neural: { learning: "static" } };
}

test("a static network that was not brought is asked for by name", () => {
  const error = thrownBy(() => compressSync(english, withStatic("neural")));
  expect(error).toBeInstanceOf(TypeError);
  expect((error as Error).message).toContain('await loadModels("neural-english")');
});

describe.each(["neural", "rank"] as const)("a static network, by the method %s", (method) => {
  const options = withStatic(method);
  beforeAll(() => loadModels("neural-english", "neural-bases"));

  test("gives back English and other bytes, small from the first byte on where it is English", async () => {
    const content = joined(english, noise(200), nucleotides.subarray(0, 200), english);
    const file = compressSync(content, options);
    expect(decompressSync(file)).toEqual(content);
    const short = compressSync(english, options);
    expect(short.length).toBeLessThan(0.9 * english.length);
    expect(decompressSync(short)).toEqual(english);
    expect((await info(short)).frames[0].blocks[0]).toMatchObject({ method, kind: "static english", learntLength: 0 });
  });

  test("gives back bases, in two bits each", async () => {
    const file = compressSync(nucleotides, options);
    expect(file.length).toBeLessThan(nucleotides.length / 4 + 100);
    expect(decompressSync(file)).toEqual(nucleotides);
    expect((await info(file)).frames[0].blocks[0]).toMatchObject({ kind: "static bases" });
  });

  test("is brought by those who can wait, also for their workers", async () => {
    const content = joined(...Array.from({ length: 15 }, () => english));
    const file = await compress(content, { ...options, blockSize: 8192 });
    expect(await compress(content, { ...options, blockSize: 8192, threads: 0 })).toEqual(file);
    expect(await decompress(file, { threads: 2 })).toEqual(content);
  });

  test("of another hash is named", () => {
    const file = compressSync(english, options);
    file[6] ^= 1;
    const error = thrownBy(() => decompressSync(file));
    expect(error).toMatchObject({ code: "unknown-method", offset: 2, expected: "5fffef03", got: "none" });
    expect((error as Error).message).toContain("not among those that were given (option networks)");
  });

  test("refuses data that no encoder wrote", () => {
    const coder = method === "neural" ? neural : rank;
    const parameters = coder.choose(english, 1, { learning: "static" }) as never;
    const payload = drain(coder.encodeBlock(english, parameters));
    const decode = (bytes: Uint8Array): Uint8Array => {
      try {
        return drain(coder.decodeBlock(bytes, english.length, parameters, 100));
      } catch (error) {
        expect(error).toBeInstanceOf(PithError);
        expect((error as PithError).offset).toBeGreaterThanOrEqual(100);
        return new Uint8Array(0);
      }
    };
    for (let length = 0; length < payload.length; length += 7) {
      expect(decode(payload.subarray(0, length))).not.toEqual(english);
      const damaged = payload.slice();
      damaged[length] ^= 1 << (length & 7);
      expect([0, english.length]).toContain(decode(damaged).length);
    }
    expect(decode(joined(payload, Uint8Array.of(1)))).toEqual(new Uint8Array(0));
  });
});

test("static networks are of the shapes that their memory is counted by", async () => {
  const { staticEnglish } = await import("@pith/weights/static-english");
  const { staticDna } = await import("@pith/weights/static-dna");
  for (const [network, packed] of [["english", staticEnglish] as const, ["bases", staticDna] as const]) {
    const { options, weights } = unpackNeuralModel(unpackNetwork(packed));
    const { shape, symbols } = networkOf(network, { weights });
    expect({ ...shape, alphabetSize: symbols }).toMatchObject({ ...options });
  }
});

test.each([
  [{ hidden: 64 }, 'hidden: expected with a network that is not given, got with learning "static"'],
  [{ vocabulary: 100 }, "vocabulary: expected with a network that is not given"],
  [{ epochs: 3 }, 'epochs: expected with learning "dynamic", got with "static"'],
])("a static network takes no options that describe one: %j", (more, message) => {
  const error = thrownBy(() => compressSync(english, { method: "neural", neural: { learning: "static", ...more } }));
  expect(error).toMatchObject({ name: "TypeError", message: expect.stringContaining(message) });
});
