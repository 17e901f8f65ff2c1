/** Everything that follows from the results, as it has to be. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Results } from "../report/results.ts";
import { documentsOf } from "./documents.ts";
import { fillFigures, type Blocks } from "./fill.ts";
import { drawPages } from "./pages.ts";
import { summaryTable } from "./summary-table.ts";

/** Where the results are. */
const RESULTS = "docs/results";

/**
 * Pages and pictures that follow from the JSONs, and documents with the figures that stand on the pages.
 *
 * @param root of the repository
 * @returns text by path in the repository
 */
export function updateAll(root: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, text] of Object.entries(drawPages(join(root, RESULTS)))) files.set(`${RESULTS}/${name}`, text);
  const pageOf = (name: string): string => {
    const path = `${RESULTS}/${name}.md`;
    return files.get(path) ?? readFileSync(join(root, path), "utf8");
  };
  const blocks: Blocks = {
    "table1 / summary": () =>
      summaryTable(JSON.parse(readFileSync(join(root, RESULTS, "table1.json"), "utf8")) as Results),
  };
  for (const path of documentsOf(root)) {
    if (!existsSync(join(root, path))) continue;
    const document = readFileSync(join(root, path), "utf8");
    files.set(
      path,
      naming(path, () => fillFigures(document, pageOf, blocks)),
    );
  }
  return files;
}

/** Paths of which what is there is something else. */
export function outdated(root: string, files: ReadonlyMap<string, string>): string[] {
  const textOf = (path: string): string | undefined =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined;
  return Array.from(files.keys()).filter((path) => files.get(path) !== textOf(path));
}

function naming<T>(path: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
