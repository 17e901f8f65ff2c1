import { describe, expect, test } from "@jest/globals";
import { compressSync } from "../src/compress.ts";
import { decompressSync } from "../src/decompress.ts";
import { info } from "../src/info.ts";
import { tensorsAt } from "../src/kinds/weights/files.ts";
import { areWorth } from "../src/kinds/weights/placed-tensor.ts";
import { joined, noise, prose } from "./helpers/content.ts";
import { deflateRawSync, gzipSync } from "node:zlib";
import { field, onnx, tensor, type OnnxTensor } from "./helpers/onnx.ts";
import { bytesOf, normal, safetensors, toF16 } from "./helpers/tensors.ts";

const values = normal(20_000, 200);
const F32 = bytesOf(values);
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

async function methodsOf(content: Uint8Array, level = 1): Promise<string[]> {
  const file = compressSync(content, { level });
  expect(Buffer.compare(decompressSync(file), content)).toBe(0);
  const { frames } = await info(file);
  return frames.flatMap(({ blocks }) => blocks.map(({ method, contentLength }) => `${method} ${contentLength}`));
}

/** Nothing of the file is told as values; and it comes back, of which its beginning is enough to see. */
async function expectBytes(file: Uint8Array): Promise<void> {
  expect(areWorth(tensorsAt(file) ?? [])).toBe(false);
  const methods = await methodsOf(file.subarray(0, 6000));
  expect(methods.filter((method) => method.startsWith("weights"))).toEqual([]);
}

/** A .npy file. */
function npy(dictionary: string, data: Uint8Array, version = 1): Uint8Array {
  const header = text(`${dictionary.padEnd(version === 1 ? 117 : 115)}\n`);
  const length = version === 1 ? [header.length, 0] : [header.length, 0, 0, 0];
  return joined(Uint8Array.of(0x93), text("NUMPY"), Uint8Array.of(version, 0, ...length), header, data);
}

const description = (descr: string, order: string, shape: string): string =>
  `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }`;

describe("a .npy file", () => {
  test.each([
    ["of F32", description("<f4", "False", "100, 200"), F32, 1],
    ["of a later version", description("<f4", "False", "100, 200"), F32, 2],
    ["whose columns come first", description("<f4", "True", "200, 100"), F32, 1],
    ["of F16 in one dimension", description("<f2", "False", "20000,"), toF16(values), 1],
    ["of complex numbers", description("<c8", "False", "50, 200"), F32, 1],
  ])("%s has its numbers apart", async (_, header, data, version) => {
    expect((await methodsOf(npy(header, data, version)))[1]).toBe(`weights ${data.length}`);
  });

  test.each([
    ["of bytes", description("|u1", "False", "80000,")],
    ["with the highest byte first", description(">f4", "False", "100, 200")],
    ["of long integers", description("<i8", "False", "10000,")],
    ["of characters", description("<U5", "False", "4000,")],
    ["of more than there can be", description("<f4", "False", "9007199254740991, 9007199254740991")],
    ["of next to nothing", description("<f4", "False", "3,")],
    ["that says nothing", "{}"],
  ])("%s is coded as other data is", async (_, header) => {
    await expectBytes(npy(header, F32));
  });

  test("comes back where it is cut, goes on, or says that it has more than it has", async () => {
    const file = npy(description("<f4", "False", "100, 200"), F32);
    for (const length of [5, 9, 60, 128, 129, 30_000]) await methodsOf(file.subarray(0, length));
    await methodsOf(joined(file, prose(3000)));
    await methodsOf(npy(description("<f4", "False", "300, 200"), F32.subarray(0, 9000)));
  });
});

const u32 = (...numbers: number[]): Uint8Array => bytesOf(Uint32Array.from(numbers));
const u64 = (...numbers: (number | bigint)[]): Uint8Array => bytesOf(BigUint64Array.from(numbers, BigInt));
const string = (content: string): Uint8Array => joined(u64(content.length), text(content));
const F16 = toF16(values);
const Q4 = noise(18 * 500).map((byte) => byte & 0x77);

interface GgufTensor {
  readonly dimensions: readonly (number | bigint)[];
  readonly type: number;
  readonly place: number | bigint;
}

