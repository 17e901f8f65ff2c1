// Tries the packages, as they are published, in the hosts and bundlers that people use: Node 20, 22 and 24, Deno, Bun,
// workerd, pages under a content security policy, esbuild, vite, rollup, webpack and Parcel. Needs a build and Chromium.
//
// `--quick` leaves out Deno, Bun, rollup, webpack and Parcel, which take long to install. What it installs is in
// package.json beside this file, and goes to a folder of its own.
/* global document */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { npm, root } from "../workspace.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const quick = process.argv.includes("--quick");
const PACKAGES = ["core", "entropy", "framing", "pairs", "predictors", "tokenizer", "weights", "codec"];
const SELF = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'";

const scratch = mkdtempSync(join(tmpdir(), "pith-compatibility-"));
const failures = [];

async function attempt(name, run) {
  const start = performance.now();
  try {
    await run();
    console.log(`ok      ${name} (${Math.round(performance.now() - start)} ms)`);
  } catch (error) {
    failures.push(name);
    console.log(`FAILED  ${name}\n${String(error.stderr ?? error.stack ?? error)}`);
  }
}

function expect(got, expected) {
  if (!got.includes(expected)) throw new Error(`expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
}

/** The packages as npm would install them, beside what is tried. */
function install() {
  cpSync(join(here, "package.json"), join(scratch, "package.json"));
  cpSync(join(here, "programs"), scratch, { recursive: true });
  const omit = quick ? ["--omit=optional"] : [];
  if (npm(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", ...omit], { cwd: scratch }) !== 0) {
    throw new Error("npm install failed");
  }
  for (const name of PACKAGES) {
    const folder = join(scratch, "node_modules/@pith", name);
    mkdirSync(folder, { recursive: true });
    npm(["pack", "--silent", "--ignore-scripts", "--pack-destination", folder], { cwd: join(root, "packages", name) });
    const [tarball] = readdirSync(folder);
    execFileSync("tar", ["-xzf", tarball, "--strip-components=1"], { cwd: folder });
  }
}

const installed = (path) => join(scratch, "node_modules", path);
const runProgram = (program, args) => execFileSync(program, args, { cwd: scratch, encoding: "utf8", timeout: 120_000 });

async function hosts() {
  const programs = {
    [`Node ${process.versions.node}`]: [process.execPath],
    "Node 22": [installed("node22/bin/node")],
    "Node 24": [installed("node24/bin/node")],
    ...(!quick && { Deno: [installed("deno-linux/deno"), "run", "-A"], Bun: [installed("bun-linux/bin/bun")] }),
  };
  for (const [name, [program, ...args]] of Object.entries(programs)) {
    await attempt(name, () => expect(runProgram(program, [...args, "host.mjs"]), "coded and back"));
  }
}

/** Bundles with esbuild, which the command's package brings. */
async function bundle(options) {
  const { build } = await import(pathToFileURL(join(root, "node_modules/esbuild/lib/main.js")).href);
  return await build({ absWorkingDir: scratch, bundle: true, format: "esm", logLevel: "error", ...options });
}

async function edge() {
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
  await attempt("workerd: kernels are imported", () => {
    const said = runProgram(installed("node22/bin/node"), ["run-edge.mjs"]);
    expect(said, '"same":true');
    expect(said, '"forbidden":"forbidden"');
  });
}

async function lostWorkers() {
  await bundle({
    entryPoints: ["host.mjs"],
    platform: "node",
    splitting: true,
    outdir: "out-node",
    outExtension: { ".js": ".mjs" },
  });
  await attempt("esbuild for Node, without the workers' program: an error says so", () => {
    const { stderr } = spawnSync(process.execPath, ["out-node/host.mjs"], { cwd: scratch, encoding: "utf8" });
    expect(stderr, "the program of the workers is not at");
  });
}

/** What bundles a page, and where it puts `page.js` or `index.html`. */
const BUNDLERS = {
  esbuild: (out) =>
    bundle({
      // The workers' program is an entry of its own, under the name that it is looked for.
      entryPoints: { page: "page.mjs", worker: installed("@pith/codec/dist/workers/worker.js") },
      splitting: true,
      outdir: out,
    }),
  vite: async (out) => {
    const { build } = await import(pathToFileURL(join(root, "node_modules/vite/dist/node/index.js")).href);
    const output = { entryFileNames: "page.js" };
    const options = { outDir: out, modulePreload: false, rollupOptions: { input: join(scratch, "page.mjs"), output } };
    await build({ root: scratch, logLevel: "error", base: "./", worker: { format: "es" }, build: options });
  },
  rollup: (out) => {
    const config = `import { nodeResolve } from "@rollup/plugin-node-resolve";
      const input = { page: "page.mjs", worker: "node_modules/@pith/codec/dist/workers/worker.js" };
      export default { input, output: { dir: "${out}", chunkFileNames: "[name].js" }, plugins: [nodeResolve()] };`;
    writeFileSync(join(scratch, "rollup.config.mjs"), config);
    runProgram(process.execPath, [installed("rollup/dist/bin/rollup"), "-c", "--silent"]);
  },
  webpack: (out) => {
    const program = `import webpack from "webpack";
      const output = { path: "${join(scratch, out)}", filename: "page.js", chunkFilename: "[name].js", publicPath: "" };
      const options = { mode: "production", entry: "./page.mjs", output };
      webpack(options, (error, stats) => {
        if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exitCode = 1; }
      });`;
    writeFileSync(join(scratch, "run-webpack.mjs"), program);
    runProgram(process.execPath, ["run-webpack.mjs"]);
  },
  parcel: (out) => {
    // Parcel knows \`exports\` and \`imports\` only where a project says so.
    const manifest = JSON.parse(readFileSync(join(scratch, "package.json"), "utf8"));
    writeFileSync(
      join(scratch, "package.json"),
      JSON.stringify({ ...manifest, "@parcel/resolver-default": { packageExports: true } }),
    );
    writeFileSync(join(scratch, "parcel.html"), '<!doctype html><script type="module" src="page.mjs"></script>');
    const options = [
      "build",
      "parcel.html",
      "--dist-dir",
      out,
      "--public-url",
      "./",
      "--no-cache",
      "--log-level",
      "error",
    ];
    runProgram(process.execPath, [installed("parcel/lib/bin.js"), ...options]);
    cpSync(join(scratch, out, "parcel.html"), join(scratch, out, "index.html"));
  },
};

async function pages() {
  const { chromium } = await import(pathToFileURL(join(root, "node_modules/playwright-core/index.mjs")).href);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  const names = quick ? ["esbuild", "vite"] : Object.keys(BUNDLERS);
  for (const name of names) {
    await attempt(`${name}: a page under a strict policy`, async () => {
      await BUNDLERS[name](`out-${name}`);
      expect(await titleOf(browser, `out-${name}`, SELF), "coded and back");
    });
  }
  await attempt("a page that may not compile: an error says so", async () => {
    const title = await titleOf(browser, "out-esbuild", SELF.replace(" 'wasm-unsafe-eval'", ""));
    expect(title, "KernelError forbidden");
    expect(title, "'wasm-unsafe-eval'");
  });
  await attempt("a page whose server lost the workers' program: an error says so", async () => {
    rmSync(join(scratch, "out-esbuild/worker.js"));
    const policy = `${SELF}; connect-src 'self'`;
    expect(await titleOf(browser, "out-esbuild", policy), "the program of the workers is not at http");
  });
  await jsonPage(browser);
  await browser.close();
}

/** A page with 5 MB of JSON that has the decoder alone. */
async function jsonPage(browser) {
  const { compressSync } = await import(pathToFileURL(installed("@pith/codec/dist/index.js")).href);
  const rows = Array.from({ length: 50_000 }, (_, id) => ({
    id,
    name: `sensor ${(id * 7919) % 1009}`,
    at: new Date(1_700_000_000_000 + id * 60_000).toISOString(),
    values: [id % 17, (id * id) % 101, (id * 31) % 255],
  }));
  const json = Buffer.from(JSON.stringify(rows));
  await bundle({ entryPoints: { page: "json-page.mjs" }, splitting: true, minify: true, outdir: "out-json" });
  writeFileSync(join(scratch, "out-json/table.json.pith"), compressSync(json, { level: 2 }));
  await attempt("a page that reads 5 MB of JSON with the decoder by itself", async () => {
    const title = await titleOf(browser, "out-json", `${SELF}; connect-src 'self'`);
    expect(title, `decoded ${rows.length} rows of ${json.length} bytes`);
  });
}

const TYPES = { ".js": "text/javascript", ".html": "text/html", ".wasm": "application/wasm" };

/** What a page says in the end. */
async function titleOf(browser, folder, policy) {
  const server = createServer(({ url }, response) => {
    const path = join(scratch, folder, url === "/" ? "index.html" : url);
    response.setHeader("content-security-policy", policy);
    if (url === "/" && !existsSync(path)) {
      response.setHeader("content-type", "text/html");
      response.end('<!doctype html><title>waits</title><script type="module" src="page.js"></script>');
    } else if (existsSync(path)) {
      response.setHeader("content-type", TYPES[extname(path)] ?? "application/octet-stream");
      response.end(readFileSync(path));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => /coded|other|Error/.test(document.title), undefined, { timeout: 60_000 });
    return await page.title();
  } finally {
    await page.close();
    server.close();
  }
}

try {
  install();
  await hosts();
  await edge();
  await lostWorkers();
  await pages();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
console.log(failures.length === 0 ? "\nAll run." : `\nFailed: ${failures.join(", ")}`);
process.exitCode = failures.length === 0 ? 0 : 1;
