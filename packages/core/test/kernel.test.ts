import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "@jest/globals";
import { runInNewContext } from "node:vm";
import {
  compileKernel,
  DeferredKernel,
  type EmbeddedKernel,
  instantiateKernel,
  type Kernel,
  KernelError,
  type KernelExports,
  provideKernels,
} from "../src/index.ts";
import { I32_ADD, I32_STORE8, assemble, call, i32Const, localGet } from "./assemble.ts";

interface Exports extends KernelExports {
  readonly add: (a: number, b: number) => number;
  readonly poke: (address: number, value: number) => void;
  readonly fail: () => void;
}

const embed = (name: string, module: Uint8Array<ArrayBuffer>): EmbeddedKernel<Exports> => ({
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
    const { add } = instantiateKernel(kernel);
    expect(add(2, 40)).toBe(42);
    expect(add(2 ** 31 - 1, 1)).toBe(-(2 ** 31));
  });

  test("gives the memory that the functions write to", () => {
    const { memory, poke } = instantiateKernel(kernel);
    poke(1000, 0xab);
    expect(new Uint8Array(memory.buffer)[1000]).toBe(0xab);
  });

  test("gives each instance a memory of its own", () => {
    const first = instantiateKernel(kernel);
    const second = instantiateKernel(kernel);
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
      instantiateKernel(own);
      instantiateKernel(own);
    } finally {
      WebAssembly.Module = Module;
    }
    expect(compilations).toBe(1);
  });

  test("turns the kernel's abort into an error that names the kernel, line and column", () => {
    const { fail } = instantiateKernel(kernel);
    expect(fail).toThrow(new Error("the kernel tiny stopped at 7:9"));
  });

  test("traps on an address outside of the memory", () => {
    const { poke } = instantiateKernel(kernel);
    expect(() => poke(65_536, 1)).toThrow(/out of bounds/);
  });

  test("takes a module that the host has compiled", () => {
    const { add } = instantiateKernel<Exports>({ name: "compiled", module: new WebAssembly.Module(module) });
    expect(add(2, 40)).toBe(42);
  });
});

describe("compileKernel", () => {
  test("gives the module that instances are then made of", async () => {
    const own = embed("ahead", module);
    const compiled = await compileKernel(own);
    withWebAssembly({ Module: notToBeCalled }, () => {
      expect(instantiateKernel(own).add(2, 40)).toBe(42);
    });
    expect(await compileKernel(own)).toBe(compiled);
  });

  test("says what is wrong as instantiateKernel does", async () => {
    await expect(compileKernel(embed("broken", module.subarray(0, 20)))).rejects.toMatchObject({
      name: "KernelError",
      code: "damaged",
      kernel: "broken",
    });
  });
});

describe("a deferred kernel", () => {
  const folder = mkdtempSync(join(tmpdir(), "pith-kernels-"));
  const here = pathToFileURL(join(folder, "kernels.js")).href;
  writeFileSync(join(folder, "filed.wasm"), module);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("runs once it is installed", () => {
    const deferred = new DeferredKernel<Exports>("@test/package/deferred", undefined);
    expect(deferred.isThere).toBe(false);
    deferred.install(kernel);
    expect(deferred.isThere).toBe(true);
    expect(instantiateKernel(deferred).add(2, 40)).toBe(42);
  });

  test("comes from the file of its name where it was not installed", () => {
    const deferred = new DeferredKernel<Exports>("@test/package/filed", here);
    expect(instantiateKernel(deferred).add(2, 40)).toBe(42);
    expect(deferred.isThere).toBe(true);
  });

  test.each([
    ["there is no such file", new DeferredKernel<Exports>("@test/package/absent", here)],
    ["there are no files", new DeferredKernel<Exports>("@test/package/filed", undefined)],
    ["files are no URL's", new DeferredKernel<Exports>("@test/package/filed", "")],
  ])("says what to do where it was not installed and %s", async (_what, deferred) => {
    const { code, message } = failure(deferred);
    expect(code).toBe("not-loaded");
    expect(message).toMatch(/await loadKernels\(\), or import @pith\/codec\/static/);
    await expect(compileKernel(deferred)).rejects.toMatchObject({ code: "not-loaded" });
  });

  test("is there when its module was provided", () => {
    const deferred = new DeferredKernel<Exports>("@test/package/given", undefined);
    provideKernels({ "@test/package/given": new WebAssembly.Module(module) });
    expect(deferred.isThere).toBe(true);
    expect(instantiateKernel(deferred).add(2, 40)).toBe(42);
  });
});

