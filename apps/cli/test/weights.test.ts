import { rmSync } from "node:fs";

import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { writeHeader } from "@pith/tensors";

import { Folder } from "./support/command.ts";

/** Two tensors of normal numbers, about, from a generator. */
function model(): Uint8Array {
  let state = 1;
  const values = Float32Array.from({ length: 6400 }, () => {
    let sum = -3;
    for (let i = 0; i < 6; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      sum += state / 2 ** 32;
    }
    return sum / 50;
  });
  const header = writeHeader([
    { name: "embedding\u001b", type: "F32", shape: [60, 100] },
    { name: "bias", type: "F32", shape: [400] },
  ]);
  return new Uint8Array([...header, ...new Uint8Array(values.buffer)]);
}

interface Listed {
  readonly files: readonly {
    readonly contentLength: number;
    readonly fileLength: number;
    readonly orderZero: number;
    readonly tensors: readonly { readonly name: string; readonly codedLength: number; readonly orderZero: number }[];
  }[];
}

let folder: Folder;

beforeAll(() => {
  folder = new Folder();
  folder.write("model.safetensors", model());
});
afterAll(() => folder.remove());

test("the tensors of a model are listed with what each takes, compressed already or not yet", async () => {
  expect(await folder.pith("-1", "-k", "model.safetensors")).toMatchObject({ code: 0, stderr: "" });
  const before = folder.names();
  const plain = await folder.pith("weights", "-1", "model.safetensors", "--json");
  const packed = await folder.pith("weights", "model.safetensors.pith", "--json");
  const [of, inside] = [plain, packed].map(({ stdout }) => (JSON.parse(stdout) as Listed).files[0]);
  expect(of).toMatchObject({ contentLength: model().length, fileLength: folder.read("model.safetensors.pith").length });
  expect(inside).toMatchObject({ fileLength: of.fileLength, orderZero: of.orderZero, tensors: of.tensors });
  expect(of.tensors.map(({ name }) => name)).toEqual(["embedding\u001b", "bias"]);
  expect(of.tensors[0].codedLength).toBeLessThan(0.9 * 24_000);
  expect(folder.names()).toEqual(before);

  const table = await folder.pith("weights", "model.safetensors.pith");
  expect(table).toMatchObject({ code: 0, stderr: "" });
  expect(table.stdout).toMatch(/F32 +60×100 +24000 +\d+ +\d+ +8\d\.\d % +embedding/);
  expect(table.stdout).not.toContain("\u001b");
  expect(table.stdout).toMatch(/25\.\d\d kB, compressed 2\d\.\d\d kB/);
});

test("a model in several files is listed by its index, whether these are compressed or not", async () => {
  const index = (map: Record<string, string>): string =>
    JSON.stringify({ metadata: { total_size: 1 }, weight_map: map });
  const shard = (name: string): Uint8Array =>
    new Uint8Array([...writeHeader([{ name, type: "F32", shape: [60, 100] }]), ...model().subarray(-25_600, -1600)]);
  folder.write("a.safetensors", shard("a"));
  folder.write("b.safetensors", shard("b"));
  folder.write("m.safetensors.index.json", index({ b: "b.safetensors", a: "a.safetensors" }));
  expect(await folder.pith("-1", "b.safetensors")).toMatchObject({ code: 0 });
  rmSync(folder.file("b.safetensors"), { force: true });
  const listed = await folder.pith("weights", "-1", "m.safetensors.index.json");
  expect(listed).toMatchObject({ code: 0, stderr: "" });
  expect(listed.stdout).toMatch(
    /b\.safetensors\.pith:[^]* b\n[^]*a\.safetensors:[^]* a\n[^]*2 files, 2 tensors\n48\.\d+ kB, compressed 4/,
  );
  const { stdout } = await folder.pith("weights", "-1", "--json", "m.safetensors.index.json");
  const [found] = (JSON.parse(stdout) as Listed).files;
  expect(found.tensors.map(({ name }) => name)).toEqual(["b", "a"]);
  expect(found.contentLength).toBe(2 * shard("a").length);

  const bad = [
    ["{", "the index is no JSON"],
    ['{"weight_map":[]}', "the index names no files"],
    [index({ a: "../a.safetensors" }), "in no file beside it"],
    [index({ a: "a.safetensors", c: "a.safetensors" }), "expected c in a.safetensors"],
    [index({ a: "missing.safetensors" }), "missing.safetensors.pith"],
  ];
  const names = bad.map(([content], i) => {
    folder.write(`${i}.index.json`, content);
    return `${i}.index.json`;
  });
  const result = await folder.pith("weights", "-1", ...names);
  expect(result.code).toBe(1);
  const told = result.stderr.split(/^pith: (?=\d\.index\.json)/m).slice(1);
  expect(told).toHaveLength(bad.length);
  for (const [i, [, said]] of bad.entries()) expect(told[i]).toContain(said);
});

test("what is no model is an error that says so", async () => {
  folder.write("text", "no model at all, but a text of some length");
  folder.write("cut", model().subarray(0, 9000));
  const result = await folder.pith("weights", "text", "cut");
  expect(result).toMatchObject({ code: 1, stdout: "" });
  for (const name of ["text", "cut"]) {
    expect(result.stderr).toMatch(
      new RegExp(`^pith: ${name}: .*; name a safetensors file or an ONNX model that is whole`, "m"),
    );
  }
});

