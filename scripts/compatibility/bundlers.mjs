// What bundles a page: each puts `page.js` or `index.html` into a folder.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle, installed, load, runProgram, scratch } from "./scratch.mjs";

/** The program of the workers, an entry of its own where a bundler does not find it by its URL. */
const WORKER = "node_modules/@pith/codec/dist/workers/worker.js";

/** Those that a quick round tries, too. */
export const QUICK = ["esbuild"];

export const BUNDLERS = {
  esbuild: (out) => bundle({ entryPoints: { page: "page.mjs", worker: WORKER }, splitting: true, outdir: out }),

  vite: async (out) => {
    const { build } = await load("vite/dist/node/index.js");
    const output = { entryFileNames: "page.js" };
    const options = { outDir: out, modulePreload: false, rollupOptions: { input: join(scratch, "page.mjs"), output } };
    await build({ root: scratch, logLevel: "error", base: "./", worker: { format: "es" }, build: options });
  },

  rollup: (out) => {
    const config = `import { nodeResolve } from "@rollup/plugin-node-resolve";
      const input = { page: "page.mjs", worker: "${WORKER}" };
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

  Parcel: (out) => {
    // Parcel knows `exports` and `imports` only where a project says so.
    const manifest = JSON.parse(readFileSync(join(scratch, "package.json"), "utf8"));
    const project = { ...manifest, "@parcel/resolver-default": { packageExports: true } };
    writeFileSync(join(scratch, "package.json"), JSON.stringify(project));
    writeFileSync(join(scratch, "parcel.html"), '<!doctype html><script type="module" src="page.mjs"></script>');
    const to = ["--dist-dir", out, "--public-url", "./", "--no-cache", "--log-level", "error"];
    runProgram(process.execPath, [installed("parcel/lib/bin.js"), "build", "parcel.html", ...to]);
    cpSync(join(scratch, out, "parcel.html"), join(scratch, out, "index.html"));
  },

  "Next.js": (out) => {
    const app = join(scratch, "next/app");
    mkdirSync(app, { recursive: true });
    writeFileSync(join(scratch, "next/next.config.mjs"), 'export default { output: "export" };\n');
    writeFileSync(
      join(app, "layout.jsx"),
      "export default function Layout({ children }) { return <html><body>{children}</body></html>; }\n",
    );
    writeFileSync(
      join(app, "page.jsx"),
      `"use client";
       import { useEffect } from "react";
       export default function Page() {
         useEffect(() => { import("../../page.mjs"); }, []);
         return <p>Compresses.</p>;
       }`,
    );
    runProgram(process.execPath, [installed("next/dist/bin/next"), "build", "next"], { NEXT_TELEMETRY_DISABLED: "1" });
    cpSync(join(scratch, "next/out"), join(scratch, out), { recursive: true });
  },
};
