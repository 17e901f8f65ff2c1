/** What calls and streams leave of the process around them: run in processes of their own. */
import { expect, test } from "@jest/globals";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";

/** Runs a program that has `content`, 400 kB. */
function run(code: string): { stdout: string; status: number | null; signal: string | null } {
  const program = `
    import { readdirSync } from "node:fs";
    import { setTimeout } from "node:timers/promises";
    import { compress, CompressStream, decompress } from "@pith/codec";
    const content = new Uint8Array(400_000).map((_, i) => i * i);
    ${code}
    console.log("end");`;
  const { stdout, status, signal } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return { stdout, status, signal };
}

test.each([
  ["is done", "await compress(content, { method: 'stored', threads: 2, blockSize: 200_000 });"],
  ["was stopped", "await compress(content, { level: 9, signal: AbortSignal.timeout(50) }).catch(() => {});"],
  ["was stopped at once", "await compress(content, { signal: AbortSignal.timeout(1) }).catch(() => {});"],
  ["left a stream open", "new CompressStream().writable.getWriter().write(content);"],
  ["goes on", "void compress(content, { method: 'stored', threads: 2, blockSize: 200_000 });"],
])("a program whose compression %s ends by itself", (_, code) => {
  expect(run(code)).toEqual({ stdout: "end\n", status: 0, signal: null });
});

test.each([10, 500])("a pipe that is aborted after %i ms fails with the reason, and the program goes on", (delay) => {
  const { stdout, status } = run(`
    const source = new ReadableStream({ pull: (controller) => controller.enqueue(content) });
    const abort = new AbortController();
    const pipe = source.pipeThrough(new CompressStream()).pipeTo(new WritableStream(), { signal: abort.signal });
    setTimeout(${delay}).then(() => abort.abort(new Error("enough")));
    await pipe.catch(({ message }) => console.log(message));`);
  expect([stdout, status]).toEqual(["enough\nend\n", 0]);
});

const linux = existsSync("/proc/self/fd") ? test : test.skip;

linux("calls that are aborted while workers start leave no file open", () => {
  const { stdout } = run(`
    const open = () => readdirSync("/proc/self/fd").length;
    await compress(content, { method: "stored", threads: 2, blockSize: 200_000 });
    const before = open();
    for (let i = 0; i < 15; i++) await compress(content, { signal: AbortSignal.timeout(5 * i) }).catch(() => {});
    await setTimeout(500);
    // A worker that runs has a few of its own.
    console.log(open() - before <= 8 * ${availableParallelism()});`);
  expect(stdout).toBe("true\nend\n");
});

linux("any number of calls and streams have one thread a core together", () => {
  const { stdout } = run(
    `
    const threads = () => readdirSync("/proc/self/task").length;
    const before = threads();
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, threads())), 1);
    const calls = Array.from({ length: 20 }, () => compress(content, { method: "stored", threads: 4, blockSize: 100_000 }));
    const streams = Array.from({ length: 20 }, () =>
      new Response(new Blob([content]).stream().pipeThrough(new CompressStream({ method: "stored" }))).arrayBuffer());
    const files = await Promise.all([...calls, ...streams]);
    clearInterval(watch);
    console.log(most - before <= ${availableParallelism()});
    for (const file of [files[0], files[39]]) console.log((await decompress(new Uint8Array(file))).every((byte, i) => byte === content[i]));`,
  );
  expect(stdout).toBe("true\ntrue\ntrue\nend\n");
});

linux("where addresses are limited, errors name the limit and the way out, which works", () => {
  const program = `
    import { compress, compressSync } from "@pith/codec";
    const content = new Uint8Array(200_000).map((_, i) => (i * i) >> 7);
    for (const run of [compressSync, compress]) {
      try {
        console.log((await run(content, { level: 1 })).length < content.length);
      } catch (error) {
        console.log(/ulimit -v.*NODE_OPTIONS=--disable-wasm-trap-handler/.test(error.message));
      }
    }
    console.log("end");`;
  for (const NODE_OPTIONS of ["", "--disable-wasm-trap-handler"]) {
    const { stdout } = spawnSync(
      "sh",
      ["-c", 'ulimit -v 8000000; exec "$0" --input-type=module --eval "$1"', process.execPath, program],
      { encoding: "utf8", timeout: 60_000, env: { ...process.env, NODE_OPTIONS } },
    );
    expect(stdout).toBe("true\ntrue\nend\n");
  }
});
