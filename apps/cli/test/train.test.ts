import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { countNeuralWeights, unpackNeuralModel } from "@pith/predictors";

import { Folder, sampleText } from "./support/command.ts";

let folder: Folder;
const SMALL = ["--hidden", "16", "--chunk", "32", "--epochs", "3", "--rate", "0.01"];

beforeAll(() => {
  folder = new Folder();
  writeFileSync(folder.file("text"), sampleText(8000));
  writeFileSync(folder.file("more"), sampleText(3000).reverse());
});
afterAll(() => folder.remove());

async function train(...words: string[]): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await folder.pith("train", ...words, ...SMALL, "--json");
  expect([code, stderr]).toEqual([0, ""]);
  const { result } = JSON.parse(stdout) as { result: Record<string, unknown> };
  return result;
}

function networkOf(name: string) {
  return unpackNeuralModel(readFileSync(folder.file(name)));
}

describe("training", () => {
  test("writes a network, and says what came of it", async () => {
    const { code, stdout, stderr } = await folder.pith("train", "text", "more", "-o", "a.net", ...SMALL);
    expect(code).toBe(0);
    expect(stderr).toMatch(/^(epoch [1-3] of 3: \d\.\d{3} bits a byte, \d\.\d{3} of what is held back; .* left\n){3}$/);
    expect(stdout).toMatch(
      /^a\.net: .*, gru, 1 × 16 units, \d+ weights; \d\.\d{3} bits a byte of what was held back, after/,
    );
    const { options, weights } = networkOf("a.net");
    expect(options).toMatchObject({ alphabetSize: 256, architecture: "gru", hidden: 16, chunk: 32 });
    expect(weights.length).toBe(countNeuralWeights(options));
  });

  test("reads standard input, and comes to the same again", async () => {
    const script = `cat text more | pith train - -o b.net -q ${SMALL.join(" ")}`;
    expect(await folder.shell(script)).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(folder.file("b.net"))).toEqual(readFileSync(folder.file("a.net")));
  });

  test("makes it as the options say", async () => {
    const shape = ["--architecture", "lstm", "--layers", "2", "--context", "2", "--bits", "5", "--seed", "3"];
    const result = await train(
      "text",
      "-o",
      "c.net",
      ...shape,
      "--validation",
      "0",
      "--patience",
      "1",
      "--decay",
      "0.999",
    );
    expect(result).toMatchObject({ architecture: "lstm", layers: 2, context: 2, hidden: 16, backend: "own kernels" });
    expect((result["epochs"] as { training: number }[]).every((epoch) => epoch.training < 8)).toBe(true);
    const { options, weights } = networkOf("c.net");
    expect(options).toMatchObject({ architecture: "lstm", layers: 2, context: 2 });
    expect(result["bytes"]).toBeLessThan((weights.length * 5.3) / 8);
  });

  test("resumed from a checkpoint comes to what it would have come to", async () => {
    await train("text", "-o", "whole.net");
    await folder.pith("train", "text", "-o", "one.net", "-q", ...SMALL, "--epochs", "1", "--checkpoint", "one");
    await train("text", "-o", "resumed.net", "--checkpoint", "one", "--resume");
    expect(readFileSync(folder.file("resumed.net"))).toEqual(readFileSync(folder.file("whole.net")));
    const other = await folder.pith("train", "more", "-o", "none.net", ...SMALL, "--checkpoint", "one", "--resume");
    expect(other.code).toBe(1);
    expect(other.stderr).toMatch(
      /^pith: the checkpoint is of a training on other symbols, .*; begin again without --resume/,
    );
  });

  test("goes to TensorFlow.js and back, and can be computed by it", async () => {
    await train("text", "-o", "rnn.net", "--architecture", "rnn", "--export-tensorflow", "layers");
    expect(readdirSync(folder.file("layers")).sort()).toEqual(["model.json", "weights.bin"]);
    const back = await folder.pith("train", "--from", "layers", "-o", "back.net");
    expect(back).toMatchObject({ code: 0, stderr: "" });
    expect(readFileSync(folder.file("back.net"))).toEqual(readFileSync(folder.file("rnn.net")));
    const words = ["--from", "rnn.net", "more", "-o", "tf.net", "--trainer", "tensorflow", "--epochs", "1"];
    const { code, stderr } = await folder.pith("train", ...words, "--backend", "wasm");
    expect(stderr).toMatch(/^TensorFlow\.js computes on wasm: the first that was asked for\nepoch 1 of 1: /);
    expect(code).toBe(0);
    expect(networkOf("tf.net").options).toEqual(networkOf("rnn.net").options);
  });
});

describe("refuses", () => {
  test.each([
    [["text"], "train: expected -o MODEL, got none"],
    [["-o", "x"], "train: expected a FILE that is not empty, got none"],
    [["text", "-o", "x", "--resume"], "--resume: expected with --checkpoint"],
    [["text", "-o", "x", "--backend", "cpu"], "--backend: expected with --trainer tensorflow"],
    [
      ["text", "-o", "x", "--rate", "0.001", "--least-rate", "0.1"],
      "--least-rate: expected at most 0.001, the rate, got 0.1",
    ],
    [
      ["text", "-o", "x", "--export-tensorflow", "y"],
      "--export-tensorflow: expected an architecture of none, residual, rnn, lstm, got gru",
    ],
    [["text", "-o", "x", "--from", "a.net", "--hidden", "9"], "--hidden: expected without --from, got both"],
  ])("%j", async (words, message) => {
    const { code, stderr } = await folder.pith("train", ...words);
    expect(stderr).toBe(`pith: ${message}\nTry pith --help.\n`);
    expect(code).toBe(1);
    expect(existsSync(folder.file("x"))).toBe(false);
  });

  test("to overwrite, before it trains", async () => {
    writeFileSync(folder.file("there"), "precious");
    const { code, stderr } = await folder.pith("train", "text", "-o", "there");
    expect(stderr).toBe("pith: there exists already; overwrite it with -f, or write elsewhere with -o\n");
    expect(code).toBe(1);
    expect(readFileSync(folder.file("there"), "utf8")).toBe("precious");
  });

  test("networks that are damaged, and files that are missing", async () => {
    writeFileSync(folder.file("bad"), sampleText(100));
    const { stderr } = await folder.pith("train", "--from", "bad", "-o", "x");
    expect(stderr).toMatch(/^pith: bad: the model is of another version .*; it is no network that pith train wrote/);
    expect(await folder.pith("train", "text", "missing", "-o", "x")).toMatchObject({
      code: 1,
      stderr:
        "pith: missing: no such file or folder; check its name\n" +
        "pith: nothing was trained, since not every file was read\n",
    });
  });
});
