/** Repeats that are far apart: Pith beside the compressors that look for them. */
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Contestant } from "../contestants/contestant.ts";
import { findInstalled, missingNotice } from "../contestants/installed.ts";
import { pithCommand } from "../contestants/pith.ts";
import { backups } from "./backups.ts";
import { logs } from "./logs.ts";
import { LONG_RANGE_PEERS } from "./peers.ts";
import { measureStage } from "./stage.ts";
import { findMachine } from "../measure/child.ts";
import { runTrial } from "../measure/trial.ts";
import { figure, mebibytes, thousands } from "../report/format.ts";
import { table } from "../report/table.ts";
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

const SETS = { backups, logs } as const;
/** Runs of the stage alone, of which the fastest counts. */
const RUNS = 3;

const ids = LONG_RANGE_PEERS.map(({ id }) => id);

export const dedupeCommand: Command = {
  name: "dedupe",
  usage: "dedupe FOLDER [options]",
  help: `Makes an archive in which most comes again, from the files of FOLDER, and runs Pith and its peers on it.

  --set SET        backups: versions of a tree with files edited, moved, added and removed (default);
                   logs: daily snapshots of logs that rotate, from the lines of FOLDER's .log files
  --versions N     versions or snapshots, 1 to 999 (default 20)
  --size BYTES     of one, about; K, M, G for powers of 1024 (default 20000000)
  --levels LIST    levels of Pith, 1 to 9 (default 5)
  --peers LIST     of ${ids.join(", ")}; "all", "none" (default all)
  --make FILE      only write the archive to FILE`,
  async run(args) {
    const { values, positionals } = parse(args, {
      set: { type: "string", default: "backups" },
      versions: { type: "string", default: "20" },
      size: { type: "string", default: "20000000" },
      levels: { type: "string", default: "5" },
      peers: { type: "string", default: "all" },
      make: { type: "string" },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one folder of files"));
    const [set] = nameList("--set", values.set, Object.keys(SETS)) as (keyof typeof SETS)[];
    const options = {
      versions: integer("--versions", values.versions, 1, 999),
      size: byteCount("--size", values.size),
    };
    const make = (file: string): number => writeAll(file, SETS[set](source, options));
    if (values.make !== undefined) {
      const file = pathFromCaller(values.make);
      console.log(`${file}: ${thousands(make(file))} bytes`);
      return 0;
    }
    const contestants = [...choosePeers(values.peers), ...levelList("--levels", values.levels).map(pithCommand)];
    const { present, missing } = findInstalled(contestants);
    for (const contestant of missing) console.error(missingNotice(contestant));
    await withTemporaryFolder(async (folder) => {
      const file = join(folder, `${set}.tar`);
      const length = make(file);
      say(`deduplication alone on ${thousands(length)} bytes`);
      const stage = await measureStage(file, RUNS);
      const rows: string[][] = [];
      for (const { contestant } of present) {
        say(`${contestant.name} on ${thousands(length)} bytes`);
        rows.push(await row(contestant, file, folder, length));
      }
      endSaying();
      console.log(
        `${set}, ${options.versions} of ${thousands(options.size)} bytes: ${thousands(length)} bytes. ` +
          `Deduplication alone leaves ${thousands(stage.left)}, at ${figure(length / 1e6 / stage.seconds)} MB/s.\n`,
      );
      console.log(table(["", "bytes", "share, %", "compress, s", "decompress, s", "memory, MiB", "and back"], rows));
    });
    return 0;
  },
};

async function row(contestant: Contestant, file: string, folder: string, length: number): Promise<string[]> {
  const { size, compress, decompress } = await runTrial(contestant, file, folder, findMachine());
  return [
    contestant.name,
    thousands(size),
    figure((100 * size) / length),
    figure(compress.seconds),
    figure(decompress.seconds),
    mebibytes(compress.peakMemory),
    mebibytes(decompress.peakMemory),
  ];
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
