/** Brings pages, pictures and the figures in documents up to what the results say. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "../commands/arguments.ts";
import type { Command } from "../commands/command.ts";
import { ROOT } from "../paths.ts";
import { outdated, updateAll } from "./update.ts";

export const figuresCommand: Command = {
  name: "figures",
  usage: "figures [--check]",
  help: `Draws every page and picture of docs/results again from its JSON, and writes the figures that README, docs and the
packages' READMEs have of them, where these say <!-- figure PAGE / SECTION / ROW / COLUMN -->…<!-- / -->.

  --check          change nothing; name what is not as it would be, with exit code 1`,
  run(args) {
    const { values } = parse(args, { check: { type: "boolean" } });
    const check = values.check as boolean | undefined;
    const files = updateAll(ROOT);
    const paths = outdated(ROOT, files);
    for (const path of paths) {
      if (check !== true) writeFileSync(join(ROOT, path), files.get(path) ?? "");
      console.log(`${check === true ? "not up to date" : "wrote"}: ${path}`);
    }
    return Promise.resolve(check === true && paths.length > 0 ? 1 : 0);
  },
};
