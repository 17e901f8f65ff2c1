/** What every measurement needs around it: a temporary folder and a line that says how far it is. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives a folder that is gone afterwards, also after Ctrl-C. */
export async function withTemporaryFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "pith-bench-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const interrupt = (): void => {
    remove();
    process.exit(130);
  };
  process.once("SIGINT", interrupt);
  try {
    return await use(folder);
  } finally {
    process.off("SIGINT", interrupt);
    remove();
  }
}

/** Says on standard error what is going on: one line that is written over on a terminal, else a line each. */
export function say(message: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${message}`);
  else process.stderr.write(`${message}\n`);
}

/** Ends the line of {@link say}, so that results start on a fresh one. */
export function endSaying(): void {
  if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
}
