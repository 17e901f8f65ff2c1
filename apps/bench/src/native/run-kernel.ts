/**
 * A child: runs an embedded kernel of context mixing in this engine as harness.c runs its translation, and prints the
 * processor seconds of each round. KERNEL is the JSON of an `EmbeddedKernel`. Arguments: KERNEL INPUT OUTPUT TABLE_BITS FLAGS ROUNDS
 */
import { readFileSync, writeFileSync } from "node:fs";
import { type EmbeddedKernel, instantiateKernel } from "@pith/core";
import type { MixKernel } from "../../../../packages/codec/dist/generated/mix-exports.js";

const [kernelFile, input, output, tableBits, flags, rounds] = process.argv.slice(2);
const kernel = JSON.parse(readFileSync(kernelFile, "utf8")) as EmbeddedKernel<MixKernel>;
const mix = instantiateKernel(kernel);
const content = new Uint8Array(readFileSync(input));
const result = new Uint8Array(content.length * 2 + 65536);

function encode(): { written: number; seconds: number } {
  mix.start(content.length, Number(tableBits), Number(flags));
  new Uint8Array(mix.memory.buffer).set(content, mix.contentAddress());
  const coded = mix.codedAddress();
  const slice = mix.sliceLength();
  let written = 0;
  const take = (count: number): void => {
    result.set(new Uint8Array(mix.memory.buffer, coded, count), written);
    written += count;
  };
  const before = process.cpuUsage();
  mix.startEncoding();
  for (let at = 0; at < content.length; at += slice) take(mix.encode(Math.min(slice, content.length - at)));
  take(mix.finishEncoding());
  const { user, system } = process.cpuUsage(before);
  return { written, seconds: (user + system) / 1e6 };
}

let written = 0;
for (let round = 0; round < Number(rounds); round++) {
  const run = encode();
  written = run.written;
  console.log(run.seconds.toFixed(6));
}
writeFileSync(output, result.subarray(0, written));
