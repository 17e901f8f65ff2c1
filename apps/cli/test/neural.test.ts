import { readFileSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";

import { parseNetwork } from "../src/verbs/coding/neural.ts";
import { Folder } from "./support/command.ts";

const TEXT = "a network reads what it has written and writes what it has read; ".repeat(300);

let folder: Folder;

beforeAll(() => {
  folder = new Folder();
  writeFileSync(folder.file("text"), TEXT);
});
afterAll(() => folder.remove());

describe("--neural", () => {
  test("describes a network", () => {
    const text = "architecture=gru,hidden=64,rate=0.005,vocabulary=auto,coder=huffman";
    expect(parseNetwork(text, "--neural")).toEqual({
      architecture: "gru",
      hidden: 64,
      rate: 0.005,
      vocabulary: "auto",
      coder: "huffman",
    });
  });

  test.each([
    ["", "--neural: expected KEY=VALUE with a KEY of learning, architecture, layers, hidden, context,"],
    ["hidden", "KEY=VALUE"],
    ["cells=3", "got cells=3"],
    ["hidden=513", "--neural hidden: expected an integer from 1 to 512, got 513"],
    ["rate=2", "--neural rate: expected a number from 0 to 1, got 2"],
    ["architecture=cnn", "--neural architecture: expected none, residual, rnn, lstm, gru, transformer, got cnn"],
    ["vocabulary=many", "--neural vocabulary: expected an integer from 0 to 2048, got many"],
  ])("refuses %j", (value, message) => {
    expect(() => parseNetwork(value, "--neural")).toThrow(message);
  });
});

test.each([
  ["neural", "hidden=32,orders=3"],
  ["neural", "learning=dynamic,epochs=2,architecture=rnn,hidden=32"],
  ["rank", "hidden=32,vocabulary=60,coder=huffman"],
  ["rank", "hidden=32,coder=dictionary"],
])("the method %s with %s gives a file back, and list names it", async (method, network) => {
  expect(await folder.pith("-f", "-2", "-m", method, "--neural", network, "text")).toMatchObject({ code: 0 });
  expect(await folder.pith("-d", "-f", "text.pith", "-o", "back")).toMatchObject({ code: 0 });
  expect(readFileSync(folder.file("back"), "utf8")).toBe(TEXT);
  expect((await folder.pith("list", "text.pith")).stdout).toContain(method);
  expect((await folder.pith("list", "-v", "text.pith")).stdout).toMatch(/learnt.*\n.* (neural|rank) .* [\d.]+ k?B/u);
});

test("a network without a method that has one, or that cannot be, is refused", async () => {
  const foreign = await folder.pith("-f", "--neural", "hidden=32", "text");
  expect(foreign).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("--neural: expected with --method neural"),
  });
  const impossible = await folder.pith("-f", "-m", "neural", "--neural", "architecture=none,layers=2", "text");
  expect(impossible).toMatchObject({ code: 1, stderr: expect.stringContaining("layers: expected 1 with the archit") });
});
