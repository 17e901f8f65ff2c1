/** The one file that most of the measurements read. */
import { statSync } from "node:fs";
import { basename } from "node:path";
import { byteCount, onlyPositional, pathFromCaller } from "../commands/arguments.ts";
import { readBytes } from "../measure/bytes.ts";
import { CorpusError } from "../measure/corpus.ts";

export interface Input {
  readonly name: string;
  readonly content: Uint8Array;
}

/**
 * Reads the start of the file that the command names.
 *
 * @param first the option's text
 * @throws CorpusError if it is no file, or an empty one
 */
export function readInput(positionals: readonly string[], first: string): Input {
  const path = pathFromCaller(onlyPositional(positionals, "one file"));
  const length = byteCount("--first", first);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw new CorpusError(`${path} is no file`);
  const content = readBytes(path).subarray(0, length);
  if (content.length === 0) throw new CorpusError(`${path} is empty`);
  return { name: basename(path), content };
}
