import { describe, expect, test } from "@jest/globals";
import { instantiateKernel, PithError, type Predictor } from "@pith/core";
import { encodeHuffman, encodeSymbols, RangeEncoder } from "@pith/entropy";
import { createNeuralPredictor, dictionaryOfRanks, NEURAL_ARCHITECTURES, rankOf } from "@pith/predictors";
import { readVocabulary, Tokenizer, writeVocabulary } from "@pith/tokenizer";
import fc from "fast-check";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { ByteReader, ByteWriter } from "@pith/core/bytes";
import { kernel as neuralKernel } from "../src/generated/neural.ts";
import { info } from "../src/info.ts";
import { LEVELS } from "../src/plan/levels.ts";
import type { Method } from "../src/methods/method.ts";
import { lz, strengthOf } from "../src/methods/lz/index.ts";
import { chooseNeural, largestNeural } from "../src/methods/neural/choose.ts";
import { neural } from "../src/methods/neural/index.ts";
import { networkMemory, type NetworkShape } from "../src/methods/neural/network.ts";
import type { NeuralOptions } from "../src/methods/neural/options.ts";
import { CODERS, type OwnParameters, type RankCoder } from "../src/methods/neural/parameters.ts";
import { rank } from "../src/methods/rank/index.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { drain } from "./helpers/steps.ts";
import { thrownBy } from "./helpers/files.ts";

const METHODS: readonly [string, Method<never>][] = [
  ["neural", neural as Method<never>],
  ["rank", rank as Method<never>],
];

/** What describes a network. */
type Description = Omit<NeuralOptions, "network">;

/** A network that is quick to set up. */
const SMALL: Description = { architecture: "none", hidden: 32, orders: 2, chunk: 8 };
/** One that is trained quickly. */
const TRAINED: Description = { learning: "dynamic", architecture: "rnn", hidden: 32, chunk: 8, epochs: 2 };

function encode(method: Method<never>, input: Uint8Array, options: Description = SMALL, level = 1): Uint8Array {
  return drain(method.encodeBlock(input, method.choose(input, level, options)));
}

function decode(method: Method<never>, payload: Uint8Array, input: Uint8Array, options = SMALL, level = 1): Uint8Array {
  return drain(method.decodeBlock(payload, input.length, method.choose(input, level, options), 0));
}

/** Payloads as the format defines them, in plain TypeScript over the predictor. */
function referencePayload(input: Uint8Array, parameters: OwnParameters, coder?: RankCoder): Uint8Array {
  const bytes = [...new Set(input)].sort((a, b) => a - b);
  const stored = writeVocabulary({ bytes, merges: [] });
  const symbols = input.map((byte) => bytes.indexOf(byte));
  const alphabetSize = Math.max(2, bytes.length);
  const { tableBits, orders, ...shape } = parameters;
  const table = orders === 0 ? {} : { orders, tableBits };
  const predictor = createNeuralPredictor({ ...shape, ...table, alphabetSize });
  const code = coder === undefined ? codedDirectly : codedRanks;
  return joined(Uint8Array.of(stored.length), stored, code(symbols, predictor, coder));
}

function codedDirectly(symbols: Uint8Array, predictor: Predictor): Uint8Array {
  const encoder = new RangeEncoder();
  const probabilities = new Uint32Array(predictor.alphabetSize);
  for (const symbol of symbols) {
    predictor.predict(probabilities);
    encoder.encodeWith(probabilities, symbol);
    predictor.update(symbol);
  }
  return encoder.finish();
}

function codedRanks(symbols: Uint8Array, predictor: Predictor, coder?: RankCoder): Uint8Array {
  const probabilities = new Uint32Array(predictor.alphabetSize);
  const ranks = symbols.map((symbol) => {
    predictor.predict(probabilities);
    const place = rankOf(probabilities, symbol);
    predictor.update(symbol);
    return place;
  });
  if (coder === "huffman") return encodeHuffman(ranks, predictor.alphabetSize);
  if (coder === "dictionary") {
    const cheap = dictionaryOfRanks(ranks, predictor.alphabetSize);
    const model = { tokensBy: "byte", literalBits: 8, fastRate: 5 } as const;
    return drain(lz.encodeBlock(cheap, { ...model, strength: strengthOf(2, cheap.length) }));
  }
  const limits = [12, 14, 16, 18, 20, 22].filter((bits) => 2 ** bits >= 2 * (predictor.alphabetSize + 32));
  const all = limits.map((bits) =>
    Uint8Array.of(bits, ...encodeSymbols(ranks, predictor.alphabetSize, { limit: 2 ** bits })),
  );
  return all.reduce((best, coded) => (coded.length < best.length ? coded : best));
}

