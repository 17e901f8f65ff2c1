import { beforeAll, describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { compress, compressSync } from "../src/compress.ts";
import { decompress, decompressSync } from "../src/decompress.ts";
import { ALL_FORMATS } from "../src/format/all.ts";
import { readBlockHeader } from "../src/format/block-header.ts";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import { mix, mixParameters, type MixParameters } from "../src/methods/mix/index.ts";
import { isForText, MODELS, TEXT_MAX } from "../src/methods/mix/models.ts";
import { hashOfNetwork } from "../src/methods/mix/networks.ts";
import { loadModels } from "../src/methods/load-models.ts";
import { finish } from "@pith/core/steps";
import { noise, prose } from "./helpers/content.ts";
import { thrownBy } from "./helpers/files.ts";

const english = new TextEncoder().encode(
  "There was no possibility of taking a walk that day. We had been wandering in the garden for an hour in the morning; " +
    "but since dinner the cold winter wind had brought with it clouds so dark, that to go out was now out of the question.",
);

function written(parameters: MixParameters): Uint8Array {
  const writer = new ByteWriter();
  mix.writeParameters(parameters, writer);
  return writer.finish();
}

function parametersOf(file: Uint8Array): MixParameters {
  return readBlockHeader(new ByteReader(file.subarray(2), 2), 0, ALL_FORMATS).parameters as MixParameters;
}

describe("the parameters of a block", () => {
  test("come back, whatever they are", () => {
    for (const model of MODELS.keys()) {
      for (const tableBits of [10, 17, 24]) {
        for (const flag of [false, true]) {
          const text = isForText(model);
          const plain = { model, tableBits, words: flag && text, x64: flag && !text };
          const all = model === TEXT_MAX ? [plain, { ...plain, network: "english" as const }] : [plain];
          for (const parameters of all) {
            const reader = new ByteReader(written(parameters), 0);
            expect({ network: undefined, ...mix.readParameters(reader) }).toEqual({
              network: undefined,
              ...parameters,
            });
            expect(reader.position).toBe(written(parameters).length);
          }
        }
      }
    }
  });

  test("are one byte, two for the models that came later, and six with trained weights", () => {
    const length = (level: number, words: boolean): number =>
      written(mixParameters("text", level, 1000, { words })).length;
    expect([1, 5, 7, 9].map((level) => length(level, true))).toEqual([1, 1, 1, 1]);
    expect([6, 8].map((level) => length(level, true))).toEqual([2, 2]);
    expect([length(10, false), length(10, true)]).toEqual([2, 6]);
    expect(written(mixParameters("binary", 10, 1000))).toHaveLength(2);
  });

  test.each([
    ["a model that is not there", [0x7f, 0x80], "invalid-field", 30],
    ["tables that are too large", [0x78, 15], "invalid-field", 31],
    ["a model far behind those that are there", [0x78, 0xe4], "invalid-field", 30],
    ["trained weights for binaries", [0x79, 0x14, 1, 2, 3, 4], "invalid-field", 31],
    ["trained weights that are not known", [0x78, 0x14, 1, 2, 3, 4], "unknown-method", 32],
    ["no second byte", [0x78], "truncated", 31],
  ])("with %s are refused", (_, bytes, code, offset) => {
    const error = thrownBy(() => mix.readParameters(new ByteReader(Uint8Array.from(bytes), 30)));
    expect(error).toMatchObject({ code, offset });
  });
});

describe("level 10", () => {
  test("asks for its weights before a function that returns at once", () => {
    const encoding = thrownBy(() => compressSync(english, { level: 10 }));
    expect(encoding).toBeInstanceOf(TypeError);
    expect((encoding as TypeError).message).toContain('await loadModels("mix-english")');
    const parameters = mixParameters("text", 10, 9, { words: true });
    const decoding = thrownBy(() => finish(mix.decodeBlock(new Uint8Array(9), 9, parameters, 30), () => {}));
    expect(decoding).toMatchObject({
      code: "unknown-method",
      offset: 30,
      expected: 'await loadModels("mix-english")',
    });
  });

  test("needs none for binaries and for text without English words", () => {
    const values = noise(50).map((byte) => byte & 3);
    const binary = parametersOf(compressSync(values, { level: 10, kind: "binary" }));
    expect(isForText(binary.model)).toBe(false);
    const digits = new TextEncoder().encode("31415926 53589793 ".repeat(20));
    expect(parametersOf(compressSync(digits, { level: 10, kind: "text" }))).toMatchObject({ words: false });
  });

  describe("with its weights", () => {
    beforeAll(async () => {
      await loadModels("mix-english");
    });

    test("brings them by itself, writes the same bytes either way, and names them in the file", async () => {
      const file = compressSync(english, { level: 10 });
      expect(await compress(english, { level: 10 })).toEqual(file);
      expect(parametersOf(file)).toMatchObject({ model: TEXT_MAX, words: true, network: "english" });
      const hash = new DataView(new ArrayBuffer(4));
      hash.setUint32(0, hashOfNetwork("english"), true);
      expect(Buffer.from(file).includes(Buffer.from(hash.buffer))).toBe(true);
      expect(decompressSync(file)).toEqual(english);
      expect(await decompress(file)).toEqual(english);
    });

    test("makes a paragraph of English a tenth smaller than level 9 does", () => {
      const [nine, ten] = [9, 10].map((level) => compressSync(english, { level }).length);
      expect(ten).toBeLessThan(0.9 * nine);
    });

    test("a block whose model starts from random weights sees nothing of one that started from trained ones", () => {
      const bare = prose(400);
      const plain: MixParameters = { model: TEXT_MAX, tableBits: 12, words: false, x64: false };
      const encoded = (): Uint8Array => finish(mix.encodeBlock(bare, plain), () => {});
      const first = encoded();
      compressSync(english, { level: 10 });
      expect(encoded()).toEqual(first);
      expect(finish(mix.decodeBlock(first, bare.length, plain, 0), () => {})).toEqual(bare);
    });

    test("never gives other content when a bit is flipped or the end is missing", () => {
      const file = compressSync(english, { level: 10 });
      const expectFound = (damaged: Uint8Array): void => {
        expect(thrownBy(() => decompressSync(damaged, { memoryLimit: 2 ** 27 }))).toBeInstanceOf(PithError);
      };
      for (let at = 0; at < file.length; at += at < 24 ? 1 : 7) {
        expectFound(file.with(at, file[at] ^ (1 << (at % 8))));
        expectFound(file.subarray(0, at));
      }
    });
  });
});
