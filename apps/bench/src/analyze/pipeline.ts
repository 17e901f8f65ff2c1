/** Generated data through a pipe into a program, as a shell would join them. */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DataKind } from "@pith/analyzer";
import { type Machine, parseAccounting, wrap } from "../measure/child.ts";

const here = (file: string): string => fileURLToPath(new URL(`../../dist/analyze/${file}`, import.meta.url));

/** What reads the stream. */
export type Reader = "md5sum" | "analyzer";

const READERS: Record<Reader, readonly string[]> = {
  md5sum: ["md5sum"],
  analyzer: [process.execPath, here("consume.js")],
};

/** What a run took. */
export interface PipelineRun {
  /** Wall time from the start of both programs to the end of the reader. */
  readonly seconds: number;
  /** User and system time of the reader alone; undefined without /usr/bin/time. */
  readonly cpuSeconds: number | undefined;
  /** Largest resident set of the reader, bytes; undefined without /usr/bin/time. */
  readonly peakMemory: number | undefined;
  /** What the reader printed. */
  readonly output: string;
}

/** Pipes `size` bytes into the reader. @throws Error if either program fails */
export async function runPipeline(
  reader: Reader,
  kind: DataKind,
  size: number,
  folder: string,
  machine: Machine,
): Promise<PipelineRun> {
  const account = join(folder, "account");
  const producer = [process.execPath, here("produce.js"), kind, String(size), "1"];
  // A pipe of the system's own: between two children, Node would make sockets and carry the bytes itself.
  const script = `${quoted(producer)} | ${quoted(wrap(READERS[reader], machine, account))}`;
  const before = performance.now();
  const child = spawn("/bin/sh", ["-c", script], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const seconds = (performance.now() - before) / 1000;
  if (code !== 0) throw new Error(`${reader}: exit ${code ?? "by a signal"}`);
  const accounted = machine.accounting ? parseAccounting(readFileSync(account, "utf8")) : undefined;
  rmSync(account, { force: true });
  return { seconds, cpuSeconds: accounted?.cpuSeconds, peakMemory: accounted?.peakMemory, output };
}

function quoted(argv: readonly string[]): string {
  return argv.map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`).join(" ");
}
