import { defineConfig } from "vite";
import { early } from "./build/early.ts";
import { noPolicyWhileDeveloping } from "./build/policy.ts";
import { precache } from "./build/precache.ts";

// Vite looks for a default export.
// eslint-disable-next-line no-restricted-syntax
export default defineConfig({
  // Relative, so that the page works in any folder of any server.
  base: "./",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: {
    target: "es2022",
    // Small files are still files: the content security policy forbids data URLs of scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
  },
  plugins: [noPolicyWhileDeveloping(), early(), precache()],
});
