import { PithError } from "@pith/core";
import { describe, expect, test } from "@jest/globals";
import { looksLikeOnnx, OnnxReader, readOnnx } from "../src/onnx.ts";

const text = (content: string): number[] => [...new TextEncoder().encode(content)];
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const number = (field: number, value: number): number[] => [...varint(8 * field), ...varint(value)];
const message = (field: number, ...content: readonly number[]): number[] => [
  ...varint(8 * field + 2),
  ...varint(content.length),
  ...content,
];

/** Weights of a model: in the graph, in a constant of a node, in the branch of a node, and in a function. */
const tensors = [
  [
    ...number(1, 2),
    ...number(1, 3),
    ...number(2, 1),
    ...message(8, ...text("w")),
    ...message(9, ...Array<number>(24).fill(1)),
  ],
  // The shape packed, and values as floats.
  [...message(1, 4), ...number(2, 1), ...message(4, ...Array<number>(16).fill(2)), ...message(8, ...text("late"))],
  [...number(1, 200), ...number(2, 10), ...message(8, ...text("half")), ...message(9, ...Array<number>(400).fill(3))],
  [...number(2, 7), ...message(8, ...text("scalar")), ...message(9, ...Array<number>(8).fill(4))],
];
const graph = [
  ...message(1, ...message(4, ...text("Constant")), ...message(5, ...message(5, ...tensors[1]))),
  ...message(1, ...message(4, ...text("If")), ...message(5, ...message(6, ...message(5, ...tensors[2])))),
  ...message(5, ...tensors[0]),
  // Numbers of variable length, and strings: no tensors that are read.
  ...message(5, ...number(1, 2), ...number(2, 7), ...message(7, 1, 2)),
];
const file = Uint8Array.from([
  ...number(1, 8),
  ...message(2, ...text("test")),
  ...message(7, ...graph),
  ...message(8, ...number(2, 17)),
  ...message(25, ...message(7, ...message(5, ...message(5, ...tensors[3])))),
  ...[...varint(8 * 5 + 1), 0, 0, 0, 0, 0, 0, 0, 0],
]);

const source = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: (offset: number, length: number) => Promise.resolve(bytes.subarray(offset, offset + length)),
});

describe("the tensors of an ONNX model", () => {
  test("are found wherever they are, with name, type, shape and place", async () => {
    const found = await readOnnx(source(file));
    expect(found.map(({ name, type, shape, length }) => [name, type.name, shape, length])).toEqual([
      ["", "F32", [4], 16],
      ["half", "F16", [200], 400],
      ["w", "F32", [2, 3], 24],
      ["scalar", "I64", [], 8],
    ]);
    for (const [i, { offset, length }] of found.entries()) {
      expect(new Set(file.subarray(offset, offset + length))).toEqual(new Set([[2, 3, 1, 4][i]]));
    }
  });

  test("are found in pieces of any size", () => {
    for (const size of [1, 2, 7, 100]) {
      const reader = new OnnxReader();
      const found: string[] = [];
      let length = size;
      while (reader.position < file.length) {
        const { position } = reader;
        for (const { name } of reader.read(file.subarray(position, position + length), position)) found.push(name);
        length = reader.position === position ? length + 1 : size;
      }
      reader.finish();
      expect(found).toEqual(["", "half", "w", "scalar"]);
    }
  });

  test("tells what may be one by its first bytes", () => {
    expect(looksLikeOnnx(file)).toBe(true);
    for (const other of [[], [8, 0, 0x12, 1], [8, 8, 0, 0], text("PK\u0003\u0004")]) {
      expect(looksLikeOnnx(Uint8Array.from(other))).toBe(false);
    }
  });
});

describe("what is no model, or a damaged one, is refused with its place", () => {
  const head = number(1, 8);
  const fails = async (bytes: readonly number[]): Promise<unknown> =>
    readOnnx(source(Uint8Array.from(bytes))).then(
      () => undefined,
      (error: unknown) => error,
    );

  test.each<[string, readonly number[], Partial<PithError>]>([
    ["another file", text("\u0000\u0001\u0002\u0003"), { code: "invalid-field", offset: 0 }],
    ["an empty one", [], { code: "invalid-field", offset: 0 }],
    ["a field of no number", [...head, 0x12, 0, 0x02, 1], { code: "invalid-field", offset: 4 }],
    ["a field of an old kind", [...head, 0x12, 0, 0x3b, 1], { code: "invalid-field", offset: 4 }],
    [
      "a number that never ends",
      [...head, 0x12, 0, ...Array<number>(12).fill(0xff)],
      { code: "invalid-field", offset: 4 },
    ],
    [
      "a field beyond the file",
      [...head, ...varint(8 * 7 + 2), ...varint(2 ** 60), 1],
      { code: "truncated", offset: 2 },
    ],
    [
      "a field beyond its message",
      [...head, ...message(7, ...varint(8 * 5 + 2), 9, 1), ...Array<number>(9).fill(8)],
      { code: "invalid-field", offset: 4 },
    ],
    [
      "a name beyond all measure",
      [...head, ...message(7, ...message(5, ...message(8, ...Array<number>(70_000).fill(65))))],
      { code: "invalid-field" },
    ],
    [
      "more dimensions than there are",
      [...head, ...message(7, ...message(5, ...message(1, ...Array<number>(70).fill(1))))],
      { code: "invalid-field" },
    ],
    [
      "a list of dimensions that is cut",
      [...head, ...message(7, ...message(5, ...message(1, 0x81)))],
      { code: "invalid-field" },
    ],
    ["messages in messages", nested(80), { code: "invalid-field" }],
  ])("%s", async (_, bytes, expected) => {
    const error = await fails(bytes);
    expect(error).toBeInstanceOf(PithError);
    expect(error).toMatchObject(expected);
  });

  test("cut off anywhere, and with any byte changed, it answers or says why", async () => {
    for (let length = 0; length < file.length; length++) {
      const error = await fails([...file.subarray(0, length)]);
      // Whole fields may end there.
      if (error !== undefined) expect(error).toMatchObject({ name: "PithError" });
    }
    for (let at = 0; at < file.length; at += 3) {
      const changed = Uint8Array.from(file);
      changed[at] ^= 1 << (at % 8);
      const error = await fails([...changed]);
      if (error !== undefined) expect(error).toMatchObject({ name: "PithError" });
    }
  });

  test("lengths that do not fit the shape make no tensor", async () => {
    const lying = message(5, ...number(1, 3), ...number(2, 1), ...message(9, ...Array<number>(16).fill(1)));
    expect(await readOnnx(source(Uint8Array.from([...head, ...message(7, ...lying)])))).toEqual([]);
  });

  /** Branches within branches. */
  function nested(depth: number): number[] {
    let inside: number[] = [];
    for (let i = 0; i < depth; i++) inside = message(1, ...message(5, ...message(6, ...inside)));
    return [...head, ...message(7, ...inside)];
  }
});
