/** A child: makes one call of the library on a file, after a warm-up on a small input, and prints how long it took. */
import { readFileSync, writeFileSync } from "node:fs";
import { compress, compressSync, decompress, decompressSync, LEVELS, loadModels } from "@pith/codec";
import type { OwnTime, Request } from "./request.ts";

/** Enough to compile the kernels and to make their code hot. */
const WARM_UP_BYTES = 16384;

const { action, input, output, warmUp, options } = JSON.parse(process.argv[2]) as Request;

const calls = {
  compressSync: (bytes: Uint8Array) => compressSync(bytes, options),
  decompressSync: (bytes: Uint8Array) => decompressSync(bytes),
  compress: (bytes: Uint8Array) => compress(bytes, options),
  decompress: (bytes: Uint8Array) => decompress(bytes, options),
};
const call = calls[action];
if (options.level === LEVELS.length) await loadModels("mix-english");
const sample = new Uint8Array(readFileSync(warmUp)).slice(0, WARM_UP_BYTES);
await call(action.startsWith("compress") ? sample : compressSync(sample, options));

const content = new Uint8Array(readFileSync(input));
const cpuBefore = process.cpuUsage();
const before = performance.now();
const result = await call(content);
const seconds = (performance.now() - before) / 1000;
const cpu = process.cpuUsage(cpuBefore);

writeFileSync(output, result);
const time: OwnTime = { seconds, cpuSeconds: (cpu.user + cpu.system) / 1e6 };
console.log(JSON.stringify(time));
