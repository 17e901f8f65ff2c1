/** A tree as one archive, beside its peers; one member of it; and what is added later. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { levelList, onlyPositional, parse, pathFromCaller } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { endSaying, say, withTemporaryFolder } from "../commands/workspace.ts";
import { findMachine } from "../measure/child.ts";
import { hereAndNow } from "../measure/where.ts";
import { ROOT } from "../paths.ts";
import { appended, factsOf, peerRow, PEER_COUNT, pithRow, type ArchiveRow } from "./measure.ts";
import { type FolderResults, toPage } from "./page.ts";

const NAME = "folders";

export const foldersCommand: Command = {
  name: NAME,
  usage: "folders TREE [options]",
  help: `Packs TREE with Pith and its peers, and writes docs/results/${NAME}.{json,md}.

  --levels LIST    levels, 1 to 10 (default 3,5)
  --out DIR        where the results go (default docs/results)`,
  async run(args) {
    const { values, positionals } = parse(args, {
      levels: { type: "string", default: "3,5" },
      out: { type: "string" },
    });
    const tree = pathFromCaller(onlyPositional(positionals, "one folder"));
    const levels = levelList("--levels", values.levels);
    const out = values.out === undefined ? join(ROOT, "docs/results") : pathFromCaller(values.out);
    const machine = findMachine();
    const results = await withTemporaryFolder(async (folder): Promise<FolderResults> => {
      const rows: ArchiveRow[] = [];
      for (let peer = 0; peer < PEER_COUNT; peer++) {
        say(`peer ${peer + 1} of ${PEER_COUNT}`);
        const row = await peerRow(peer, tree, folder, machine);
        if (row !== undefined) rows.push(row);
      }
      for (const level of levels) {
        say(`level ${level}`);
        rows.push(await pithRow(level, tree, folder, machine));
      }
      say("what is added later");
      const later = levels.map((level) => appended(level, tree, folder));
      return { format: 1, ...hereAndNow(), tree: basename(tree), ...factsOf(tree), rows, appended: later };
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
