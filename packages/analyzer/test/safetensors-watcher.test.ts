import { describe, expect, test } from "@jest/globals";
import { SafetensorsWatcher } from "../src/safetensors/watcher.ts";
import { fileOf } from "./safetensors-sample.ts";

const file = fileOf([{ name: "w", type: "U8", shape: [40], data: new Uint8Array(40).fill(3) }]);

/** What a watcher makes of content that comes in pieces of so many bytes. */
function watched(name: string, content: Uint8Array, piece: number) {
  const watcher = new SafetensorsWatcher(name, content.length);
  for (let at = 0; at < content.length; at += piece) watcher.push(content.subarray(at, at + piece));
  const analysis = watcher.finish();
  return { problem: watcher.problem, isNamed: watcher.isNamed, names: analysis?.tensors.map(({ name: of }) => of) };
}

describe("content that passes", () => {
  test.each([1, 7, 1000])("is analysed as weights where it is a file of them, in pieces of %d bytes", (piece) => {
    expect(watched("download", file, piece)).toEqual({ problem: undefined, isNamed: false, names: ["w"] });
  });

  test("is left alone where it is something else", () => {
    for (const content of [new Uint8Array(0), new TextEncoder().encode("something else, and longer than the start")]) {
      expect(watched("notes.txt", content, 9)).toEqual({ problem: undefined, isNamed: false, names: undefined });
    }
  });

  test("that looks like weights and is none says why", () => {
    const { problem, names } = watched("download", file.subarray(0, file.length - 1), 16);
    expect(problem).toMatchObject({ name: "PithError" });
    expect(names).toBeUndefined();
  });

  test("is taken for weights by its name alone", () => {
    const { problem, isNamed } = watched("Model.SafeTensors", new Uint8Array(64), 64);
    expect(isNamed).toBe(true);
    expect(problem).toMatchObject({ name: "PithError" });
  });
});