describe.each(NEURAL_ARCHITECTURES)("the network %s", (architecture) => {
  const options: Description = { architecture, hidden: 20, orders: 2, tableBits: 8, chunk: 5 };
  const input = joined(prose(400), noise(60));

  test("codes as its definition does, directly and by ranks", () => {
    const parameters = chooseNeural(input, 1, options) as OwnParameters;
    expect(encode(neural as Method<never>, input, options)).toEqual(referencePayload(input, parameters));
    for (const coder of CODERS) {
      const payload = encode(rank as Method<never>, input, { ...options, coder });
      expect(payload).toEqual(referencePayload(input, parameters, coder));
    }
  });

  test.each(METHODS)("gives the block back, by the method %s", (_, method) => {
    for (const more of [{}, { context: 3 }, { vocabulary: 90 }, { orders: 0 }, { chunk: 64 }]) {
      const all = { ...options, ...more };
      expect(decode(method, encode(method, input, all), input, all)).toEqual(input);
    }
    const trained: Description = { ...TRAINED, architecture, hidden: 20 };
    expect(decode(method, encode(method, input, trained), input, trained)).toEqual(input);
  });
});

describe.each(METHODS)("the method %s", (name, method) => {
  test("gives back any bytes, as bytes and as tokens", () => {
    const contents = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 200 }),
      fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.integer({ min: 1, max: 40 })).map(([unit, times]) => {
        return Uint8Array.from({ length: unit.length * times }, (_, i) => unit[i % unit.length]);
      }),
    );
    fc.assert(
      fc.property(
        contents,
        fc.constantFrom(SMALL, TRAINED),
        fc.constantFrom(0, 3, 60, "auto" as const),
        fc.constantFrom(...CODERS),
        (input, network, wanted, coder) => {
          const vocabulary = coder === "dictionary" ? 0 : wanted;
          const options = { ...network, vocabulary, ...(name === "rank" ? { coder } : {}) };
          expect(decode(method, encode(method, input, options), input, options)).toEqual(input);
        },
      ),
      { seed: 1, numRuns: 50 },
    );
  });

  test("gives back a block of every byte value, and of one", () => {
    for (const input of [Uint8Array.from({ length: 1024 }, (_, i) => (i * 7) & 255), new Uint8Array(300).fill(9)]) {
      expect(decode(method, encode(method, input), input)).toEqual(input);
    }
  });

  test("gives back more than one slice of coded bytes, and says how far it is", () => {
    const input = noise(10_000);
    const parameters = method.choose(input, 1, SMALL);
    const payload = encode(method, input);
    const encoding = [...method.encodeBlock(input, parameters)];
    const decoding = [...method.decodeBlock(payload, input.length, parameters, 0)];
    // How long its steps are depends on the machine.
    for (const steps of [encoding, decoding]) {
      expect(steps).toEqual(steps.toSorted((a, b) => a - b));
      expect(steps.at(-1)).toBe(input.length);
      expect(Math.max(...steps.map((done, i) => done - (steps[i - 1] ?? 0)))).toBeLessThanOrEqual(65_536);
    }
    expect(decode(method, payload, input)).toEqual(input);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9])("makes a block small at level %d", (level) => {
    const input = prose(3000);
    const payload = encode(method, input, {}, level);
    expect(payload.length).toBeLessThan(0.4 * input.length);
    expect(decode(method, payload, input, {}, level)).toEqual(input);
  });

  test("stores a trained network, which costs less than it saves in a block that is long enough", () => {
    const input = prose(12_000);
    const payload = encode(method, input, { ...TRAINED, epochs: 4 });
    expect(payload.length).toBeLessThan(0.9 * input.length);
    expect(decode(method, payload, input, TRAINED)).toEqual(input);
    const steps = [...method.encodeBlock(input, method.choose(input, 1, TRAINED))];
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(input.length);
  });

  test("keeps nothing from one block to the next, also where they take turns", () => {
    const inputs = [prose(9000, 1), joined(noise(5000), prose(4000, 2))];
    const alone = inputs.map((input) => encode(method, input));
    const running = inputs.map((input) => method.encodeBlock(input, method.choose(input, 1, SMALL)));
    const results: (Uint8Array | undefined)[] = [undefined, undefined];
    while (results.includes(undefined)) {
      running.forEach((generator, i) => {
        const next = results[i] === undefined ? generator.next() : undefined;
        if (next?.done === true) results[i] = next.value;
      });
    }
    expect(results).toEqual(alone);
  });

  test("is found in a file, which tells what of it was learnt, and comes back from it", async () => {
    const content = prose(12_000);
    const learnt: number[] = [];
    const trained = { ...TRAINED, hidden: 8 };
    for (const options of [SMALL, { ...SMALL, vocabulary: 200 }, trained, { ...trained, vocabulary: 60 }]) {
      const file = compressSync(content, { method: name as "neural", level: 2, neural: options });
      expect(file.length).toBeLessThan(11_500);
      expect(decompressSync(file)).toEqual(content);
      const [block] = (await info(file)).frames[0].blocks;
      expect(block).toMatchObject({ method: name, kind: options.learning === "dynamic" ? "dynamic rnn" : "none" });
      learnt.push(block.learntLength);
    }
    const [bytes, tokens, network, both] = learnt;
    expect(bytes).toBeGreaterThan(0);
    expect(tokens).toBeGreaterThan(bytes + 100);
    expect(network).toBeGreaterThan(bytes + 500);
    expect(both).toBeGreaterThan(network);
  });
});

