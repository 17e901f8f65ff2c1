import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const setup = fileURLToPath(new URL("scripts/jest-setup.mjs", import.meta.url));

/**
 * Shared by every package; `scripts/jest.mjs` sets the root folder. Other packages are taken from their `dist`. What a
 * package's tests all need is in its `test/setup.ts`.
 */
export default {
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "es6" } },
    ],
  },
  setupFilesAfterEnv: [setup, ...(existsSync("test/setup.ts") ? ["<rootDir>/test/setup.ts"] : [])],
  testTimeout: 120_000,
};
