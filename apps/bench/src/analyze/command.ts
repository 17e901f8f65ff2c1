/** The analyzer: how fast, in how much memory, and the paper's table beside the truth. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DATA_KINDS, type DataKind } from "@pith/analyzer";
import { UsageError, byteCount, integer, levelList, nameList, parse, pathFromCaller } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { findMachine, unpinned } from "../measure/child.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { earlierResults } from "../report/earlier.ts";
import { toPage } from "./page.ts";
import { toPicture } from "./picture.ts";
import type { PatternResults } from "./results.ts";
import { measureSpeed } from "./speed.ts";
import { reproduceTable } from "./table.ts";

const NAME = "patterns";

export const analyzeCommand: Command = {
  name: "analyze",
  usage: "analyze [options]",
  help: `Analyses generated streams from a pipe beside md5sum, fits how time grows with size, reproduces the table of the
paper on Recursive Self-Reference Compression, and writes docs/results/${NAME}.{json,md,svg}.

  --only PART      speed, or table: leaves the other part of the results as it is
  --kinds LIST     data of the streams: ${DATA_KINDS.join(", ")} (default all)
  --bytes BYTES    of a stream, with K, M or G for powers of 1024 (default 1G)
  --growth LIST    sizes of streams of the first kind for the growth (default 128M,256M,512M,1G,2G; none to leave it out)
  --rounds N       interleaved rounds, 1 to 100 (default 3)
  --largest BYTES  rows of the table up to this size (default 100M; 17G for all)
  --pith BYTES     how much of a row's data Pith compresses, from its start (default 10M)
  --level N        of Pith, 1 to 10 (default 5)
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values } = parse(args, {
      only: { type: "string", default: "speed,table" },
      kinds: { type: "string", default: DATA_KINDS.join(",") },
      bytes: { type: "string", default: "1G" },
      growth: { type: "string", default: "128M,256M,512M,1G,2G" },
      rounds: { type: "string", default: "3" },
      largest: { type: "string", default: "100M" },
      pith: { type: "string", default: "10M" },
      level: { type: "string", default: "5" },
      out: { type: "string" },
    });
    const parts = nameList("--only", values.only, ["speed", "table"]);
    const kinds = nameList("--kinds", values.kinds, DATA_KINDS) as DataKind[];
    if (kinds.length === 0) throw new UsageError(`--kinds: expected some of ${DATA_KINDS.join(", ")}, got none`);
    const size = byteCount("--bytes", values.bytes);
    const growth = values.growth === "none" ? [] : values.growth.split(",").map((text) => byteCount("--growth", text));
    const rounds = integer("--rounds", values.rounds, 1, 100);
    const largest = byteCount("--largest", values.largest);
    const pithBytes = byteCount("--pith", values.pith);
    const [level] = levelList("--level", values.level);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);

    const file = (extension: string): string => join(out, `${NAME}.${extension}`);
    const where = hereAndNow();
    let results = earlierResults<PatternResults>(file("json"), { format: 1, speed: undefined, table: undefined });
    if (parts.includes("speed")) {
      const machine = unpinned(findMachine());
      const speed = await withTemporaryFolder((folder) =>
        measureSpeed({ kinds, size, rounds, growth, folder, machine, onRun: say }),
      );
      results = { ...results, speed: { ...where, ...speed } };
    }
    if (parts.includes("table")) {
      const entries = await reproduceTable({ largest, pithBytes, level, onRun: say });
      results = { ...results, table: { ...where, entries } };
    }
    endSaying();
    mkdirSync(out, { recursive: true });
    const entries = results.table?.entries ?? [];
    if (entries.length > 0) writeFileSync(file("svg"), toPicture(entries));
    const page = toPage(results, entries.length > 0 ? `${NAME}.svg` : undefined);
    writeFileSync(file("md"), page);
    writeFileSync(file("json"), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return 0;
  },
};
