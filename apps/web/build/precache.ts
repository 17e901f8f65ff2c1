import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { policyOf } from "./policy.ts";

/** Files larger than this, in bytes, are kept only once they were needed: the libraries of HDF5, 5 MB, and brotli, 1 MB. */
const LARGEST_KEPT_AT_ONCE = 1e6;

/**
 * Writes the service worker: `service-worker.js` beside this file, with what it has to know of the build: every file of
 * it, a version, which is the hash of what they hold, and the page's content security policy.
 */
export function precache(): Plugin {
  let publicFolder = "";
  return {
    name: "pith-precache",
    apply: "build",
    configResolved(config) {
      publicFolder = config.publicDir;
    },
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const contents = new Map<string, string | Uint8Array>();
        for (const [name, item] of Object.entries(bundle)) {
          contents.set(name, item.type === "chunk" ? item.code : item.source);
        }
        for (const name of readdirSync(publicFolder)) contents.set(name, readFileSync(join(publicFolder, name)));
        const names = [...contents.keys()].sort();

        const hash = createHash("sha256");
        for (const name of names) hash.update(name).update(contents.get(name) ?? "");
        const policy = policyOf(String(contents.get("index.html")));
        const program = readFileSync(new URL("service-worker.js", import.meta.url), "utf8");
        hash.update(program);
        const small = names.filter((name) => (contents.get(name)?.length ?? 0) <= LARGEST_KEPT_AT_ONCE);
        const constants = {
          VERSION: hash.digest("hex").slice(0, 16),
          FILES: small.map((name) => (name === "index.html" ? "./" : `./${name}`)),
          LARGE_FILES: names.filter((name) => !small.includes(name)).map((name) => `./${name}`),
          POLICY: policy,
        };
        const header = Object.entries(constants)
          .map(([name, value]) => `const ${name} = ${JSON.stringify(value)};\n`)
          .join("");
        this.emitFile({ type: "asset", fileName: "service-worker.js", source: header + program });
      },
    },
  };
}