const TENSORS: readonly GgufTensor[] = [
  { dimensions: [200, 100], type: 0, place: 0 },
  { dimensions: [32, 500], type: 2, place: 80_000 },
  { dimensions: [200, 100], type: 1, place: 89_024 },
];

/** A GGUF file with values of each type noted. */
function gguf(tensors: readonly GgufTensor[] = TENSORS, noted?: Uint8Array, count = tensors.length): Uint8Array {
  const notes = [
    joined(string("general.alignment"), u32(4, 32)),
    joined(string("name"), u32(8), string("a model")),
    joined(string("words"), u32(9, 8), u64(3), string("a"), string("b"), string("cd")),
    joined(string("scores"), u32(9, 6), u64(2), u32(1, 2)),
    joined(string("lists"), u32(9, 9), u64(1), u32(0), u64(3), Uint8Array.of(1, 2, 3)),
    joined(string("yes"), u32(7), Uint8Array.of(1)),
    joined(string("many"), u32(10), u64(5)),
  ];
  const header = joined(
    text("GGUF"),
    u32(3),
    u64(count, noted === undefined ? notes.length : notes.length + 1),
    ...notes,
    ...(noted === undefined ? [] : [noted]),
    ...tensors.map(({ dimensions, type, place }, i) =>
      joined(string(`tensor ${i}`), u32(dimensions.length), u64(...dimensions), u32(type), u64(place)),
    ),
  );
  return joined(header, new Uint8Array(31 - ((header.length + 31) % 32)), F32, Q4, new Uint8Array(24), F16);
}

describe("a GGUF file", () => {
  test("has its tensors apart, those of floats and quantised ones as values", async () => {
    const methods = await methodsOf(gguf());
    expect(methods.slice(1)).toEqual(["weights 80000", "weights 9024", "weights 40000"]);
  });

  test.each([
    ["Q4_0", 2, 18, 32],
    ["Q8_0", 8, 34, 32],
    ["Q3_K", 11, 110, 256],
    ["Q4_K", 12, 144, 256],
    ["Q6_K", 14, 210, 256],
    ["Q8_K", 15, 292, 256],
    ["IQ4_XS", 23, 136, 256],
  ])("has values of %s in blocks of fields, as long as the type says", async (_, type, bytes, values) => {
    // The last tensor is of this type: only by the length of its blocks is it known where it ends.
    const rows = 300;
    const file = joined(
      gguf([{ dimensions: [values, rows], type, place: 0 }]).subarray(0, -(F32.length + Q4.length + 24 + F16.length)),
      noise(bytes * rows, type).map((byte) => byte & 63),
      text("behind it"),
    );
    expect((await methodsOf(file)).slice(1)).toEqual([`weights ${bytes * rows}`, expect.stringMatching(/ 9$/)]);
  });

  test("has rows that are no whole blocks as bytes", async () => {
    const file = gguf([{ dimensions: [40, 500], type: 2, place: 0 }, { ...TENSORS[2] }]);
    expect(tensorsAt(file)?.map(({ form, length }) => [form?.bytes, length])).toEqual([
      [undefined, 89_024],
      [2, 40_000],
    ]);
  });

  test.each([
    ["more tensors than it has", gguf(TENSORS, undefined, 2 ** 40)],
    ["a value of a type that there is not", gguf(TENSORS, joined(string("odd"), u32(13)))],
    ["a list that never ends", gguf(TENSORS, joined(string("long"), u32(9, 8), u64(2n ** 63n)))],
    [
      "lists in lists in lists",
      gguf(TENSORS, joined(string("deep"), ...Array.from({ length: 9 }, () => joined(u32(9), u32(9), u64(1))))),
    ],
    ["an alignment of 0", gguf(TENSORS, joined(string("general.alignment"), u32(4, 0)))],
    ["a tensor of five dimensions", gguf([{ dimensions: [1, 1, 1, 1, 5], type: 0, place: 0 }])],
    ["a tensor that is larger than its place", gguf([{ ...TENSORS[0], dimensions: [200, 101] }, TENSORS[1]])],
    ["a tensor larger than can be", gguf([{ dimensions: [2n ** 62n, 2n ** 62n], type: 0, place: 0 }])],
    ["a place beyond all files", gguf([{ ...TENSORS[0], place: 2n ** 63n }])],
    ["another version", joined(text("GGUF"), u32(9), gguf().subarray(8))],
  ])("comes back where it says that it has %s", async (_, file) => {
    await expectBytes(file);
  });

  test("comes back where it is cut", async () => {
    for (const length of [4, 23, 60, 300, 50_000, 85_000]) await methodsOf(gguf().subarray(0, length));
  });
});

