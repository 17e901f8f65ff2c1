/** A tree as one archive, beside its peers; one member of it; and what is added later. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { byteCount, levelList, onlyPositional, parse, pathFromCaller } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { flagOfLevel } from "../contestants/pith.ts";
import { findMachine } from "../measure/child.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { appended, copyOfSmall, factsOf, peerRow, PEER_COUNT, pithRow, type ArchiveRow } from "./measure.ts";
import { type FolderResults, toPage } from "./page.ts";

const NAME = "folders";

export const foldersCommand: Command = {
  name: NAME,
  usage: "folders TREE [options]",
  help: `Packs TREE with Pith and its peers, and writes docs/results/${NAME}.{json,md}.

  --largest SIZE   only files of TREE that have as many bytes at most, without folders called .cache
  --levels LIST    levels, 1 to 10 (default 3,5)
  --block SIZE     each level with blocks of that size, too, of which one member is read sooner
  --later LIST     levels at which something is added later (default those of --levels)
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      largest: { type: "string" },
      levels: { type: "string", default: "3,5" },
      block: { type: "string" },
      later: { type: "string" },
      out: { type: "string" },
    });
    const given = pathFromCaller(onlyPositional(positionals, "one folder"));
    const largest = values.largest === undefined ? undefined : byteCount("--largest", values.largest);
    const levels = levelList("--levels", values.levels);
    const block = values.block === undefined ? undefined : byteCount("--block", values.block);
    const laterLevels = values.later === undefined ? levels : levelList("--later", values.later);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const machine = findMachine();
    const results = await withTemporaryFolder(async (folder): Promise<FolderResults> => {
      const tree = largest === undefined ? given : await copyOfSmall(given, largest, join(folder, "tree"));
      const rows: ArchiveRow[] = [];
      for (let peer = 0; peer < PEER_COUNT; peer++) {
        say(`peer ${peer + 1} of ${PEER_COUNT}`);
        const row = await peerRow(peer, tree, folder, machine);
        if (row !== undefined) rows.push(row);
      }
      for (const level of levels) {
        say(`level ${level}`);
        rows.push(await pithRow([flagOfLevel(level)], tree, folder, machine));
        if (block !== undefined) {
          rows.push(await pithRow([flagOfLevel(level), `--block-size=${block}`], tree, folder, machine));
        }
      }
      say("what is added later");
      const later = laterLevels.map((level) => appended(level, tree, folder));
      const which = { tree: basename(tree), ...(largest !== undefined && { largest }), ...factsOf(tree) };
      return { format: 1, ...hereAndNow(), ...which, rows, appended: later };
    });
    endSaying();
    const page = toPage(results);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `${NAME}.md`), page);
    writeFileSync(join(out, `${NAME}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
    console.log(page);
    return 0;
  },
};
