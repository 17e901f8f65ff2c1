/** Many machines: how long what is too large for one takes on some, by a model with measured units. */
import { compressSync } from "@pith/codec";
import { closeSync, mkdirSync, openSync, readSync, statSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { integer, parse, pathFromCaller, UsageError } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say } from "../commands/workspace.ts";
import { hereAndNow, type Where } from "../measure/where.ts";
import { table } from "../report/table.ts";
import { ROOT } from "../paths.ts";
import { type Machines, type Outcome, simulate } from "./model.ts";

const NAME = "machines";
/** What is to be done: as the samples that are given, in this order. */
const CASES = [
  { name: "1 TB of logs", bytes: 1e12, level: 5, isWhole: false },
  { name: "a genome of 3 GB", bytes: 3e9, level: 5, isWhole: false },
  { name: "140 GB of weights", bytes: 140e9, level: 1, isWhole: true },
] as const;
const CORES = [10, 100, 1000, 10_000];
/** Bytes of a unit: so that each core has several, but no less than a block of level 5 and no more than is usual. */
const UNITS_A_CORE = 4;
const LEAST_UNIT = 2 ** 23;
const MOST_UNIT = 2 ** 28;
/** What is assumed of machines; the queue's rate is below what was measured of it. */
const MACHINES: Omit<Machines, "cores"> = {
  spread: 0.1,
  lifetime: 1000,
  lease: 30,
  rate: 700,
  network: 10e9,
  joining: 0.5e9,
};
const SAMPLES = 8;
const SEED = 17;

/** Units that were measured. */
interface Measured {
  readonly file: string;
  readonly level: number;
  /** Bytes of each. */
  readonly length: number;
  readonly secondsPerByte: readonly number[];
  readonly ratio: number;
}

interface Row {
  readonly name: string;
  readonly cores: number;
  readonly outcome: Outcome;
}

/** What a run found, as `machines.json` holds it. */
export interface MachinesResults extends Where {
  readonly format: 1;
  readonly measured: readonly Measured[];
  readonly rows: readonly Row[];
}

export const machinesCommand: Command = {
  name: NAME,
  usage: "machines LOGS GENOME WEIGHTS [options]",
  help: `Compresses pieces of three files and, by what these took, plays through how long much more of the same takes on 10 to 10,000 cores.
Writes docs/results/${NAME}.{json,md}.

  --sample BYTES   of a piece (default 250000)
  --out DIR        where the results go (default docs/results)`,
  run(args) {
    const { values, positionals } = parse(args, {
      sample: { type: "string", default: "250000" },
      out: { type: "string" },
    });
    if (positionals.length !== CASES.length)
      throw new UsageError(`expected ${CASES.length} files, got ${positionals.length}`);
    const length = integer("--sample", values.sample, 1000, 100_000_000);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const measured = CASES.map(({ level, isWhole }, i) => {
      say(positionals[i]);
      // Without its header nobody knows what is in a file of weights.
      return measurePieces(pathFromCaller(positionals[i]), level, isWhole ? Infinity : length);
    });
    endSaying();
    const rows = CASES.flatMap(({ name, bytes }, i) => {
      const { secondsPerByte, ratio } = measured[i];
      return CORES.map((cores): Row => {
        const unit = Math.min(MOST_UNIT, Math.max(LEAST_UNIT, Math.ceil(bytes / (cores * UNITS_A_CORE))));
        return { name, cores, outcome: simulate({ bytes, unit, secondsPerByte, ratio }, { ...MACHINES, cores }, SEED) };
      });
    });
    const where = hereAndNow();
    const page = toPage(where, measured, rows);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(
      join(out, `${NAME}.json`),
      `${JSON.stringify({ format: 1, ...where, measured, rows }, undefined, 1)}\n`,
    );
    console.log(page);
    return Promise.resolve(0);
  },
};

