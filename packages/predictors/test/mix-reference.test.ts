import { describe, expect, test } from "@jest/globals";
import { ReferenceModel } from "./reference/model.ts";
import { expectAgreement } from "./support/agree.ts";
import { codedWords, lines, machineCode, noise, picture, prose, records, repeats } from "./support/contents.ts";
import { someWeights } from "./support/network-weights.ts";
import { DESCRIPTIONS, MIX_MODELS, openKernel } from "./support/kernel.ts";

const PLAIN = { tableBits: 16, dictionary: false, x64: false };
/** Tables of 32 or 64 slots: contexts push each other out. */
const CROWDED = { ...PLAIN, tableBits: 10 };

/** Bytes for the models that have a network, since that is slow here: several windows. */
const MOST_BYTES: Partial<Record<string, number>> = { best: 160, max: 100 };
/** Bytes of what it is not for, for a model of lines, data or code: what these are for comes below. */
const MOST_OF_OTHERS = 100;

function mostBytes(model: string): number | undefined {
  const [family, strength] = model.split(/-(.*)/s);
  return ["lines", "data", "code"].includes(family) ? MOST_OF_OTHERS : MOST_BYTES[strength];
}

const cases = {
  prose: { bytes: prose(160), options: PLAIN },
  "coded words": { bytes: codedWords(160), options: { ...PLAIN, dictionary: true } },
  "32-bit machine code": { bytes: machineCode(140, 31), options: PLAIN },
  "64-bit machine code": { bytes: machineCode(170), options: { ...PLAIN, x64: true } },
  records: { bytes: records(150), options: CROWDED },
  repeats: { bytes: repeats(220), options: CROWDED },
  noise: { bytes: noise(60), options: CROWDED },
};

describe.each(MIX_MODELS)("the kernel of %s gives the reference's probability of every bit", (model) => {
  test.each(Object.entries(cases))("of %s", async (_, { bytes: all, options }) => {
    const bytes = all.subarray(0, mostBytes(model));
    const kernel = await openKernel(model, bytes.length, options);
    expectAgreement(kernel, new ReferenceModel(DESCRIPTIONS[model], options), bytes);
  });
});

/** Contents that only models of some contexts make anything of. */
const OF_LINES = { bytes: lines(300), options: PLAIN };
const OF_CODE = { bytes: machineCode(240), options: { ...PLAIN, x64: true } };
const OF_A_GRID = { bytes: picture(450), options: PLAIN };

test.each([
  ["lines", OF_LINES],
  ["lines-plus", OF_LINES],
  ["lines-best", OF_LINES],
  ["data", OF_A_GRID],
  ["data-plus", OF_A_GRID],
  ["data-best", OF_A_GRID],
  ["code", OF_CODE],
  ["code-plus", OF_CODE],
  ["code-best", OF_CODE],
] as const)(
  "the kernel of %s gives the reference's probabilities of what it is for",
  async (model, { bytes, options }) => {
    const kernel = await openKernel(model, bytes.length, options);
    expectAgreement(kernel, new ReferenceModel(DESCRIPTIONS[model], options), bytes);
  },
);

test.each(MIX_MODELS)("a second block sees nothing of the first (%s)", async (model) => {
  const kernel = await openKernel(model, 300, { ...CROWDED, dictionary: true, x64: true });
  for (const byte of codedWords(150)) kernel.update(byte);
  const bytes = prose(60);
  kernel.start(bytes.length, PLAIN);
  expectAgreement(kernel, new ReferenceModel(DESCRIPTIONS[model], PLAIN), bytes);
});

test("a network that starts from trained weights is the reference's", async () => {
  const kernel = await openKernel("text-max", 200, PLAIN);
  const bytes = codedWords(200);
  const options = { ...PLAIN, dictionary: true, network: someWeights(DESCRIPTIONS["text-max"]) };
  expect(options.network).toHaveLength(kernel.networkLength());
  kernel.start(bytes.length, options);
  expectAgreement(kernel, new ReferenceModel(DESCRIPTIONS["text-max"], options), bytes);
});

test("models.json and the predictor have the same models", () => {
  expect(Object.keys(DESCRIPTIONS)).toEqual(MIX_MODELS);
});
