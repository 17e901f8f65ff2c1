import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { policyOf } from "./policy.ts";

/** Kept only once they were needed: the libraries of HDF5, 5 MB, of brotli and xz, 1 MB each, and of zstd. */
const KEPT_WHEN_NEEDED = /\/(hdf5|brotli|zstd|libarchive|worker-bundle)[^/]*$/;

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
        const late = names.filter((name) => KEPT_WHEN_NEEDED.test(name));
        if (late.length < 2)
          throw new Error(`of ${KEPT_WHEN_NEEDED}: expected two files or more, got ${late.join(", ") || "none"}`);
        const constants = {
          VERSION: hash.digest("hex").slice(0, 16),
          FILES: names
            .filter((name) => !late.includes(name))
            .map((name) => (name === "index.html" ? "./" : `./${name}`)),
          LATE_FILES: late.map((name) => `./${name}`),
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
