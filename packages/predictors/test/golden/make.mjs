// Writes mix.json anew from the built package: node packages/predictors/test/golden/make.mjs
import { readFile, writeFile } from "node:fs/promises";
import { MIX_MODELS, createMixPredictor } from "../../dist/index.js";

const input = await readFile(new URL("input.bin", import.meta.url));
const { every } = JSON.parse(await readFile(new URL("mix.json", import.meta.url), "utf8"));

/** FNV-1a, 64 bits, over the probabilities before every so many bytes, each as four bytes, the lowest first. */
function checksum(model) {
  const predictor = createMixPredictor({ model, capacity: input.length });
  const probabilities = new Uint32Array(256);
  let hash = 0xcbf29ce484222325n;
  for (const [at, byte] of input.entries()) {
    if (at % every === 0) {
      predictor.predict(probabilities);
      for (const p of probabilities) {
        for (let shift = 0; shift < 32; shift += 8) {
          hash = BigInt.asUintN(64, (hash ^ BigInt((p >> shift) & 255)) * 0x100000001b3n);
        }
      }
    }
    predictor.update(byte);
  }
  return hash.toString(16).padStart(16, "0");
}

const checksums = Object.fromEntries(MIX_MODELS.map((model) => [model, checksum(model)]));
await writeFile(new URL("mix.json", import.meta.url), `${JSON.stringify({ every, checksums }, null, 2)}\n`);
