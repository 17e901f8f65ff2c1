/** A run's files: the JSON, the Markdown page, a picture a kind. */
import { join } from "node:path";
import { KINDS } from "../measure/kind.ts";
import { toMarkdown } from "./markdown.ts";
import { toPicture } from "./picture.ts";
import type { Results } from "./results.ts";

/**
 * @param write puts text into a file
 * @returns the files written
 */
export function writeReport(
  results: Results,
  folder: string,
  name: string,
  write: (file: string, text: string) => void,
): string[] {
  const pictures = KINDS.flatMap((kind) => {
    const picture = toPicture(results, kind);
    return picture === undefined ? [] : [{ file: `${name}-${kind}.svg`, text: picture }];
  });
  const files = [
    { file: `${name}.json`, text: `${JSON.stringify(results, undefined, 1)}\n` },
    {
      file: `${name}.md`,
      text: toMarkdown(
        results,
        pictures.map(({ file }) => file),
      ),
    },
    ...pictures,
  ];
  for (const { file, text } of files) write(join(folder, file), text);
  return files.map(({ file }) => join(folder, file));
}