describe("parameters", () => {
  const shapes: readonly Description[] = [
    {},
    SMALL,
    { architecture: "lstm", layers: 8, hidden: 500, context: 16, chunk: 2, orders: 8, tableBits: 4 },
    { architecture: "transformer", layers: 3, hidden: 1, chunk: 1024, orders: 0 },
    { vocabulary: 2048, rate: 0.5, leastRate: 0.1, decay: 0.99 },
    TRAINED,
    { learning: "static" },
  ];

  test.each(shapes)("are read as they were written: %j", (options) => {
    const input = prose(100);
    for (const coder of CODERS.filter((one) => one !== "dictionary" || options.vocabulary === undefined)) {
      const parameters = rank.choose(input, 9, { ...options, coder });
      const writer = new ByteWriter();
      rank.writeParameters(parameters, writer);
      expect(writer.length).toBeLessThanOrEqual(22);
      const { training, ...written } = { training: undefined, ...parameters };
      expect(training === undefined).toBe(parameters.learning !== "dynamic");
      expect(rank.readParameters(new ByteReader(writer.finish(), 0))).toEqual(written);
    }
  });

  test("that are any bytes are refused, or are read as what takes memory that can be", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 24 }), fc.nat(63), (bytes, flags) => {
        bytes[0] = flags;
        try {
          const memory = rank.memory(rank.readParameters(new ByteReader(bytes, 0)), 1000);
          expect(memory).toBeGreaterThan(0);
          expect(memory).toBeLessThan(2 ** 32);
        } catch (error) {
          expect(error).toBeInstanceOf(PithError);
        }
      }),
      { seed: 2, numRuns: 1500 },
    );
  });

  const RATES_OF_NAN = [16, 0, 0, 32, 8, 60, 0, 0, 0xc0, 0x7f, 0, 0, 0, 0, 0, 0, 0x80, 0x3f];
  test.each([
    ["unknown flags", "unknown flags", 0, [32]],
    ["the flag of ranks where none are", "unknown flags", 0, [8]],
    ["an architecture that there is not", "no such network", 1, [0, 6]],
    ["layers where there are none", "no such network", 1, [0, 0x10]],
    ["nine layers", "no such network", 1, [0, 0x84]],
    ["nine orders", "orders", 2, [0, 0, 0x90]],
    ["a table of 8 rows", "rows", 3, [0, 0, 0x10, 3, 32, 8, 60]],
    ["a table of more than 1 GiB", "rows", 3, [0, 0, 0x10, 21, 32, 8, 128, 2]],
    ["no hidden units", "hidden", 3, [0, 0, 0, 0]],
    ["too many hidden units", "hidden", 3, [0, 0, 0, 129, 4]],
    ["a chunk of nothing", "chunk", 4, [0, 0, 0, 32, 0]],
    ["an alphabet of one symbol", "alphabet", 5, [0, 0, 0, 32, 8, 1]],
    ["an alphabet of 2049 symbols", "alphabet", 5, [0, 0, 0, 32, 8, 129, 16]],
    ["a chunk that is learnt for minutes", "chunk times its weights", 1, [0, 0x73, 0, 128, 4, 128, 8, 128, 16]],
    ["a rate that is no number", "rates", 6, RATES_OF_NAN],
    ["rates of a network that does not learn", "unknown flags", 0, [17]],
    ["orders of a network that does not learn", "orders", 2, [1, 0, 0x10]],
    ["a way to learn that there is not", "unknown flags", 0, [3]],
  ])("are refused: %s", (_, message, offset, bytes) => {
    const error = thrownBy(() => neural.readParameters(new ByteReader(Uint8Array.from(bytes), 0)));
    expect(error).toMatchObject({ code: "invalid-field", offset });
    expect((error as Error).message).toContain(message);
  });
});

