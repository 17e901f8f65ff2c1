import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const script = (name) => fileURLToPath(new URL(`scripts/${name}`, import.meta.url));

const LIBRARIES = "(?:@tensorflow|fast-check)";

/**
 * Shared by every package; `scripts/jest.mjs` sets the root folder. Other packages are taken from their `dist`. What a
 * package's tests all need is in its `test/setup.ts`.
 */
export default {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    // TypeScript; what packages are built to, but for models and kernels; and libraries that compute.
    [`\\.ts$|/(?:packages|apps)/(?!weights/)[^/]+/dist/(?!generated/).+\\.js$|/node_modules/${LIBRARIES}/.+\\.js$`]: [
      script("jest-transform.mjs"),
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "es6" } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!${LIBRARIES}/)`],
  setupFilesAfterEnv: [script("jest-setup.mjs"), ...(existsSync("test/setup.ts") ? ["<rootDir>/test/setup.ts"] : [])],
  testTimeout: 120_000,
};
