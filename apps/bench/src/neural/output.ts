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
  writePage(folder, name, results, page);
  writeFileSync(join(folder, `${name}.svg`), picture);
}

/** Without a picture. */
export function writePage(folder: string, name: string, results: object, page: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(join(folder, `${name}.md`), page);
}