test("tensors whose values go on evenly, or come again, are coded as bytes where these become smaller", async () => {
  const even = bytesOf(Float32Array.from({ length: 8000 }, (_, i) => i / 16));
  const file = safetensors({ name: "positions", type: "F32", shape: [8000], data: even });
  expect((await methodsOf(file, 4))[1]).toMatch(/^mix/);
  expect((await methodsOf(safetensors({ name: "w", type: "F32", shape: [100, 200], data: F32 }), 4))[1]).toMatch(
    /^weights/,
  );
});

test.each([1, 2, 3])("values that come again soon are copied at level %i", async (level) => {
  // Each number stands there three times, not far from the first: a table with more columns than it has to say.
  const numbers = Float64Array.from({ length: 3000 }, (_, i) => values[Math.floor(i / 3) + (i % 3) * 7] * Math.PI);
  const data = bytesOf(numbers);
  const methods = await methodsOf(npy(description("<f8", "False", "1000, 3"), data), level);
  expect(methods[1]).toBe(`lz ${data.length}`);
});

test.each([1, 4, 5])("a Fourier basis, of which each value comes again, is copied at level %i", async (level) => {
  const [rows, columns] = [65, 128];
  const basis = Float32Array.from({ length: rows * columns }, (_, i) => {
    const angle = (2 * Math.PI * (i % columns)) / columns;
    return Math.cos(angle * Math.floor(i / columns)) * (0.5 - 0.5 * Math.cos(angle));
  });
  const methods = await methodsOf(npy(description("<f4", "False", `${rows}, ${columns}`), bytesOf(basis)), level);
  expect(methods[1]).toBe(`lz ${rows * columns * 4}`);
});

/** Methods of blocks and of the parts of blocks, with the bytes that each coded. */
async function partsOf(content: Uint8Array, level = 1): Promise<string[]> {
  const file = compressSync(content, { level });
  expect(Buffer.compare(decompressSync(file), content)).toBe(0);
  const { frames } = await info(file);
  return frames.flatMap(({ blocks }) =>
    blocks.flatMap(({ method, contentLength, parts }) =>
      parts.length > 0
        ? parts.map((part) => `part ${part.method} ${part.contentLength}`)
        : [`${method} ${contentLength}`],
    ),
  );
}

/** A member of a ZIP archive as NumPy writes it: lengths in a field of eight bytes each. */
function zipMember(name: string, content: Uint8Array, isDeflated: boolean): Uint8Array {
  const stream = isDeflated ? deflateRawSync(content) : content;
  const header = new DataView(new ArrayBuffer(30));
  header.setUint32(0, 0x04034b50, true);
  header.setUint16(4, 45, true);
  header.setUint16(8, isDeflated ? 8 : 0, true);
  header.setUint32(18, 0xffffffff, true);
  header.setUint32(22, 0xffffffff, true);
  header.setUint16(26, name.length, true);
  header.setUint16(28, 20, true);
  const lengths = joined(Uint8Array.of(1, 0, 16, 0), u64(content.length, stream.length));
  return joined(bytesOf(header), text(name), lengths, stream);
}

const matrix = npy(description("<f4", "False", "100, 200"), F32);
const vector = npy(description("<f4", "False", "1500,"), F32.subarray(0, 6000));

