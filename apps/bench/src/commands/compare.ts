/** Pith beside its peers on the files of a folder: the benchmark proper. */
import { mkdirSync, writeFileSync } from "node:fs";
import { release, type } from "node:os";
import { basename, join } from "node:path";
import type { Contestant } from "../contestants/contestant.ts";
import { findInstalled, missingNotice } from "../contestants/installed.ts";
import { DEFAULT_PEERS, PEERS } from "../contestants/peers.ts";
import { pithCommand, pithLibrary } from "../contestants/pith.ts";
import { findMachine } from "../measure/child.ts";
import { prepareCorpus } from "../measure/corpus.ts";
import { type Position, race } from "../measure/race.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { describeDominated } from "../report/dominated.ts";
import { duration } from "../report/format.ts";
import { type Clock, type Results, summarise } from "../report/results.ts";
import { writeReport } from "../report/write.ts";
import { byteCount, integer, levelList, nameList, onlyPositional, parse, pathFromCaller } from "./arguments.ts";
import type { Command } from "./command.ts";
import { endSaying, say, withTemporaryFolder } from "./workspace.ts";

/** What to compare, and how. */
export interface Comparison {
  /** Folder of files, or one file. */
  readonly source: string;
  readonly contestants: readonly Contestant[];
  readonly rounds: number;
  readonly clock: Clock;
  readonly first?: number | undefined;
  readonly only?: readonly string[];
  readonly onNotice?: (notice: string) => void;
  readonly onTrial?: (position: Position) => void;
}

/** Runs a comparison. */
export async function compare(comparison: Comparison): Promise<Results> {
  const { source, contestants, rounds, clock, first, only = [], onNotice, onTrial } = comparison;
  const machine = findMachine();
  const { present, missing } = findInstalled(contestants);
  for (const contestant of missing) onNotice?.(missingNotice(contestant));
  if (!machine.accounting)
    onNotice?.("peak memory is left out; apt-get install time brings /usr/bin/time, which reads it");
  return withTemporaryFolder(async (folder) => {
    const files = prepareCorpus(source, join(folder, "files"), { first, only });
    const courses = await race(files, present, {
      rounds,
      folder,
      machine,
      ...(onTrial === undefined ? {} : { onTrial }),
    });
    return summarise(courses, files, present, missing, {
      ...hereAndNow(),
      system: `${type()} ${release().split(".", 2).join(".")}`,
      rounds,
      clock,
      pinned: machine.core !== undefined,
    });
  });
}

const ids = PEERS.map(({ id }) => id);

export const compareCommand: Command = {
  name: "compare",
  usage: "[compare] FOLDER [options]",
  help: `Runs Pith and its peers on the files of FOLDER (or on one file), writes a table, and says of which level another one
makes smaller files in less time.

  --levels LIST    levels of Pith, 1 to 10 (default 1,5,9)
  --peers LIST     of ${ids.join(", ")};
                   "all", "none" (default all but zpaq-3 and zpaq-4)
  --rounds N       interleaved rounds, 1 to 100 (default 3)
  --first BYTES    use only the first bytes of each file; K, M, G for powers of 1024
  --only LIST      use only the files of these names
  --clock CLOCK    wall (default), or cpu: processor time in steps of 10 ms, for a machine that is not idle
  --out DIR        where the tables go (default docs/results)
  --name NAME      of the tables (default the folder's name)
  --quick          one round, level 5, gzip, xz and zpaq-5, the first 100000 bytes`,
  async run(args) {
    const { values, positionals } = parse(args, {
      levels: { type: "string" },
      peers: { type: "string" },
      rounds: { type: "string" },
      first: { type: "string" },
      only: { type: "string" },
      clock: { type: "string", default: "wall" },
      out: { type: "string" },
      name: { type: "string" },
      quick: { type: "boolean", default: false },
    });
    const source = pathFromCaller(onlyPositional(positionals, "one folder of files"));
    const quick = values.quick;
    const levels = levelList("--levels", values.levels ?? (quick ? "5" : "1,5,9"));
    const peers = choosePeers(values.peers ?? (quick ? "gzip,xz,zpaq-5" : DEFAULT_PEERS.join(",")));
    const first = values.first ?? (quick ? "100000" : undefined);
    const [clock] = nameList("--clock", values.clock, ["wall", "cpu"]) as Clock[];
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const progress = progressLine();
    const results = await compare({
      source,
      contestants: [...peers, ...levels.flatMap((level) => [pithCommand(level), pithLibrary(level)])],
      rounds: integer("--rounds", values.rounds ?? (quick ? "1" : "3"), 1, 100),
      clock,
      first: first === undefined ? undefined : byteCount("--first", first),
      only: values.only?.split(",") ?? [],
      onNotice: (notice) => process.stderr.write(`${notice}\n`),
      onTrial: (position) => say(progress(position)),
    });
    endSaying();
    mkdirSync(out, { recursive: true });
    const written = writeReport(results, out, values.name ?? basename(source), (file, text) =>
      writeFileSync(file, text),
    );
    console.log(written.map((file) => `wrote ${file}`).join("\n"));
    console.log(describeDominated(results).join("\n"));
    for (const { contestant, file, message } of results.failures) console.error(`${contestant} on ${file}: ${message}`);
    return results.failures.length === 0 ? 0 : 1;
  },
};

function choosePeers(list: string): Contestant[] {
  if (list === "all") return [...PEERS];
  if (list === "none") return [];
  const names = nameList("--peers", list, ids);
  return PEERS.filter(({ id }) => names.includes(id));
}

/** What is running, and the time left if the rest goes as the trials so far. */
function progressLine(): (position: Position) => string {
  const start = performance.now();
  return ({ round, file, contestant, done, total }) => {
    const elapsed = (performance.now() - start) / 1000;
    const left = done === 0 ? "" : `, ${duration((elapsed / done) * (total - done))} left`;
    return `round ${round}: ${contestant} on ${file} (${done + 1} of ${total}${left})`;
  };
}
