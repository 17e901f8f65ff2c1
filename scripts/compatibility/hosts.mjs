// Hosts without a page: Node, Deno, Bun, and workerd, which compiles only what is imported.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { attempt, expect } from "./attempts.mjs";
import { bundle, installed, runProgram, scratch } from "./scratch.mjs";

export async function tryHosts(quick) {
  const programs = {
    ...(!quick && {
      [`Node ${process.versions.node}`]: [process.execPath],
      "Node 22": [installed("node22/bin/node")],
    }),
    "Node 24": [installed("node24/bin/node")],
    ...(!quick && { Deno: [installed("deno-linux/deno"), "run", "-A"], Bun: [installed("bun-linux/bin/bun")] }),
  };
  for (const [name, [program, ...args]] of Object.entries(programs)) {
    await attempt(name, () => expect(runProgram(program, [...args, "host.mjs"]), "coded and back"));
  }
}

export async function tryEdge() {
  await attempt("workerd: kernels are imported", async () => {
    const outdir = join(scratch, "out-edge");
    const options = { platform: "browser", conditions: ["workerd", "worker"], loader: { ".wasm": "copy" }, outdir };
    await bundle({ ...options, entryPoints: ["edge.mjs"] });
    writeFileSync(
      join(scratch, "run-edge.mjs"),
      `import { readdirSync } from "node:fs";
       import { Miniflare } from "miniflare";
       const files = readdirSync("out-edge");
       const main = files.find((file) => file.endsWith(".js"));
       const modules = [main, ...files.filter((file) => file.endsWith(".wasm"))].map((file) => ({
         type: file.endsWith(".wasm") ? "CompiledWasm" : "ESModule", path: "out-edge/" + file,
       }));
       const host = new Miniflare({ modules, modulesRoot: "out-edge", compatibilityDate: "2025-06-01" });
       console.log(await (await host.dispatchFetch("http://localhost/")).text());
       await host.dispose();`,
    );
    const said = runProgram(installed("node22/bin/node"), ["run-edge.mjs"]);
    expect(said, '"same":true');
    expect(said, '"forbidden":"forbidden"');
  });
}

export async function tryLostWorkers() {
  await attempt("esbuild for Node, without the workers' program: an error says so", async () => {
    await bundle({
      entryPoints: ["host.mjs"],
      platform: "node",
      splitting: true,
      outdir: "out-node",
      outExtension: { ".js": ".mjs" },
    });
    const { stderr } = spawnSync(process.execPath, ["out-node/host.mjs"], { cwd: scratch, encoding: "utf8" });
    expect(stderr, "the program of the workers is not at");
  });
}
