/** Documents that have figures of the results in them. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** README, what is in docs, and the README of each package and app, as paths in the repository. */
export function documentsOf(root: string): string[] {
  const inFolder = (folder: string): string[] =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
      .map(({ name }) => `${folder}/${name}`);
  const readmes = ["packages", "apps"].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `${folder}/${name}/README.md`),
  );
  return ["README.md", ...inFolder("docs"), ...readmes].sort();
}
