/** Draws tables and pictures anew from the JSON of an earlier run. */
import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { Results } from "../report/results.ts";
import { writeReport } from "../report/write.ts";
import { UsageError, onlyPositional, parse, pathFromCaller } from "./arguments.ts";
import type { Command } from "./command.ts";

export const reportCommand: Command = {
  name: "report",
  usage: "report RESULTS.json",
  help: "Writes the Markdown page and the pictures of an earlier run again, beside its JSON.",
  run(args) {
    const { positionals } = parse(args, {});
    const file = pathFromCaller(onlyPositional(positionals, "one JSON file of results"));
    const results = JSON.parse(readFileSync(file, "utf8")) as Omit<Results, "format"> & { format?: number };
    const { format } = results;
    if (format !== 1) throw new UsageError(`${file}: expected results of format 1, got ${format ?? "none"}`);
    const written = writeReport({ ...results, format }, dirname(file), basename(file, ".json"), (to, text) => {
      if (to !== file) writeFileSync(to, text);
    });
    console.log(
      written
        .filter((name) => name !== file)
        .map((name) => `wrote ${name}`)
        .join("\n"),
    );
    return Promise.resolve(0);
  },
};
