/** What every decoder has: all that the fast levels make of text and data. What only some files need is imported for them. */
import { compileKernel, DeferredKernel } from "@pith/core";
import { kernel as lzKernel } from "#kernels/lz-decode";
import type { PpmDecodeKernel } from "../generated/ppm-decode-exports.ts";
import type { WeightsDecodeKernel } from "../generated/weights-decode-exports.ts";
import { lzDecoder } from "../methods/lz/decoder.ts";
import { ppmDecoder } from "../methods/ppm/decoder.ts";
import { weightsDecoder } from "../methods/weights/decoder.ts";
import { stored } from "../methods/stored/index.ts";
import { call } from "../transforms/call.ts";
import type { DecoderFamily } from "./family.ts";
import { LateTransform } from "./late-transform.ts";

const ppmKernel = new DeferredKernel<PpmDecodeKernel>("@pith/codec/ppm-decode", undefined);

const weightsKernel = new DeferredKernel<WeightsDecodeKernel>("@pith/codec/weights-decode", undefined);

const lz = lzDecoder(lzKernel);
const ppm = ppmDecoder(ppmKernel);
const weights = weightsDecoder(weightsKernel);
const words = new LateTransform(2, "words", async () => await (await import("./words.ts")).loadWordsDecoder());
const dedupe = new LateTransform(3, "dedupe", async () => (await import("../transforms/dedupe/index.ts")).dedupe);

async function loadPpm(): Promise<void> {
  if (!ppmKernel.isThere) ppmKernel.install((await import("#kernels/ppm-decode")).kernel);
  await compileKernel(ppmKernel);
}

async function loadWeights(): Promise<void> {
  if (!weightsKernel.isThere) weightsKernel.install((await import("#kernels/weights-decode")).kernel);
  await compileKernel(weightsKernel);
}

export const fast: DecoderFamily = {
  methods: [stored, lz, ppm, weights],
  transforms: [call, words, dedupe],
  async prepare({ method, stages }) {
    // Compiled before it is needed, since pages compile nothing large at once.
    if (method === lz) await compileKernel(lzKernel);
    else if (method === ppm) await loadPpm();
    else if (method === weights) await loadWeights();
    for (const { transform } of stages) if (transform instanceof LateTransform) await transform.load();
  },
};
