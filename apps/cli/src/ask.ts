/** Asks the user, where there is one. */

import { isatty } from "node:tty";

/** Undefined where nobody can be asked: standard input or standard error is not a terminal. */
export function asker(quiet: boolean): ((question: string) => Promise<boolean>) | undefined {
  if (quiet || !isatty(0) || !isatty(2)) return undefined;
  return async (question) => {
    const { createInterface } = await import("node:readline/promises");
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // Ctrl-C is an answer too; readline would keep it to itself.
    terminal.on("SIGINT", () => process.exit(130));
    try {
      const answer = await Promise.race([
        terminal.question(`pith: ${question} [y/N] `),
        new Promise<string>((resolve) => terminal.once("close", () => resolve(""))),
      ]);
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      terminal.close();
    }
  };
}
