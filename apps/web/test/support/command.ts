import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const COMMAND = join(dirname(fileURLToPath(import.meta.resolve("pith-cli/package.json"))), "bin/pith.js");

/** Pipes bytes through the command: it compresses or gives back, or does what a verb says. */
export function pith(options: readonly string[], input: Uint8Array): Buffer {
  const isVerb = options.at(0)?.startsWith("-") === false;
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...options, ...(isVerb ? [] : ["-c"])], {
    input,
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`pith ${options.join(" ")} ended with exit code ${status}: ${stderr.toString()}`);
  return stdout;
}
