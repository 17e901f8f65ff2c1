/** Where the results go: `docs/results` unless `--out` says otherwise; a JSON file, a page, a picture. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathFromCaller } from "../commands/arguments.ts";
import { ROOT } from "../paths.ts";
import { earlierResults } from "../report/earlier.ts";

export function outputFolder(option: string | undefined): string {
  return option === undefined ? join(ROOT, "docs/results") : pathFromCaller(option);
}

/** Results of earlier runs. */
export function readResults<Results>(folder: string, name: string, otherwise: Results): Results {
  return earlierResults(join(folder, `${name}.json`), otherwise);
}

/** What people read. */
interface Report {
  readonly page: string;
  readonly picture: string;
}

export function writeResults(folder: string, name: string, results: object, { page, picture }: Report): void {
  mkdirSync(folder, { recursive: true });
  const write = (extension: string, text: string): void => writeFileSync(join(folder, `${name}.${extension}`), text);
  write("json", `${JSON.stringify(results, undefined, 1)}\n`);
  write("md", page);
  write("svg", picture);
}