/** Pieces evenly spread over a file; the first is done twice, for the first run of anything is slower. */
function measurePieces(file: string, level: number, length: number): Measured {
  const { size } = statSync(file);
  const step = Math.max(0, Math.floor((size - length) / (SAMPLES - 1)));
  const descriptor = openSync(file, "r");
  const secondsPerByte: number[] = [];
  let [before, after] = [0, 0];
  try {
    for (let i = -1; i < SAMPLES; i++) {
      const piece = new Uint8Array(Math.min(length, size));
      readSync(descriptor, piece, 0, piece.length, Math.max(0, i) * step);
      const start = process.cpuUsage();
      const coded = compressSync(piece, { level });
      const { user, system } = process.cpuUsage(start);
      if (i < 0) continue;
      secondsPerByte.push((user + system) / 1e6 / piece.length);
      before += piece.length;
      after += coded.length;
    }
  } finally {
    closeSync(descriptor);
  }
  return { file: basename(file), level, length: Math.min(length, size), secondsPerByte, ratio: after / before };
}

export function toPage({ processor, node, date }: Where, measured: readonly Measured[], rows: readonly Row[]): string {
  const { spread, lifetime, lease, rate, network, joining } = MACHINES;
  return `# Many machines, by a model

What much more takes than one machine can do, on some. Nobody ran this: a program plays it through
(\`apps/bench/src/cluster/model.ts\`, by \`npm run bench -- machines LOGS GENOME WEIGHTS\`). What is measured are ${SAMPLES} pieces of each kind, in
processor time on one core of a machine that others used, too (${processor}, Node ${node}, ${date.slice(0, 10)}):

${table(
  ["", "as", "level", "MB/s a core", "slowest piece ÷ mean", "% of the size"],
  measured.map(({ file, level, secondsPerByte, ratio }, i) => {
    const mean = secondsPerByte.reduce((sum, value) => sum + value, 0) / secondsPerByte.length;
    return [
      CASES[i].name,
      file,
      `${level}`,
      (1e-6 / mean).toFixed(2),
      (Math.max(...secondsPerByte) / mean).toFixed(2),
      (100 * ratio).toFixed(1),
    ];
  }),
)}

What is assumed: cores differ in speed by ${100 * spread} % (standard deviation); each dies after ${lifetime} hours in the mean, which is noticed after
${lease} s, and another takes its place; the queue hands out ${rate} units a second (measured: [cluster](cluster.md)); all cores together read and write
${network / 1e9} GB/s, and the one that joins ${joining / 1e9} GB/s. Each unit takes as long as one of the pieces, a byte.

${table(
  [
    "",
    "cores",
    "units",
    "hours",
    "× 10 cores",
    "cores in use, %",
    "tail, min",
    "begun again",
    "units a second",
    "GB/s",
    "joining, min",
  ],
  rows.map(({ name, cores, outcome }) => {
    const { units, seconds, use, tail, again, handedOut, traffic, joinSeconds } = outcome;
    const base = rows.find((row) => row.name === name)?.outcome.seconds ?? seconds;
    return [
      name,
      `${cores}`,
      `${units}`,
      hours(seconds),
      (base / seconds).toFixed(1),
      (100 * use).toFixed(0),
      (tail / 60).toFixed(1),
      `${again}`,
      handedOut.toFixed(2),
      (traffic / 1e9).toFixed(3),
      (joinSeconds / 60).toFixed(1),
    ];
  }),
)}

Units are as long as gives each core ${UNITS_A_CORE} of them, within 8 MiB, which is a block of level 5, and 256 MiB; where there are fewer than cores, more
cores are of no use. **Tail** is the time from when the last unit is handed out to the end: with few units for each core, cores wait for the
slowest. Redis saturates where units take less than the number of cores divided by ${rate}, in seconds: 14 s with 10,000 cores. What joins is one
machine that reads and writes all that came of the units: of weights, which are coded quickly and stay large, that takes longer than the units do on
a hundred cores.
`;
}

function hours(seconds: number): string {
  const value = seconds / 3600;
  return value < 10 ? value.toFixed(2) : value.toFixed(0);
}