describe("memory", () => {
  const shape = fc.record({
    architecture: fc.constantFrom(...NEURAL_ARCHITECTURES),
    layers: fc.integer({ min: 1, max: 3 }),
    hidden: fc.integer({ min: 1, max: 130 }),
    context: fc.integer({ min: 1, max: 16 }),
    chunk: fc.integer({ min: 1, max: 300 }),
    orders: fc.integer({ min: 0, max: 8 }),
    tableBits: fc.integer({ min: 4, max: 10 }),
  });

  test("of a network is never more than is said, and hardly less for a large one", () => {
    fc.assert(
      fc.property(shape, fc.integer({ min: 2, max: 700 }), (sizes: NetworkShape, symbols) => {
        const { architecture, layers, hidden, context, chunk, orders, tableBits } = sizes;
        const kernel = instantiateKernel(neuralKernel);
        const part = NEURAL_ARCHITECTURES.indexOf(architecture);
        kernel.start(symbols, hidden, part, layers, context, chunk, orders, tableBits, 0.1, 0.1, 1);
        const used = kernel.memory.buffer.byteLength;
        expect(networkMemory(sizes, symbols)).toBeGreaterThanOrEqual(used);
        expect(networkMemory(sizes, symbols)).toBeLessThan(4 * used + 2 ** 21);
      }),
      { seed: 3, numRuns: 30 },
    );
  });

  test.each(LEVELS)("at level $level is no more than the level says", ({ level, blockSize, memory }) => {
    expect(neural.memory(largestNeural(blockSize, level, {}), blockSize) + 2 * blockSize).toBeLessThanOrEqual(memory);
  });

  test("of a file is checked before it is taken", () => {
    const file = compressSync(prose(3000), { method: "neural", level: 9 });
    expect(thrownBy(() => decompressSync(file, { memoryLimit: 2 ** 19 }))).toMatchObject({ code: "memory-limit" });
  });
});

