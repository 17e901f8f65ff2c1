import { readFileSync, writeFileSync } from "node:fs";

import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createNeuralTrainer, packNeuralModel } from "@pith/predictors";

import { Folder, sampleText } from "./support/command.ts";

const SHAPE = ["--hidden", "16", "--chunk", "32", "--epochs", "1", "-q"];

let folder: Folder;
let hash: string;

/** The hash that training prints. */
async function train(output: string, ...words: string[]): Promise<string> {
  const { code, stdout } = await folder.pith("train", "text", "-o", output, ...SHAPE, ...words);
  expect(code).toBe(0);
  return /hash ([\da-f]{8}),/.exec(stdout)?.[1] ?? "none";
}

beforeAll(async () => {
  folder = new Folder();
  writeFileSync(folder.file("text"), sampleText(12_000));
  hash = await train("a.net");
});
afterAll(() => folder.remove());

async function compressWith(method: string, ...words: string[]): Promise<void> {
  const result = await folder.pith("-f", "-m", method, "--network", "a.net", "text", ...words);
  expect(result).toEqual({ code: 0, stdout: "", stderr: "" });
}

describe.each(["neural", "rank"])("--network, by the method %s", (method) => {
  test("compresses with what pith train wrote, and gives the file back with it", async () => {
    await compressWith(method, "--block-size", "4KiB", "-T", "2");
    const other = await train("b.net", "--seed", "5", "-f", "--rate", "0.01");
    expect(other).not.toBe(hash);
    const networks = ["--network", "b.net", "--network", "a.net"];
    expect(await folder.pith("-d", "-f", ...networks, "text.pith", "-o", "back")).toMatchObject({ code: 0 });
    expect(readFileSync(folder.file("back"))).toEqual(readFileSync(folder.file("text")));
    expect((await folder.pith("-t", "text.pith", ...networks)).stdout).toContain("whole");
    const piped = await folder.shell("pith -t --network a.net < text.pith");
    expect(piped).toMatchObject({ code: 0, stdout: expect.stringContaining("whole") });
    const part = await folder.pith("-d", "--range", "4090:4100", "text.pith", ...networks);
    expect(part.stdout).toBe(readFileSync(folder.file("text"), "latin1").slice(4090, 4100));
  });

  test("is named by its hash in the list, and in what is said if it is missing", async () => {
    await compressWith(method);
    expect((await folder.pith("list", "-v", "text.pith")).stdout).toContain(`${method} static ${hash}`);
    for (const words of [["-dc"], ["-t"], ["-d", "--range", "0:9"]]) {
      const { code, stdout, stderr } = await folder.pith(...words, "text.pith");
      expect([code, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(`expected ${hash}, got none`);
      expect(stderr).toContain("give it with --network MODEL");
    }
  });
});

test("--rm checks the output with the network", async () => {
  writeFileSync(folder.file("gone"), sampleText(5000));
  expect(await folder.pith("--rm", "-m", "neural", "--network", "a.net", "gone")).toMatchObject({ code: 0 });
  const { stdout } = await folder.pith("-dc", "--network", "a.net", "gone.pith");
  expect(Buffer.from(stdout, "utf8")).toEqual(Buffer.from(sampleText(5000)));
});

test.each([
  [["text"], "--network: expected with --method neural or --method rank"],
  [["-m", "mix", "text"], "--network: expected with --method neural or --method rank, got --method mix"],
  [["-m", "neural", "--network", "a.net", "text"], "--network: expected one file to compress with, got 2"],
  [["-m", "neural", "--neural", "learning=dynamic", "text"], 'network: expected with learning "static"'],
  [["-m", "neural", "--neural", "hidden=64", "text"], "hidden: expected with a network that is not given"],
])("--network with %j is refused", async (words, message) => {
  const result = await folder.pith("-f", "--network", "a.net", ...words);
  expect(result).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
});

describe("a file that is no network", () => {
  test.each(["-cm neural", "-dc", "-t"])("is refused by pith %s", async (words) => {
    const damaged = readFileSync(folder.file("a.net"));
    damaged[damaged.length >> 1] ^= 1;
    writeFileSync(folder.file("damaged.net"), damaged);
    const trainer = createNeuralTrainer({ alphabetSize: 4, architecture: "none", hidden: 8 });
    writeFileSync(folder.file("bases.net"), packNeuralModel({ options: trainer.shape, weights: trainer.weights() }));
    for (const [name, message] of [
      ["damaged.net", "damaged.net: the model is damaged or not whole"],
      ["text", "it is no network that pith train wrote, or it is damaged"],
      ["bases.net", "bases.net: expected a network of 256 symbols, got 4"],
      ["absent.net", "absent.net: no such file or folder"],
      [".", ".: is a folder; make a file of it with pith train --from FOLDER"],
      ["", "--network: expected the name of a file, got an empty one"],
    ]) {
      const result = await folder.pith(...words.split(" "), "--network", name, "text");
      expect(result).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining(message) });
    }
  });
});
