/**
 * The kernel in this engine against the same algorithm in native code: the very module that is shipped, translated to
 * C and compiled with the native compiler's full optimisation for this processor. Both must write the same bytes.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { EmbeddedKernel } from "@pith/core";
import { isInstalled } from "../contestants/installed.ts";
import { HARNESS, KERNELS, RUN_KERNEL } from "../paths.ts";
import { firstDifference, readBytes } from "../measure/bytes.ts";
import { type Machine, findMachine } from "../measure/child.ts";
import { type CorpusFile, prepareFile } from "../measure/corpus.ts";
import { median, medianRatio } from "../measure/statistics.ts";
import { translate } from "../native/translate.ts";
import { figure } from "../report/format.ts";
import { table } from "../report/table.ts";
import { UsageError, byteCount, integer, nameList, onlyPositional, parse, pathFromCaller } from "./arguments.ts";
import type { Command } from "./command.ts";
import { endSaying, say, withTemporaryFolder } from "./workspace.ts";

/** One multiplication must round before the next addition, as WebAssembly does; the rest is what makes C fast. */
const FLAGS = ["-O3", "-march=native", "-ffp-contract=off", "-fno-strict-aliasing", "-fwrapv", "-w"];

/** Rounds of one child: the first also pays for compiling and for fresh memory, and does not count. */
const ROUNDS_OF_CHILD = 2;

export const nativeCommand: Command = {
  name: "native",
  usage: "native FILE [options]",
  help: `Speed of the context-mixing kernels on FILE in this engine, against the same modules translated to C.

  --models LIST    kernels by name, such as text,text-fast (default all for text, or all for binaries, as FILE is)
  --table-bits N   log2 bytes of one context's table, 10 to 24 (default 20)
  --flags N        flags of the block, 0 to 255 (default 0)
  --rounds N       interleaved rounds, 1 to 100 (default 5)
  --first BYTES    use only the first bytes of the file
  --cc COMPILER    C compiler (default gcc)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      models: { type: "string" },
      "table-bits": { type: "string", default: "20" },
      flags: { type: "string", default: "0" },
      rounds: { type: "string", default: "5" },
      first: { type: "string" },
      cc: { type: "string", default: "gcc" },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one file"));
    const parameters = [
      String(integer("--table-bits", values["table-bits"], 10, 24)),
      String(integer("--flags", values.flags, 0, 255)),
    ];
    const rounds = integer("--rounds", values.rounds, 1, 100);
    const first = values.first === undefined ? undefined : byteCount("--first", values.first);
    if (!isInstalled(values.cc))
      throw new UsageError(`${values.cc} is not installed; apt-get install gcc brings a C compiler`);
    const machine = findMachine();
    const rows = await withTemporaryFolder(async (folder) => {
      const file = prepareFile(source, join(folder, "files"), first);
      const rows: string[][] = [];
      const all = listModels();
      const models =
        values.models === undefined
          ? all.filter((model) => model.startsWith(file.kind === "binary" ? "binary" : "text"))
          : nameList("--models", values.models, all);
      for (const model of models) {
        say(`${model}: compiling`);
        const module = pathToFileURL(join(KERNELS, `mix-${model}.js`));
        const { kernel } = (await import(module.href)) as { kernel: EmbeddedKernel };
        const programs = prepare(kernel, values.cc, mkdtempSync(join(folder, "kernel-")));
        rows.push([model, ...runBoth(model, programs, file, parameters, rounds, machine, folder)]);
      }
      return rows;
    });
    endSaying();
    const compiler = spawnSync(values.cc, ["--version"], { encoding: "utf8" }).stdout.split("\n")[0];
    console.log(
      `Encoding, MB/s of processor time: median of ${rounds} interleaved rounds, one core, the same bytes from both`,
    );
    console.log(`Native: the module translated to C, ${compiler}, ${FLAGS.join(" ")}\n`);
    console.log(table(["kernel", `Node ${process.versions.node}`, "native", "ratio", "bits/char"], rows));
    return 0;
  },
};

function listModels(): string[] {
  const files = existsSync(KERNELS) ? readdirSync(KERNELS) : [];
  const models = files.flatMap((file) => /^mix-(.*)\.js$/.exec(file)?.[1] ?? []);
  if (models.length === 0) throw new UsageError(`no kernels are built; build first: npm run build`);
  return models;
}

/** @returns the programs that run the same kernel: in this engine, and natively */
function prepare(kernel: EmbeddedKernel, compiler: string, folder: string): string[][] {
  const embedded = join(folder, "kernel.json");
  writeFileSync(embedded, JSON.stringify(kernel));
  const translation = join(folder, "kernel.inc");
  const binary = join(folder, "kernel");
  writeFileSync(translation, translate(new Uint8Array(Buffer.from(kernel.base64, "base64"))));
  const args = [...FLAGS, `-DKERNEL="${translation}"`, HARNESS, "-o", binary, "-lm"];
  const { status, stderr } = spawnSync(compiler, args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`${compiler} failed: ${stderr.slice(0, 2000)}`);
  return [[process.execPath, RUN_KERNEL, embedded], [binary]];
}

/** @returns cells: speed here, native speed, ratio, bits per character */
function runBoth(
  model: string,
  programs: readonly string[][],
  file: CorpusFile,
  parameters: readonly string[],
  rounds: number,
  { core }: Machine,
  folder: string,
): string[] {
  const pin = core === undefined ? [] : ["taskset", "-c", String(core)];
  const outputs = [join(folder, "engine"), join(folder, "native")];
  const speeds: number[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [i, program] of programs.entries()) {
      say(`${model}: round ${round + 1} of ${rounds}, ${i === 0 ? "here" : "native"}`);
      const argv = [...pin, ...program, file.path, outputs[i], ...parameters, String(ROUNDS_OF_CHILD)];
      const { status, stdout, stderr } = spawnSync(argv[0], argv.slice(1), { encoding: "utf8" });
      if (status !== 0) throw new Error(`${program[0]} failed: exit ${status ?? "by signal"} ${stderr.slice(-500)}`);
      speeds[i].push(file.size / 1e6 / Number(stdout.trim().split("\n").at(-1)));
    }
  }
  const [here, there] = outputs.map(readBytes);
  const difference = firstDifference(here, there);
  if (difference !== undefined)
    throw new Error(`${model}: the native code wrote other bytes, from byte ${difference} on`);
  return [
    figure(median(speeds[0])),
    figure(median(speeds[1])),
    figure(medianRatio(speeds[0], speeds[1])),
    ((here.length * 8) / file.size).toFixed(3),
  ];
}
