/** The results as a Markdown page. */
import type { Measurement } from "../measure/child.ts";
import { figure, mebibytes, thousands } from "../report/format.ts";
import { timeOf, type Clock } from "../report/results.ts";
import { repeating } from "../report/repeat.ts";
import { table } from "../report/table.ts";
import { LONG_RANGE_PEERS } from "./peers.ts";
import { SET_NAMES, type DedupeResults, type DedupeRow, type DedupeRun, type SetName } from "./results.ts";

const TITLES: Record<SetName, string> = { backups: "Backups", logs: "Logs" };
const ABOUT: Record<SetName, string> = {
  backups: "versions of a tree in one tar archive; from each to the next, files are edited, moved, added and removed.",
  logs: "daily snapshots of logs that rotate, in one tar archive: each log is in seven of them, under another name.",
};
const CLOCKS: Record<Clock, string> = {
  wall: "Wall time of one run of each",
  cpu: "Processor time (user + system) of one run of each",
};

export function toPage({ runs }: DedupeResults): string {
  const sections = ["# Repeats that are far apart"];
  for (const set of SET_NAMES) {
    const run = runs[set];
    if (run !== undefined) sections.push(...section(set, run));
  }
  return `${sections.join("\n\n")}\n`;
}

function section(set: SetName, run: DedupeRun): string[] {
  const { date, processor, node, source, versions, versionSize, size, clock, stage, rows } = run;
  const speed = figure(size / 1e6 / stage.seconds);
  return [
    `## ${TITLES[set]}`,
    `${thousands(size)} bytes: ${versions} ${ABOUT[set]} One has about ${thousands(versionSize)} bytes.`,
    `${date.slice(0, 10)}, ${processor}, Node ${node}. ${CLOCKS[clock]}, on one core; every output was decompressed and compared with the original. Memory is the largest resident set.`,
    repeating(
      `dedupe FOLDER --set ${set} --versions ${versions} --size ${versionSize} --clock ${clock} --levels ${levelsOf(rows)} --peers ${peersOf(rows)}`,
      `the folder that the archive is made of${source === undefined ? ", whose name this run did not keep" : `, ${source}`}`,
    ),
    table(
      ["", "version", "bytes", "share, %", "compress, s", "decompress, s", "memory, MiB", "and back, MiB"],
      [...rows].sort(bySize).map(({ name, version, outcome }) => {
        if ("failure" in outcome) return [name, version, outcome.failure, "–", "–", "–", "–", "–"];
        const seconds = (measurement: Measurement): string => figure(timeOf(measurement, clock));
        return [
          name,
          version,
          thousands(outcome.size),
          figure((100 * outcome.size) / size),
          seconds(outcome.compress),
          seconds(outcome.decompress),
          mebibytes(outcome.compress.peakMemory),
          mebibytes(outcome.decompress.peakMemory),
        ];
      }),
    ),
    `Taking the repeats out, which Pith does first, leaves ${thousands(stage.left)} bytes and takes ${figure(stage.seconds)} s of processor time by itself: ${speed} MB/s.`,
  ];
}

/** Levels and ids of peers that ran. */
function levelsOf(rows: readonly DedupeRow[]): string {
  const levels = rows.flatMap(({ name }) => /^pith -(\d+|-max)$/.exec(name)?.[1] ?? []);
  return levels.map((level) => (level === "-max" ? "10" : level)).join(",");
}

function peersOf(rows: readonly DedupeRow[]): string {
  return (
    LONG_RANGE_PEERS.filter((peer) => rows.some(({ name }) => name === peer.name))
      .map(({ id }) => id)
      .join(",") || "none"
  );
}

/** The smallest first; who failed at the end. */
function bySize({ outcome: a }: DedupeRow, { outcome: b }: DedupeRow): number {
  return ("size" in a ? a.size : Infinity) - ("size" in b ? b.size : Infinity);
}
