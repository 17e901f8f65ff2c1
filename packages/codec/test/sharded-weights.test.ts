import { describe, expect, test } from "@jest/globals";
import { PithError } from "@pith/core";
import { compressSync } from "../src/compress.ts";
import { openShardedWeights } from "../src/random-access/sharded-weights.ts";
import { thrownBy } from "./helpers/files.ts";
import { bytesOf, normal, safetensors, type Tensor } from "./helpers/tensors.ts";

const [A, B, C] = ["a", "b", "c"].map((name, i): Tensor => ({
  name,
  type: "F32",
  shape: [20, 50],
  data: bytesOf(normal(1000, 50, i)),
}));
const FILES: Readonly<Record<string, Uint8Array>> = {
  "1.safetensors": compressSync(safetensors(A, B), { level: 1 }),
  "2.safetensors": compressSync(safetensors(C), { level: 1 }),
};
const indexOf = (content: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(content));
const INDEX = indexOf({
  metadata: { total_size: 12_000 },
  weight_map: { a: "1.safetensors", c: "2.safetensors", b: "1.safetensors" },
});

describe("a model in several files", () => {
  test("gives its tensors, each from its file, which is opened once and when it is needed", async () => {
    const asked: string[] = [];
    const model = openShardedWeights(INDEX, (file) => (asked.push(file), FILES[file]));
    expect(model.tensors).toEqual(["a", "c", "b"]);
    expect(model.files).toEqual(["1.safetensors", "2.safetensors"]);
    expect(await model.tensor("b")).toEqual(B.data);
    expect(await model.tensor("a", { rows: [3, 5] })).toEqual(A.data.subarray(600, 1000));
    expect(asked).toEqual(["1.safetensors"]);
    expect(await model.info("c")).toMatchObject({ name: "c", shape: [20, 50] });
    expect((await model.open("2.safetensors")).codedLength("c")).toBeGreaterThan(1000);
    expect(asked).toEqual(["1.safetensors", "2.safetensors"]);
  });

  test("opens a file again that could not be opened", async () => {
    let tries = 0;
    const model = openShardedWeights(INDEX, async (file) => {
      if (++tries === 1) throw new Error("the network is away");
      return FILES[file];
    });
    await expect(model.tensor("c")).rejects.toThrow("the network is away");
    expect(await model.tensor("c")).toEqual(C.data);
  });

  test("says what it does not have", async () => {
    const model = openShardedWeights(INDEX, (file) => FILES[file]);
    await expect(model.tensor("d")).rejects.toThrow(RangeError);
    await expect(model.open("3.safetensors")).rejects.toThrow(RangeError);
    await expect(model.tensor("a", { rows: [0, 21] })).rejects.toThrow(RangeError);
    const wrong = openShardedWeights(indexOf({ weight_map: { c: "1.safetensors" } }), (file) => FILES[file]);
    await expect(wrong.tensor("c")).rejects.toMatchObject({ code: "invalid-field" });
    const none = openShardedWeights(INDEX, () => new Uint8Array(9));
    await expect(none.tensor("c")).rejects.toBeInstanceOf(PithError);
  });

  test.each([
    ["no JSON", new TextEncoder().encode('{"weight_map": {"a": "b"')],
    ["no UTF-8", Uint8Array.of(0x7b, 0xff, 0x7d)],
    ["nothing", new Uint8Array(0)],
    ["a list", indexOf([])],
    ["null", indexOf(null)],
    ["no map", indexOf({ metadata: {} })],
    ["a map that is a list", indexOf({ weight_map: ["a"] })],
    ["a file that is a number", indexOf({ weight_map: { a: 1 } })],
    ["a file above", indexOf({ weight_map: { a: ".." } })],
    ["a file in a folder", indexOf({ weight_map: { a: "x/y.safetensors" } })],
    ["a file elsewhere", indexOf({ weight_map: { a: "C:\\y.safetensors" } })],
    ["a file without a name", indexOf({ weight_map: { a: "" } })],
  ])("is refused where its index is %s", (_, index) => {
    expect(thrownBy(() => openShardedWeights(index, () => new Uint8Array(0)))).toMatchObject({ code: "invalid-field" });
  });
});
