/** A long stream through a pipe: does it come back, and does memory stay bounded? */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { flagOfLevel } from "../contestants/pith.ts";
import { CLI } from "../paths.ts";
import { findMachine, parseAccounting, unpinned, wrap } from "../measure/child.ts";
import { pseudoTextPieces } from "../measure/pseudo-text.ts";
import { duration, figure, mebibytes, thousands } from "../report/format.ts";
import { UsageError, byteCount, levelList, parse } from "./arguments.ts";
import type { Command } from "./command.ts";
import { endSaying, say, withTemporaryFolder } from "./workspace.ts";

export const streamCommand: Command = {
  name: "stream",
  usage: "stream [options]",
  help: `Pipes generated text through pith and back, compares checksums, and shows the peak memory of both ends.

  --bytes BYTES    of the stream, with K, M or G for powers of 1024 (default 2G)
  --level N        1 to 10 (default 1)`,
  async run(args) {
    const { values } = parse(args, {
      bytes: { type: "string", default: "2G" },
      level: { type: "string", default: "1" },
    });
    const bytes = byteCount("--bytes", values.bytes);
    const [level] = levelList("--level", values.level);
    const machine = unpinned(findMachine());
    if (!machine.accounting) throw new UsageError("stream needs /usr/bin/time; apt-get install time brings it");
    return withTemporaryFolder(async (folder) => {
      const start = (name: string, options: readonly string[]) => {
        const account = join(folder, name);
        const [program, ...rest] = wrap(
          [process.execPath, CLI, ...options, "-T", "1", "-q", "-c", "-"],
          machine,
          account,
        );
        const child = spawn(program, rest, { stdio: ["pipe", "pipe", "inherit"] });
        return { child, name, peak: () => parseAccounting(readFileSync(account, "utf8")).peakMemory };
      };
      const compressor = start("compressor", [flagOfLevel(level)]);
      const decompressor = start("decompressor", ["-d"]);
      let compressed = 0;
      compressor.child.stdout.on("data", (piece: Buffer) => (compressed += piece.length));
      compressor.child.stdout.pipe(decompressor.child.stdin);
      const restored = createHash("sha256");
      let came = 0;
      decompressor.child.stdout.on("data", (piece: Buffer) => {
        restored.update(new Uint8Array(piece));
        came += piece.length;
      });
      // A program that dies closes its pipe; its exit code tells more than the write that failed.
      for (const { child } of [compressor, decompressor]) child.stdin.on("error", () => undefined);

      const before = performance.now();
      const ends = [compressor, decompressor].map(({ child, name }) => succeeded(child, name));
      const sent = feed(compressor.child, bytes, (done) => {
        const elapsed = (performance.now() - before) / 1000;
        const left = duration((elapsed / done) * (bytes - done));
        say(`${figure(done / 2 ** 20)} of ${figure(bytes / 2 ** 20)} MiB, ${left} left`);
      });
      await Promise.all(ends);
      const seconds = (performance.now() - before) / 1000;
      const isSame = (await sent) === restored.digest("hex") && came === bytes;
      endSaying();
      console.log(
        `${thousands(bytes)} bytes to ${thousands(compressed)} and back in ${duration(seconds)}: ` +
          `${isSame ? "the same checksum" : `another checksum, ${thousands(came)} bytes`}\n` +
          `peak memory: compress ${mebibytes(compressor.peak())} MiB, decompress ${mebibytes(decompressor.peak())} MiB`,
      );
      return isSame ? 0 : 1;
    });
  },
};

/** Writes the generated text as fast as it is taken; resolves to its checksum. */
async function feed(child: ChildProcess, bytes: number, onProgress: (done: number) => void): Promise<string> {
  const { stdin } = child;
  if (stdin === null) throw new Error("the child has no standard input");
  const hash = createHash("sha256");
  const step = Math.max(2 ** 20, Math.ceil(bytes / 200));
  let done = 0;
  let next = step;
  for (const text of pseudoTextPieces(1)) {
    const piece = text.subarray(0, bytes - done);
    hash.update(piece);
    done += piece.length;
    if (!stdin.write(piece)) await Promise.race([once(stdin, "drain"), once(stdin, "close")]);
    if (done >= next) {
      onProgress(done);
      next += step;
    }
    if (done >= bytes || stdin.destroyed) break;
  }
  stdin.end();
  return hash.digest("hex");
}

async function succeeded(child: ChildProcess, name: string): Promise<void> {
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  if (code !== 0) throw new Error(`the ${name} ended with ${signal ?? `exit code ${code ?? "unknown"}`}`);
}
