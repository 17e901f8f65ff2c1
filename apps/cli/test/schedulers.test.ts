/** The examples of docs/many-machines.md, run as they stand there: each where its program is installed. */

import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { fileURLToPath } from "node:url";

import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

import { finish, Folder, PITH, QUIET_SUCCESS, sampleText } from "./support/command.ts";

const DOCUMENT = fileURLToPath(new URL("../../../docs/many-machines.md", import.meta.url));

function isInstalled(...programs: string[]): boolean {
  return programs.every((program) => spawnSync("which", [program]).status === 0);
}

/** The blocks of code under a heading. */
function examplesOf(heading: string): string[] {
  const text = readFileSync(DOCUMENT, "utf8");
  const [section] = text.slice(text.indexOf(`\n## ${heading}\n`) + 1).split(/\n(?=## )/);
  return [...section.matchAll(/^```\w*\n(.*?)^```$/gms)].map(([, code]) => code);
}

/** An example for less input. @throws Error if it does not say what is replaced */
function smaller(example: string, replacements: Readonly<Record<string, string>>): string {
  return Object.entries(replacements).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`expected ${from} in an example, got ${text}`);
    return text.replace(from, to);
  }, example);
}

let folder: Folder;
beforeEach(() => {
  folder = new Folder();
  mkdirSync(folder.file("bin"));
  folder.write("bin/pith", `#!/bin/sh\nexec "${process.execPath}" "${PITH}" "$@"\n`);
  chmodSync(folder.file("bin/pith"), 0o755);
});
afterEach(() => folder.remove());

function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${folder.file("bin")}:${process.env["PATH"] ?? ""}`, HOME: folder.path, ...more };
}

/** Runs a script; what the programs say of themselves is of no interest unless it fails. */
async function script(text: string, more?: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn("bash", ["-ec", text], { cwd: folder.path, stdio: "pipe", env: environment(more) });
  const { code, stderr } = await finish(child);
  expect([code, code === 0 ? "" : stderr]).toEqual([0, ""]);
}

/** Whether a file is what one process makes of the plan, and decompresses to the input. */
async function expectWhole(plan: string, output: string, input: string): Promise<void> {
  const one = `pith shard run ${plan} all --shards one && pith shard merge ${plan} --shards one -o one.pith`;
  expect(await folder.shell(`${one} && cmp one.pith ${output} && pith -dc ${output} | cmp - ${input}`)).toEqual(
    QUIET_SUCCESS,
  );
}

(isInstalled("parallel", "jq") ? describe : describe.skip)("GNU parallel", () => {
  test("does the units of a plan", async () => {
    const [example] = examplesOf("GNU parallel");
    folder.write("logs.txt", sampleText(200_000));
    await script(smaller(example, { "-9 logs.txt": "-1 --size 64KiB logs.txt" }));
    expect(folder.names()).toEqual(expect.arrayContaining(["jobs", "plan.shards"]));
    await expectWhole("plan.json", "logs.txt.pith", "logs.txt");
  }, 60_000);
});

(isInstalled("snakemake") ? describe : describe.skip)("Snakemake", () => {
  test("does the units that are missing, and joins them", async () => {
    const [example] = examplesOf("Snakemake");
    folder.write("genome.fa", sampleText(200_000));
    folder.write("Snakefile", example);
    const plan = "pith shard plan -1 --size 64KiB genome.fa -o genome.json";
    await script(`${plan}; pith shard run genome.json 1; snakemake --cores 2`);
    await expectWhole("genome.json", "genome.fa.pith", "genome.fa");
  }, 120_000);
});

const SLURM = ["munged", "slurmctld", "slurmd", "sbatch", "srun", "scontrol"];
const mayRunSlurm = isInstalled(...SLURM) && process.getuid?.() === 0;

(mayRunSlurm ? describe : describe.skip)("Slurm", () => {
  test("does the units as an array of jobs, and joins them behind it", async () => {
    const [array, merge] = examplesOf("Slurm");
    folder.write("logs.txt", sampleText(200_000));
    const slurm = await startSlurm();
    try {
      folder.write("array.sh", smaller(array, { "--array=0-99%50": "--array=0-3%2", "--mem=2G": "--mem=200M" }));
      const plan = "pith shard plan -1 --size 64KiB logs.txt -o plan.json; export PLAN=$PWD/plan.json";
      const join = smaller(merge, { "sbatch ": "sbatch --wait " });
      await script(`${plan}; JOB=$(sbatch --parsable array.sh); ${join}`, slurm.variables);
      await expectWhole("plan.json", "out.pith", "logs.txt");
    } finally {
      await slurm.stop();
    }
  }, 120_000);
});

/** The daemons of one machine, with all that is theirs in the test's folder. */
async function startSlurm(): Promise<{ readonly variables: NodeJS.ProcessEnv; readonly stop: () => Promise<void> }> {
  const host = hostname().split(".")[0];
  const at = (name: string): string => folder.file(`slurm/${name}`);
  for (const name of ["", "state", "spool"]) mkdirSync(at(name));
  writeFileSync(at("munge.key"), sampleText(1024), { mode: 0o600 });
  const port = 20_000 + (process.pid % 20_000);
  writeFileSync(
    at("slurm.conf"),
    `ClusterName=pith
SlurmctldHost=${host}(127.0.0.1)
SlurmctldPort=${port}
SlurmdPort=${port + 1}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${at("munge.socket")}
CredType=cred/munge
StateSaveLocation=${at("state")}
SlurmdSpoolDir=${at("spool")}
SlurmctldPidFile=${at("slurmctld.pid")}
SlurmdPidFile=${at("slurmd.pid")}
SlurmctldLogFile=${at("slurmctld.log")}
SlurmdLogFile=${at("slurmd.log")}
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 RealMemory=500 State=UNKNOWN
PartitionName=all Nodes=${host} Default=YES State=UP
`,
  );
  const variables = { SLURM_CONF: at("slurm.conf") };
  const own = (name: string): string => at(`munge.${name}`);
  const daemons: ChildProcess[] = [];
  const run = (program: string, ...words: string[]): void => {
    daemons.push(spawn(program, words, { stdio: "ignore", env: environment(variables), cwd: at("") }));
  };
  const files = [`--pid-file=${own("pid")}`, `--log-file=${own("log")}`, `--seed-file=${own("seed")}`];
  run("munged", "--foreground", "--force", `--socket=${own("socket")}`, `--key-file=${own("key")}`, ...files);
  run("slurmctld", "-D");
  run("slurmd", "-D");
  const stop = async (): Promise<void> => {
    for (const daemon of daemons.reverse()) {
      const ended = new Promise((resolve) => daemon.once("exit", resolve));
      daemon.kill("SIGTERM");
      await ended;
    }
  };
  try {
    for (let tries = 0; !isIdle(variables); tries++) {
      if (tries === 100) throw new Error(readFileSync(at("slurmctld.log"), "utf8"));
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { variables, stop };
}

function isIdle(variables: NodeJS.ProcessEnv): boolean {
  try {
    return execFileSync("sinfo", ["-h", "-o", "%T"], { env: environment(variables), stdio: "pipe" })
      .toString()
      .startsWith("idle");
  } catch {
    return false;
  }
}
