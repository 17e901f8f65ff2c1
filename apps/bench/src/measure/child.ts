/**
 * Runs a program and measures it: wall time here, processor time and peak memory by the operating system's accounting
 * of the finished child, as `/usr/bin/time` reads it (`ru_maxrss` of wait4).
 */
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { isInstalled } from "../contestants/installed.ts";
import type { Command } from "../contestants/contestant.ts";
import type { OwnTime } from "../pith/request.ts";

/** What one run cost. */
export interface Measurement {
  /** Wall time from start to end, or what the program itself timed. */
  readonly seconds: number;
  /** User and system time, in steps of 10 ms; undefined without /usr/bin/time. */
  readonly cpuSeconds: number | undefined;
  /** Peak resident set in bytes; undefined without /usr/bin/time. */
  readonly peakMemory: number | undefined;
}

const TIME = "/usr/bin/time";

/** Where and how children run. */
export interface Machine {
  /** The one core that children are pinned to; undefined leaves it to the scheduler. */
  readonly core: number | undefined;
  /** Whether /usr/bin/time is there. */
  readonly accounting: boolean;
}

/** One core of this machine, if `taskset` is there to pin to it; and whether peak memory can be read. */
export function findMachine(): Machine {
  return { core: isInstalled("taskset") ? lastAllowedCore() : undefined, accounting: isInstalled(TIME) };
}

/** The same machine with every core for each child. */
export function unpinned(machine: Machine): Machine {
  return { ...machine, core: undefined };
}

function lastAllowedCore(): number | undefined {
  try {
    return parseLastCore(readFileSync("/proc/self/status", "utf8"));
  } catch {
    return undefined;
  }
}

/** Last core of `Cpus_allowed_list` in the text of /proc/self/status: the first ones serve more interrupts. */
export function parseLastCore(status: string): number | undefined {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1];
  const last = list === undefined ? undefined : /(\d+)$/.exec(list)?.[1];
  return last === undefined ? undefined : Number(last);
}

/** Reads what `time -f "%M %U %S"` wrote: its last line. */
export function parseAccounting(text: string): { peakMemory: number; cpuSeconds: number } {
  const fields = /(\d+) ([\d.]+) ([\d.]+)\s*$/.exec(text);
  if (fields === null) throw new Error(`${TIME}: expected "KiB user system", got ${JSON.stringify(text.slice(-80))}`);
  return { peakMemory: Number(fields[1]) * 1024, cpuSeconds: Number(fields[2]) + Number(fields[3]) };
}

/** Reads what a program that times itself printed. */
export function parseOwnTime(text: string): OwnTime {
  const { seconds, cpuSeconds } = JSON.parse(text) as OwnTime;
  return { seconds, cpuSeconds };
}

/** The program with what pins it to its core and accounts for it. */
export function wrap(argv: readonly string[], machine: Machine, accountFile: string): string[] {
  return [
    ...(machine.core === undefined ? [] : ["taskset", "-c", String(machine.core)]),
    ...(machine.accounting ? [TIME, "-q", "-f", "%M %U %S", "-o", accountFile] : []),
    ...argv,
  ];
}

/**
 * Runs a command to its end.
 *
 * @param output file for its standard output, if the command writes its result there
 * @throws Error with the end of its messages if it fails
 */
export async function measure(command: Command, output: string, machine: Machine): Promise<Measurement> {
  const account = `${output}.account`;
  const [program, ...args] = wrap(command.argv, machine, account);
  const file = command.toStandardOutput === true ? openSync(output, "w") : undefined;
  try {
    const before = performance.now();
    const child = spawn(program, args, { stdio: ["ignore", file ?? "pipe", "pipe"] });
    const said = { out: "", err: "" };
    child.stdout?.setEncoding("utf8").on("data", (text: string) => (said.out += text));
    child.stderr?.setEncoding("utf8").on("data", (text: string) => (said.err += text));
    let seconds = 0;
    await new Promise<void>((resolve, reject) => {
      child.once("exit", () => (seconds = (performance.now() - before) / 1000));
      child.once("error", reject);
      child.once("close", (code, signal) => {
        if (code === 0) resolve();
        else
          reject(
            new Error(`${command.argv[0]}: ${signal ?? `exit ${code ?? "?"}`}: ${lastLine(said.err || said.out)}`),
          );
      });
    });
    const accounted = machine.accounting ? parseAccounting(readFileSync(account, "utf8")) : undefined;
    const own = command.timesItself === true ? parseOwnTime(said.out) : undefined;
    return {
      seconds: own?.seconds ?? seconds,
      cpuSeconds: own?.cpuSeconds ?? accounted?.cpuSeconds,
      peakMemory: accounted?.peakMemory,
    };
  } finally {
    if (file !== undefined) closeSync(file);
    rmSync(account, { force: true });
  }
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)?.slice(-300) ?? "";
}
