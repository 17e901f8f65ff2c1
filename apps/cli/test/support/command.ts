/** Runs the built command in a folder of its own. */

import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const PITH = fileURLToPath(new URL("../../bin/pith.js", import.meta.url));
const FAULT = fileURLToPath(new URL("fault.mjs", import.meta.url));

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const QUIET_SUCCESS: Result = { code: 0, stdout: "", stderr: "" };

/** A folder that vanishes with {@link Folder.remove}. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), "pith-cli-"));

  file(name: string): string {
    return join(this.path, name);
  }

  write(name: string, content: string | Uint8Array = sampleText(5_000)): void {
    writeFileSync(this.file(name), content);
  }

  read(name: string): Uint8Array {
    return new Uint8Array(readFileSync(this.file(name)));
  }

  /** What is in it, sorted; of folders in it, only their names. */
  names(): string[] {
    return readdirSync(this.path).sort();
  }

  /** Starts the command without waiting for it. */
  start(...words: string[]): ChildProcess {
    const child = spawn(process.execPath, [PITH, ...words], { cwd: this.path, stdio: "pipe" });
    // It may end before it has read all that it is given.
    child.stdin.on("error", () => undefined);
    return child;
  }

  /** Runs the command with nothing on standard input. */
  pith(...words: string[]): Promise<Result> {
    return finish(this.start(...words));
  }

  /**
   * Runs a bash script in which `pith` is the command.
   *
   * @param fault what goes wrong, as `fault.mjs` reads it
   */
  shell(script: string, fault?: string): Promise<Result> {
    const preamble = `pith() { "${process.execPath}" ${fault === undefined ? "" : `--import "${FAULT}"`} "${PITH}" "$@"; }\n`;
    return finish(
      spawn("bash", ["-c", preamble + script], {
        cwd: this.path,
        stdio: "pipe",
        env: { ...process.env, ...(fault !== undefined && { PITH_TEST_FAULT: fault }) },
      }),
    );
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export async function finish(child: ChildProcess): Promise<Result> {
  child.stdin?.end();
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name]?.setEncoding("utf8").on("data", (chunk: string) => (text[name] += chunk));
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, ...text };
}

/** Waits until a condition holds. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Text that compresses, the same on each call. */
export function sampleText(length: number): Uint8Array {
  const words = ["the", "model", "guesses", "what", "comes", "next", "and", "learns", "from", "it", "12", "7.5\n"];
  let state = 1;
  let text = "";
  while (text.length < length) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    text += `${words[(state >>> 16) % words.length]} `;
  }
  return new TextEncoder().encode(text.slice(0, length));
}