describe("options", () => {
  test.each<[object, string, string]>([
    [{ neural: {} }, "TypeError", 'neural: expected with the method "neural" or "rank", got with "auto"'],
    [{ method: "neural", neural: { coder: "huffman" } }, "TypeError", 'coder: expected with the method "rank", got'],
    [
      { method: "rank", neural: { coder: "zip" } },
      "TypeError",
      'coder: expected "adaptive", "huffman", "dictionary", got "zip"',
    ],
    [
      { method: "rank", neural: { coder: "dictionary", vocabulary: "auto" } },
      "TypeError",
      'vocabulary: expected none with the coder "dictionary", got auto',
    ],
    [{ method: "rank", neural: { architecture: "cnn" } }, "TypeError", 'architecture: expected "none", "residual"'],
    [{ method: "rank", neural: { layers: 9 } }, "RangeError", "layers: expected an integer from 1 to 8, got 9"],
    [{ method: "rank", neural: { architecture: "none", layers: 2 } }, "RangeError", "layers: expected 1 with the"],
    [
      { method: "neural", neural: { vocabulary: 2049 } },
      "RangeError",
      "vocabulary: expected an integer from 0 to 2048",
    ],
    [{ method: "rank", neural: { epochs: 3 } }, "TypeError", 'epochs: expected with learning "dynamic", got with'],
    [{ method: "rank", neural: { learning: "dynamic", orders: 1 } }, "TypeError", "orders: expected with learning"],
    [{ method: "neural", neural: { rate: 2 } }, "RangeError", "rate: expected a number above 0, 1 at most, got 2"],
    [{ method: "neural", neural: { rate: NaN } }, "RangeError", "rate: expected a number above 0, 1 at most, got NaN"],
    [{ method: "neural", neural: { rate: 0.1, leastRate: 0.2 } }, "RangeError", "leastRate: expected at most 0.1"],
    [
      { method: "neural", neural: { architecture: "lstm", hidden: 512, chunk: 1024 } },
      "RangeError",
      "chunk: expected at most",
    ],
    [{ method: "neural", memoryLimit: 2 ** 20 }, "RangeError", "memoryLimit: expected at least the "],
  ])("are refused: %j", (options, name, message) => {
    const error = thrownBy(() => compressSync(prose(100), options));
    expect(error).toMatchObject({ name });
    expect((error as Error).message).toContain(message);
  });
});

