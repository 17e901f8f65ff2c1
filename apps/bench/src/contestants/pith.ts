/** Pith itself: the command as a whole process, like the peers, and the library without the start of Node. */
import { CLI, IN_PROCESS } from "../paths.ts";
import type { Request } from "../pith/request.ts";
import type { Contestant } from "./contestant.ts";

const version = [process.execPath, CLI, "--version"];

/** The option of the command that chooses a level. */
export function flagOfLevel(level: number): string {
  return level === 10 ? "--max" : `-${level}`;
}

/** `pith -LEVEL` on one thread. */
export function pithCommand(level: number): Contestant {
  const pith = [process.execPath, CLI];
  return {
    id: `pith-${level}`,
    name: `pith ${flagOfLevel(level)}`,
    version,
    extension: ".pith",
    compress: (input, output) => ({ argv: [...pith, flagOfLevel(level), "-T", "1", "-q", "-f", "-o", output, input] }),
    decompress: (input, output) => ({ argv: [...pith, "-d", "-T", "1", "-q", "-f", "-o", output, input] }),
  };
}

/** `compressSync` and `decompressSync`, timed inside the process after a warm-up on a small input. */
export function pithLibrary(level: number): Contestant {
  const inProcess = (request: Request) => ({
    argv: [process.execPath, IN_PROCESS, JSON.stringify(request)],
    timesItself: true,
  });
  return {
    id: `pith-${level}-library`,
    name: `@pith/codec, level ${level}`,
    version,
    extension: ".pith",
    compress: (input, output) =>
      inProcess({ action: "compressSync", input, output, warmUp: input, options: { level } }),
    decompress: (input, output, original) =>
      inProcess({ action: "decompressSync", input, output, warmUp: original, options: { level } }),
  };
}
