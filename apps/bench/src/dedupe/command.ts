/** Repeats that are far apart: Pith beside the compressors that look for them. */
import { closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import type { Contestant } from "../contestants/contestant.ts";
import { type Entrant, findInstalled, missingNotice } from "../contestants/installed.ts";
import { pithCommand } from "../contestants/pith.ts";
import { backups } from "./backups.ts";
import { logs } from "./logs.ts";
import { toPage } from "./page.ts";
import { LONG_RANGE_PEERS } from "./peers.ts";
import { type DedupeResults, type DedupeRow, type DedupeRun, SET_NAMES, type SetName } from "./results.ts";
import { measureStage } from "./stage.ts";
import { findMachine } from "../measure/child.ts";
import { runTrial } from "../measure/trial.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { earlierResults } from "../report/earlier.ts";
import { thousands } from "../report/format.ts";
import type { Clock } from "../report/results.ts";
import {
  byteCount,
  integer,
  levelList,
  nameList,
  onlyPositional,
  parse,
  pathFromCaller,
} from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";

const NAME = "dedupe";
const SETS = { backups, logs } satisfies Record<SetName, unknown>;
/** Runs of the stage alone, of which the fastest counts. */
const RUNS = 3;

const ids = LONG_RANGE_PEERS.map(({ id }) => id);

export const dedupeCommand: Command = {
  name: NAME,
  usage: "dedupe FOLDER [options]",
  help: `Makes an archive in which most comes again, from the files of FOLDER, runs Pith and its peers on it, and writes
docs/results/${NAME}.{json,md}, where the other set's results stay as they are.

  --set SET        backups: versions of a tree with files edited, moved, added and removed (default);
                   logs: daily snapshots of logs that rotate, from the lines of FOLDER's .log files
  --versions N     versions or snapshots, 1 to 999 (default 20)
  --size BYTES     of one, about; K, M, G for powers of 1024 (default 20000000)
  --levels LIST    levels of Pith, 1 to 10 (default 1,5,9)
  --peers LIST     of ${ids.join(", ")}; "all", "none" (default all)
  --clock CLOCK    wall (default), or cpu: processor time in steps of 10 ms, for a machine that is not idle
  --make FILE      only write the archive to FILE
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      set: { type: "string", default: "backups" },
      versions: { type: "string", default: "20" },
      size: { type: "string", default: "20000000" },
      levels: { type: "string", default: "1,5,9" },
      peers: { type: "string", default: "all" },
      clock: { type: "string", default: "wall" },
      make: { type: "string" },
      out: { type: "string" },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one folder of files"));
    const [set] = nameList("--set", values.set, SET_NAMES) as SetName[];
    const versions = integer("--versions", values.versions, 1, 999);
    const versionSize = byteCount("--size", values.size);
    const make = (file: string): number => writeAll(file, SETS[set](source, { versions, size: versionSize }));
    if (values.make !== undefined) {
      const file = pathFromCaller(values.make);
      console.log(`${file}: ${thousands(make(file))} bytes`);
      return 0;
    }
    const contestants = [...choosePeers(values.peers), ...levelList("--levels", values.levels).map(pithCommand)];
    const [clock] = nameList("--clock", values.clock, ["wall", "cpu"]) as Clock[];
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const { present, missing } = findInstalled(contestants);
    for (const contestant of missing) console.error(missingNotice(contestant));
    mkdirSync(out, { recursive: true });
    const written = await withTemporaryFolder(async (folder) => {
      const file = join(folder, `${set}.tar`);
      const size = make(file);
      say(`deduplication alone on ${thousands(size)} bytes`);
      const stage = await measureStage(file, RUNS);
      let rows: readonly DedupeRow[] = [];
      let page = "";
      for (const entrant of present) {
        say(`${entrant.contestant.name} on ${thousands(size)} bytes`);
        rows = [...rows, await row(entrant, file, folder)];
        // After each: who loses patience with the last ones has the others.
        page = write(out, set, {
          ...hereAndNow(),
          source: basename(source),
          versions,
          versionSize,
          size,
          clock,
          stage,
          rows,
        });
      }
      return { rows, page };
    });
    endSaying();
    console.log(written.page);
    return written.rows.every(({ outcome }) => "size" in outcome) ? 0 : 1;
  },
};

/** Writes the results of one set beside those of the other. @returns the page */
function write(folder: string, set: SetName, run: DedupeRun): string {
  const file = (extension: string): string => join(folder, `${NAME}.${extension}`);
  const earlier = earlierResults<DedupeResults>(file("json"), { format: 1, runs: {} });
  const results: DedupeResults = { ...earlier, runs: { ...earlier.runs, [set]: run } };
  const page = toPage(results);
  writeFileSync(file("md"), page);
  writeFileSync(file("json"), `${JSON.stringify(results, undefined, 1)}\n`);
  return page;
}

async function row({ contestant, version }: Entrant, file: string, folder: string): Promise<DedupeRow> {
  const { name } = contestant;
  try {
    return { name, version, outcome: await runTrial(contestant, file, folder, findMachine()) };
  } catch (error) {
    return { name, version, outcome: { failure: error instanceof Error ? error.message : String(error) } };
  }
}

function choosePeers(list: string): readonly Contestant[] {
  if (list === "all") return LONG_RANGE_PEERS;
  if (list === "none") return [];
  const names = nameList("--peers", list, ids);
  return LONG_RANGE_PEERS.filter(({ id }) => names.includes(id));
}

function writeAll(path: string, pieces: Iterable<Uint8Array>): number {
  const file = openSync(path, "w");
  try {
    for (const piece of pieces) {
      for (let at = 0; at < piece.length;) at += writeSync(file, piece, at);
    }
  } finally {
    closeSync(file);
  }
  return statSync(path).size;
}