describe.each(METHODS)("a damaged payload of the method %s", (name, method) => {
  const input = prose(300);
  const variants: readonly Description[] = [
    SMALL,
    { ...SMALL, vocabulary: 40 },
    { ...TRAINED, hidden: 1, vocabulary: 40 },
    ...(name === "rank"
      ? [
          { ...SMALL, coder: "huffman" as const },
          { ...SMALL, coder: "dictionary" as const },
        ]
      : []),
  ];

  /** What the bytes decode to; undefined if they are refused. */
  function attempt(bytes: Uint8Array, parameters: never, length = input.length): Uint8Array | undefined {
    try {
      const output = drain(method.decodeBlock(bytes, length, parameters, 1000));
      expect(output.length).toBe(length);
      return output;
    } catch (error) {
      expect(error).toBeInstanceOf(PithError);
      expect((error as PithError).offset).toBeGreaterThanOrEqual(1000);
      expect((error as PithError).offset).toBeLessThanOrEqual(1000 + bytes.length);
      return undefined;
    }
  }

  describe.each(variants)("%j", (options) => {
    const payload = encode(method, input, options);
    const parameters = method.choose(input, 1, options);

    test("cut short is refused, or does not give the block back", () => {
      for (let length = 0; length < payload.length; length++) {
        expect(attempt(payload.subarray(0, length), parameters)).not.toEqual(input);
      }
    });

    test("with bytes behind it is refused", () => {
      expect(attempt(joined(payload, Uint8Array.of(1)), parameters)).toBeUndefined();
      expect(attempt(joined(payload, Uint8Array.of(0, 0)), parameters)).toBeUndefined();
    });

    test("with any byte changed gives as many bytes, or is refused", () => {
      for (let at = 0; at < payload.length; at++) {
        const damaged = payload.slice();
        damaged[at] ^= 1 << (at % 8);
        attempt(damaged, parameters);
      }
    });

    test("of another length gives that, or is refused", () => {
      for (const length of [1, input.length - 1, input.length + 1, 50 * input.length]) {
        expect(attempt(payload, parameters, length)).not.toEqual(input);
      }
    });

    test("of any bytes gives as many as it should, or is refused", () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
          attempt(bytes, parameters);
          attempt(joined(payload.subarray(0, 30), bytes), parameters);
        }),
        { seed: 4, numRuns: 80 },
      );
    });
  });

  /** A payload of these parts. */
  function payloadOf(vocabulary: Uint8Array, count: number | undefined, coded: Uint8Array): Uint8Array {
    const writer = new ByteWriter();
    writer.varint(vocabulary.length);
    if (count !== undefined) writer.varint(count);
    writer.bytes(vocabulary);
    writer.bytes(coded);
    return writer.finish();
  }

  const bytes = writeVocabulary({ bytes: [97, 98], merges: [] });
  const merged = writeVocabulary({ bytes: [97, 98], merges: [{ left: 0, right: 1 }] });
  const many = writeVocabulary({ bytes: [...Array(99).keys()], merges: [] });
  /** Symbols of which the first always comes; ranks say first what limit their model has, the lowest that does. */
  const zeros = name === "rank" ? Uint8Array.of(12) : new Uint8Array(0);
  test.each<[string, Uint8Array, number | undefined, string]>([
    ["more symbols than the header says", many, undefined, "larger than the network's alphabet"],
    ["tokens where bytes are said", merged, undefined, "has tokens of several"],
    ["no bytes", writeVocabulary({ bytes: [], merges: [] }), undefined, "not in the vocabulary"],
    ["fewer tokens than can make the block", merged, 4, "so many tokens"],
    ["more tokens than the block has bytes", merged, 301, "so many tokens"],
    ["tokens that make another length", merged, 299, "make another length"],
  ])("with a vocabulary that lies is refused: %s", (_, vocabulary, count, message) => {
    const content = prose(300);
    const options = { ...SMALL, vocabulary: count === undefined ? 0 : 40 };
    const parameters = method.choose(content, 1, options);
    const payload = payloadOf(vocabulary, count, zeros);
    const error = thrownBy(() => drain(method.decodeBlock(payload, 300, parameters, 7)));
    expect(error).toMatchObject({ code: "invalid-field" });
    expect((error as Error).message).toContain(message);
  });

  if (name === "rank") {
    test("with ranks of a model that no encoder takes, or without any, is refused", () => {
      const parameters = method.choose(prose(300), 1, SMALL);
      const before = payloadOf(bytes, undefined, new Uint8Array(0)).length;
      const refusal = (coded: readonly number[]): unknown =>
        thrownBy(() =>
          drain(method.decodeBlock(payloadOf(bytes, undefined, Uint8Array.from(coded)), 300, parameters, 7)),
        );
      expect(refusal([])).toMatchObject({ code: "truncated", offset: 7 + before });
      expect(refusal([13, 0, 0])).toMatchObject({ code: "invalid-field", offset: 7 + before, got: 13 });
    });
  }

  test("with a network that lies is refused", () => {
    const content = prose(300);
    const parameters = method.choose(content, 1, TRAINED);
    const payload = encode(method, content, TRAINED);
    const large = encode(method, content, { ...TRAINED, hidden: 100, epochs: 1 });
    const tooLarge = thrownBy(() => drain(method.decodeBlock(large, 300, parameters, 5)));
    expect(tooLarge).toMatchObject({ code: "memory-limit" });
    const chunk = method.choose(content, 1, { ...TRAINED, chunk: 9 });
    const reader = new ByteReader(payload, 5);
    const vocabularyLength = reader.varint("");
    reader.varint("");
    const offset = reader.offset + vocabularyLength;
    expect(thrownBy(() => drain(method.decodeBlock(payload, 300, chunk, 5)))).toMatchObject({
      code: "invalid-field",
      offset,
      expected: 9,
      got: 8,
    });
    const later = payload.slice();
    later[offset - 5]++;
    const version = thrownBy(() => drain(method.decodeBlock(later, 300, parameters, 5)));
    expect(version).toMatchObject({ code: "unsupported-version", offset });
    expect((version as Error).message).toContain(`at byte ${offset}`);
  });

  test("is one of which each part is what it says", () => {
    const payload = encode(method, input, { ...SMALL, vocabulary: 40 });
    const reader = new ByteReader(payload, 0);
    const vocabularyLength = reader.varint("");
    const count = reader.varint("");
    const tokenizer = new Tokenizer(readVocabulary(reader.bytes(vocabularyLength)));
    expect(tokenizer.size).toBe(40);
    expect(tokenizer.encode(input).length).toBe(count);
    expect(bytes.length).toBeLessThan(vocabularyLength);
  });
});