describe("provideKernels", () => {
  test("has the module used wherever the kernel of that name is", async () => {
    const other = new WebAssembly.Module(assemble({ add: { parameters: 2, results: 1, code: i32Const(7) } }));
    provideKernels({ "test/provided": other });
    const own = embed("test/provided", module);
    expect(instantiateKernel(own).add(2, 40)).toBe(7);
    expect(await compileKernel(own)).toBe(other);
  });

  test("works where compiling is forbidden", () => {
    const own = embed("test/precompiled", module);
    provideKernels({ "test/precompiled": new WebAssembly.Module(module) });
    withWebAssembly({ Module: forbidding().Module }, () => {
      expect(instantiateKernel(own).add(2, 40)).toBe(42);
    });
  });

  test("takes nothing else than modules", () => {
    expect(() => provideKernels({ "test/bytes": module })).toThrow(
      new TypeError("modules: expected a WebAssembly.Module for test/bytes, got object"),
    );
  });
});

describe("a kernel that does not run says why", () => {
  test.each([
    ["are not WebAssembly", embed("broken", Uint8Array.of(1, 2, 3, 4))],
    ["end early", embed("broken", module.subarray(0, module.length - 3))],
    ["are not base64", { name: "broken", base64: "*" }],
  ])("where its bytes %s", (_what, broken) => {
    const { code, kernel: name, message } = failure(broken);
    expect({ code, name }).toEqual({ code: "damaged", name: "broken" });
    expect(message).toMatch(/^the kernel broken does not run here: its bytes are no WebAssembly module/);
  });

  test("where the host forbids to compile WebAssembly", () => {
    const { code, message, cause } = withWebAssembly(forbidding(), () => failure(embed("own", module)));
    expect(code).toBe("forbidden");
    expect(message).toMatch(/'wasm-unsafe-eval'.*provideKernels/);
    expect(cause).toHaveProperty("message", expect.stringContaining("disallowed by embedder"));
  });

  test("where the host forbids to compile WebAssembly, in a promise", async () => {
    const { compile } = forbidding();
    const rejected = await withWebAssembly({ compile }, () => compileKernel(embed("own", module))).catch(
      (error: unknown) => error,
    );
    expect(rejected).toMatchObject({ name: "KernelError", code: "forbidden" });
  });

  test("where the engine has no SIMD", () => {
    const old = { Module: throwing(new WebAssembly.CompileError("invalid type 0x7b")), validate: () => false };
    const { code, message } = withWebAssembly(old, () => failure(embed("own", module)));
    expect(code).toBe("no-simd");
    expect(message).toMatch(/WebAssembly with SIMD is needed/);
  });

  test("where the thread may not compile as much at once", () => {
    const strict = { Module: throwing(new RangeError("disallowed on the main thread")) };
    const { code, message } = withWebAssembly(strict, () => failure(embed("own", module)));
    expect(code).toBe("too-large");
    expect(message).toMatch(/returns a promise/);
  });

  test("where there is no WebAssembly", () => {
    const { code, message } = withWebAssembly(undefined, () => failure(embed("own", module)));
    expect(code).toBe("no-webassembly");
    expect(message).toMatch(/there is no WebAssembly/);
  });
});

/** Why a kernel does not run. */
function failure(of: Kernel): KernelError {
  try {
    instantiateKernel(of);
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    return error;
  }
  throw new Error("expected it to throw");
}

/** WebAssembly of a realm whose host forbids to compile it: the engine itself refuses, as in an edge worker. */
function forbidding(): typeof WebAssembly {
  const policy = { contextCodeGeneration: { strings: true, wasm: false } };
  return runInNewContext("WebAssembly", {}, policy) as typeof WebAssembly;
}

/** Runs a function while some of WebAssembly, or all of it, is another. */
function withWebAssembly<Result>(other: object | undefined, run: () => Result): Result {
  const { WebAssembly: own } = globalThis;
  const names = ["Module", "Instance", "validate", "compile"] as const;
  const mixed = { ...Object.fromEntries(names.map((name) => [name, own[name]])), ...pick(other, names) };
  Object.assign(globalThis, { WebAssembly: other && mixed });
  try {
    return run();
  } finally {
    Object.assign(globalThis, { WebAssembly: own });
  }
}

function pick(from: object | undefined, names: readonly string[]): object {
  const own = from as Record<string, unknown> | undefined;
  return Object.fromEntries(names.filter((name) => own?.[name] !== undefined).map((name) => [name, own?.[name]]));
}

function throwing(error: Error): () => never {
  return function () {
    throw error;
  };
}

const notToBeCalled = throwing(new Error("not to be called"));