describe("a .npz file", () => {
  test("whose arrays are stored has long ones in blocks of their own, and short ones together", async () => {
    const file = joined(
      zipMember("a.npy", vector, false),
      zipMember("w.npy", matrix, false),
      zipMember("b.npy", vector, false),
      zipMember(
        "c.npy",
        vector.map((byte, i) => (i < 128 ? byte : byte ^ 1)),
        false,
      ),
      prose(2000),
    );
    const found = await partsOf(file);
    expect(found).toContain(`weights ${F32.length}`);
    expect(found.filter((part) => part.startsWith("part weights"))).toEqual([
      "part weights 6000",
      "part weights 12000",
    ]);
  });

  test("whose arrays are deflated is opened, and these are coded as values", async () => {
    const file = joined(zipMember("w.npy", matrix, true), zipMember("b.npy", vector, true));
    expect(await partsOf(file)).toContain(`part weights ${F32.length + 6000}`);
  });

  test("whose lengths lie comes back", async () => {
    for (const at of [0, 26, 44]) {
      const file = joined(zipMember("w.npy", vector, false), zipMember("v.npy", vector, false));
      file[at] = 0xf1;
      await partsOf(file);
    }
    await partsOf(zipMember("w.npy", matrix, false).subarray(0, 9000));
  });
});

test("arrays and models are coded as values within gzip, and as members of a tar", async () => {
  expect(await partsOf(gzipSync(matrix))).toContain(`part weights ${F32.length}`);
  const model = safetensors({ name: "w", type: "F32", shape: [100, 200], data: F32 });
  expect(await partsOf(gzipSync(model))).toContain(`part weights ${F32.length}`);
  const archive = joined(tarMember("a.txt", prose(3000)), tarMember("model.safetensors", model), new Uint8Array(1024));
  expect(await partsOf(archive)).toContain(`weights ${F32.length}`);
});

/** A member of a tar. */
function tarMember(name: string, content: Uint8Array): Uint8Array {
  const header = new Uint8Array(512);
  header.set(text(name));
  header.set(text("0000644\0" + "0000000\0".repeat(2)), 100);
  header.set(text(`${content.length.toString(8).padStart(11, "0")}\0${"0".repeat(11)}\0        0`), 124);
  header.set(text("ustar\u000000"), 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(text(`${sum.toString(8).padStart(6, "0")}\0 `), 148);
  return joined(header, content, new Uint8Array(-content.length & 511));
}

describe("an ONNX model", () => {
  const long: OnnxTensor = { name: "w", type: 1, dims: [100, 200], data: F32 };
  const short: OnnxTensor = { name: "half", type: 10, dims: [3000], data: F16.subarray(0, 6000) };
  const integers: OnnxTensor = { name: "shape", type: 7, dims: [2], data: u64(3, 4) };

  test.each([1, 5])("has long tensors in blocks of their own, and short ones together, at level %i", async (level) => {
    const found = await partsOf(onnx(short, { ...short, name: "other" }, long, integers, short), level);
    expect(found).toContain(`weights ${F32.length}`);
    expect(found.filter((part) => part.startsWith("part weights"))).toEqual([
      expect.stringMatching(/^part weights (?:6000|18000|18016|12000|12016)$/),
    ]);
  });

  test("that is longer than a block is cut between and within its tensors", async () => {
    const big = bytesOf(Float32Array.from({ length: 1_300_000 }, (_, i) => values[i % 19_997] * (1 + (i >> 12) / 999)));
    const found = await partsOf(
      onnx(long, { name: "big", type: 1, dims: [1300, 1000], data: big }, { ...long, name: "last" }, short),
    );
    expect(found.filter((part) => /^weights/.test(part)).length).toBeGreaterThanOrEqual(2);
  });

  test("that is damaged, cut, or none after all comes back", async () => {
    // What is changed lies in what is short; of what is long, where it is cut, much less will do.
    const file = onnx(short, { ...long, dims: [30, 100], data: F32.subarray(0, 12_000) });
    for (const length of [5, 3000, 9000]) await partsOf(file.subarray(0, length));
    for (const at of [2, 31, 6060]) {
      const changed = file.slice();
      changed[at] ^= 0x55;
      await partsOf(changed);
    }
    await partsOf(joined(field(1, 8), field(2, prose(300)), noise(90_000)));
    await partsOf(joined(file, field(7, field(5, tensor(long))), text("behind it")));
  });
});