test("a tuned model is coded as its difference to a base, which is then needed, and no other", async () => {
  const tuned = model();
  for (let i = 0; i < 60; i++) tuned[tuned.length - 24_000 + 400 * i] ^= 5;
  folder.write("tuned.safetensors", tuned);
  const other = model();
  other[other.length - 5000] ^= 1;
  other[other.length - 1] ^= 1;
  folder.write("other.safetensors", other);
  expect(
    await folder.pith("-1", "tuned.safetensors", "--reference", "model.safetensors", "-o", "tuned.pith"),
  ).toMatchObject({ code: 0, stderr: "" });
  expect(folder.read("tuned.pith").length).toBeLessThan(0.1 * tuned.length);
  // The base may be compressed itself.
  expect(await folder.pith("-1", "-fk", "model.safetensors")).toMatchObject({ code: 0 });
  const packed = "model.safetensors.pith";
  const back = await folder.pith("-df", "tuned.pith", "--reference", packed, "-o", "back");
  expect(back).toMatchObject({ code: 0, stderr: "" });
  expect(Buffer.compare(folder.read("back"), tuned)).toBe(0);
  const whole = await folder.pith("-t", "tuned.pith", "--reference", "model.safetensors");
  expect(whole).toMatchObject({ code: 0, stderr: "" });
  const wrong = await folder.pith("-df", "tuned.pith", "--reference", "other.safetensors", "-o", "wrong");
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.stderr).toMatch(/expected the checksum [\da-f]{16} of the \d+ bytes from \d+ on, got [\da-f]{16}; /);
  // Its table takes the base, and with it tells what the difference takes.
  const both = ["tuned.pith", "tuned.safetensors"];
  const listed = await folder.pith("weights", "-1", "--json", ...both, "--reference", "model.safetensors");
  const { files } = JSON.parse(listed.stdout) as Listed;
  expect(files).toHaveLength(2);
  for (const { tensors } of files) expect(tensors[0].codedLength).toBeLessThan(0.1 * 24_000);
  const otherKind = await folder.pith("weights", "tuned.pith", "--reference", "text");
  expect(otherKind).toMatchObject({ code: 1, stdout: "" });
  expect(otherKind.stderr).toContain("text: expected a safetensors file as --reference");
  const unlisted = await folder.pith("weights", "tuned.pith");
  expect(unlisted).toMatchObject({ code: 1, stdout: "" });
  expect(unlisted.stderr).toMatch(/name the model .* with --reference\n$/);
  const none = await folder.pith("-t", "tuned.pith");
  expect(none.stderr).toMatch(/which was not given .* got none; give it with --reference FILE\n$/);
  expect(folder.names()).not.toContain("wrong");
});

test("weights are decoded again before they are written, other blocks with --verify, none with --no-verify", async () => {
  folder.write("words.txt", "words, and words again, and more of them. ".repeat(30));
  const said = async (...names: string[]): Promise<string> => {
    const { code, stderr } = await folder.pith("-1", "-v", "-fk", ...names);
    expect(code).toBe(0);
    return stderr;
  };
  const usual = await said("model.safetensors", "words.txt");
  expect(usual).toMatch(/^model\.safetensors: 25\.60 kB decoded again, the same$/m);
  expect(usual).not.toContain("words.txt: 1.26 kB decoded again");
  expect(await said("model.safetensors", "--no-verify")).not.toContain("decoded again");
  expect(await said("words.txt", "--verify")).toContain("words.txt: 1.26 kB decoded again, the same");
});

/** An ONNX model with two initialisers of the same name, between its names of other things. */
function onnxModel(): Uint8Array {
  const varint = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
  const field = (number: number, content: ArrayLike<number>): number[] => [
    8 * number + 2,
    ...varint(content.length),
    ...Array.from(content),
  ];
  const values = model().subarray(-25_600);
  const initializer = [8, ...varint(64), 8, ...varint(100), 16, 1, ...field(8, Buffer.from("w")), ...field(9, values)];
  const graph = [
    ...field(2, Buffer.from("main")),
    ...field(5, initializer),
    ...field(5, [16, 1, ...field(9, values.subarray(0, 4))]),
  ];
  return Uint8Array.from([8, 8, ...field(2, Buffer.from("a test")), ...field(7, graph)]);
}

test("the tensors of an ONNX model are listed, compressed already or not yet, and one that is cut off is refused", async () => {
  folder.write("model.onnx", onnxModel());
  expect(await folder.pith("-1", "-k", "model.onnx")).toMatchObject({ code: 0, stderr: "" });
  const [of, inside] = await Promise.all(
    [["-1", "model.onnx"], ["model.onnx.pith"]].map(async (names) => {
      const { stdout } = await folder.pith("weights", ...names, "--json");
      return (JSON.parse(stdout) as Listed).files[0];
    }),
  );
  expect(inside).toEqual({ ...of, source: "model.onnx.pith" });
  expect(of).toMatchObject({
    contentLength: onnxModel().length,
    tensors: [
      { name: "w", shape: [64, 100] },
      { name: "", shape: [] },
    ],
  });
  expect(of.tensors[0].codedLength).toBeLessThan(0.9 * 25_600);
  expect(of.orderZero).toBeGreaterThan(of.tensors[0].orderZero);
  folder.write("cut.onnx", onnxModel().subarray(0, 9000));
  const refused = await folder.pith("weights", "cut.onnx");
  expect(refused.code).not.toBe(0);
  expect(refused.stderr).toMatch(/cut off.*at byte \d+|cut off/s);
  expect(refused.stderr).toContain("an ONNX model that is whole");
});
