import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "@jest/globals";
import asc from "assemblyscript/asc";
import { isInstalled } from "../src/contestants/installed.ts";
import { Reader } from "../src/native/reader.ts";
import { translate } from "../src/native/translate.ts";
import { withFiles } from "./fakes.ts";

/** Uses what kernels use: memory, globals, vectors, every kind of branch, conversions. */
const SOURCE = `
const table = memory.data(1024, 16);
let state: i32 = 12345;
let wide: i64 = -7;
function next(): i32 {
  state = state * 1664525 + 1013904223;
  return (state >> 16) & 255;
}
function pick(n: i32): i32 {
  switch (n & 7) {
    case 0: return 11;
    case 1: return 22;
    case 2: return -33;
    case 3: return 44;
    case 4: return 55;
    default: return n;
  }
}
export function run(count: i32): i32 {
  if (memory.grow(1) < 0) unreachable();
  memory.fill(table, 3, 512);
  memory.copy(table + 512, table, 100);
  let sum: i32 = 0;
  let mean: f32 = 0.5;
  for (let i = 0; i < count; i++) {
    const byte = next();
    store<u8>(table + byte, <u8>(byte ^ i));
    store<i16>(table + 600, <i16>(i * 1001));
    store<f32>(table + 700 + ((byte & 15) << 2), <f32>byte / 3.0);
    if (byte == 77) continue;
    sum += pick(byte) + load<i8>(table + 255 - byte) + load<i16>(table + 600);
    const lanes = f32x4.add(v128.load(table + 700), f32x4.mul(v128.load(table + 716), f32x4.splat(0.25)));
    mean = mean * 0.75 + f32x4.extract_lane(lanes, 1) - f32x4.extract_lane(lanes, 3);
    sum ^= <i32>(mean * 100.0) + <i32>(1.0e10 * <f64>mean);
    const dot = i32x4.dot_i16x8_s(v128.load(table), i16x8.splat(<i16>byte));
    sum += i32x4.extract_lane(i32x4.shr_s(dot, 3), 2);
    wide = wide * 6364136223846793005 + (sum | 1);
    sum = rotl(sum, 5) + clz(sum | 1) + <i32>(wide >> 33) + sum / (byte + 1) + sum % 7;
    sum += i32x4.extract_lane(v128.load32_lane(table + 8, lanes, 3), 3);
    sum ^= reinterpret<i32>(min<f32>(mean, 1.5)) + reinterpret<i32>(max<f32>(-mean, 0.25)) + popcnt(sum);
    if (sum == 0) break;
  }
  return sum;
}
`;

const MAIN = `
#include "runtime.h"
#include <stdio.h>
#include KERNEL
int main(void) {
  kernel_instantiate();
  for (int i = 0; i < 3; i++) printf("%d\\n", (int32_t)kernel_run(1000));
}
`;

const runtime = fileURLToPath(new URL("../native", import.meta.url));

async function compileModule(source: string): Promise<Uint8Array<ArrayBuffer>> {
  let wasm = new Uint8Array();
  const { error } = await asc.main(
    ["main.ts", "--outFile", "main.wasm", "--runtime", "stub", "-O3", "--noAssert", "--enable", "simd"],
    {
      readFile: (file) => (file === "main.ts" ? source : null),
      writeFile: (file, contents) => {
        if (file === "main.wasm") wasm = new Uint8Array(contents as Uint8Array);
      },
      listFiles: () => [],
    },
  );
  if (error !== null) throw error;
  return wasm;
}

// Without a compiler, there is nothing that could run the translation.
const ifCompiler = isInstalled("gcc") ? test : test.skip;

describe("translate", () => {
  ifCompiler("gives C that computes what the module computes", async () => {
    const wasm = await compileModule(SOURCE);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
    const run = exports["run"] as (count: number) => number;
    const expected = [run(1000), run(1000), run(1000)];
    expect(new Set(expected).size).toBe(3);

    const files = { "kernel.inc": translate(wasm), "main.c": MAIN };
    const printed = await withFiles(files, (folder) => {
      const kernel = `-DKERNEL="${join(folder, "kernel.inc")}"`;
      const program = join(folder, "main");
      const flags = ["-O2", "-ffp-contract=off", "-fno-strict-aliasing", "-fwrapv", "-w", `-I${runtime}`, kernel];
      const compiler = spawnSync("gcc", [...flags, join(folder, "main.c"), "-o", program, "-lm"], { encoding: "utf8" });
      if (compiler.status !== 0) writeFileSync(2, compiler.stderr);
      return spawnSync(program, { encoding: "utf8" }).stdout;
    });
    expect(printed.trim().split("\n").map(Number)).toEqual(expected);
  });

  test("names an operation that it does not know", async () => {
    const wasm = await compileModule(
      "export function run(): i32 { return i32x4.extract_lane(i8x16.swizzle(i8x16.splat(1), i8x16.splat(2)), 0); }",
    );
    // Depending on what the optimiser leaves, the module has the operation or its constant result.
    const swizzle = wasm.join(",").includes("253,14");
    if (swizzle) expect(() => translate(wasm)).toThrow("opcode 0xfd 0xe is not translated");
    else expect(translate(wasm)).toContain("kernel_run");
  });
});

describe("Reader", () => {
  test("reads LEB128 of both signs", () => {
    expect(new Reader(new Uint8Array([0xe5, 0x8e, 0x26])).unsigned()).toBe(624485);
    expect(new Reader(new Uint8Array([0xff, 0xff, 0xff, 0xff, 0x0f])).unsigned()).toBe(4294967295);
    expect(new Reader(new Uint8Array([0x7f])).signed()).toBe(-1n);
    expect(new Reader(new Uint8Array([0xc0, 0xbb, 0x78])).signed()).toBe(-123456n);
  });
  test("says where a module ends too early", () => {
    expect(() => new Reader(new Uint8Array([0x80])).unsigned()).toThrow("ends at byte 1");
  });
});
