import { describe, expect, test } from "@jest/globals";
import { type EmbeddedKernel, instantiateKernel } from "../src/index.ts";
import { I32_ADD, I32_STORE8, assemble, call, i32Const, localGet } from "./assemble.ts";

interface Exports {
  readonly add: (a: number, b: number) => number;
  readonly poke: (address: number, value: number) => void;
  readonly fail: () => void;
}

const embed = (name: string, module: Uint8Array): EmbeddedKernel => ({
  name,
  base64: Buffer.from(module).toString("base64"),
});

const module = assemble({
  add: { parameters: 2, results: 1, code: [...localGet(0), ...localGet(1), I32_ADD] },
  poke: { parameters: 2, results: 0, code: [...localGet(0), ...localGet(1), ...I32_STORE8] },
  fail: {
    parameters: 0,
    results: 0,
    code: [...i32Const(0), ...i32Const(0), ...i32Const(7), ...i32Const(9), ...call(0)],
  },
});
const kernel = embed("tiny", module);

describe("instantiateKernel", () => {
  test("gives the functions that the kernel exports", () => {
    const { add } = instantiateKernel<Exports>(kernel);
    expect(add(2, 40)).toBe(42);
    expect(add(2 ** 31 - 1, 1)).toBe(-(2 ** 31));
  });

  test("gives the memory that the functions write to", () => {
    const { memory, poke } = instantiateKernel<Exports>(kernel);
    poke(1000, 0xab);
    expect(new Uint8Array(memory.buffer)[1000]).toBe(0xab);
  });

  test("gives each instance a memory of its own", () => {
    const first = instantiateKernel<Exports>(kernel);
    const second = instantiateKernel<Exports>(kernel);
    first.poke(5, 1);
    expect(new Uint8Array(first.memory.buffer)[5]).toBe(1);
    expect(new Uint8Array(second.memory.buffer)[5]).toBe(0);
  });

  test("compiles a kernel once", () => {
    const { Module } = WebAssembly;
    let compilations = 0;
    class CountingModule extends Module {
      constructor(bytes: BufferSource) {
        super(bytes);
        compilations++;
      }
    }
    const own = embed("own", module);
    WebAssembly.Module = CountingModule;
    try {
      instantiateKernel<Exports>(own);
      instantiateKernel<Exports>(own);
    } finally {
      WebAssembly.Module = Module;
    }
    expect(compilations).toBe(1);
  });

  test("turns the kernel's abort into an error that names the kernel, line and column", () => {
    const { fail } = instantiateKernel<Exports>(kernel);
    expect(fail).toThrow(new Error("the kernel tiny stopped at 7:9"));
  });

  test("traps on an address outside of the memory", () => {
    const { poke } = instantiateKernel<Exports>(kernel);
    expect(() => poke(65_536, 1)).toThrow(/out of bounds/);
  });

  test.each([
    ["is not WebAssembly", embed("broken", Uint8Array.of(1, 2, 3, 4))],
    ["ends early", embed("broken", module.subarray(0, module.length - 3))],
    ["is not base64", { name: "broken", base64: "*" }],
  ])("says what is needed if the module %s", (_what, broken) => {
    let thrown: unknown;
    try {
      instantiateKernel(broken);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toHaveProperty(
      "message",
      expect.stringContaining("the kernel broken does not compile here: WebAssembly with SIMD"),
    );
    expect(thrown).toHaveProperty("cause.message", expect.any(String));
  });
});
