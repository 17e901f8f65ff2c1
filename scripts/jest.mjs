// Runs a package's tests: jest in ESM mode, results also as JSON for the summary. Run inside the package.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const jest = createRequire(import.meta.url).resolve("jest/bin/jest");
const config = fileURLToPath(new URL("../jest.config.mjs", import.meta.url));
mkdirSync(".jest", { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    jest,
    "--config",
    config,
    "--rootDir",
    process.cwd(),
    "--json",
    "--outputFile",
    ".jest/results.json",
    ...process.argv.slice(2),
  ],
  { stdio: ["inherit", "ignore", "inherit"] },
);
process.exitCode = status ?? 1;
