/** The index of a model that is in several safetensors files, `model.safetensors.index.json`: which tensor is in which. */
import { PithError } from "@pith/core";
import { shown } from "./json-scanner.ts";

/** Bytes of an index at most, as of a header. */
const MAXIMUM_INDEX = 100_000_000;

/** What an index says. */
export interface ShardIndex {
  /** Names of the files, each once, in the order in which the index first names them. */
  readonly files: readonly string[];
  /** The file that each tensor is in, by the tensor's name. */
  readonly fileOf: ReadonlyMap<string, string>;
}

/**
 * Reads an index. Names of files must be those of files beside it: no folder, nothing above.
 *
 * @param json all of its bytes
 * @throws PithError `invalid-field` for what is no such index, `length-limit` for one of more than 100 MB
 * @example
 * const { files, fileOf } = parseShardIndex(await readFile("model.safetensors.index.json"));
 */
export function parseShardIndex(json: Uint8Array): ShardIndex {
  if (json.length > MAXIMUM_INDEX) {
    throw new PithError("length-limit", "the index is longer than is allowed", {
      expected: `at most ${MAXIMUM_INDEX} bytes`,
      got: json.length,
    });
  }
  const fileOf = new Map<string, string>();
  for (const [tensor, file] of Object.entries(mapOf(json))) {
    if (typeof file !== "string" || !isBeside(file)) {
      throw new PithError("invalid-field", `the index places the tensor ${shown(tensor)} in no file beside it`, {
        expected: "the name of a file",
        got: shown(typeof file === "string" ? file : JSON.stringify(file)),
      });
    }
    fileOf.set(tensor, file);
  }
  return { files: [...new Set(fileOf.values())], fileOf };
}

function mapOf(json: Uint8Array): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch (cause) {
    throw new PithError("invalid-field", "the index is no JSON", { offset: 0, expected: "an object", cause });
  }
  const map: unknown = isObject(parsed) ? (parsed as { weight_map?: unknown }).weight_map : undefined;
  if (isObject(map)) return map;
  throw new PithError("invalid-field", "the index names no files", {
    offset: 0,
    expected: "an object whose weight_map is an object",
    got: shown(JSON.stringify(parsed)),
  });
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isBeside(file: string): boolean {
  // eslint-disable-next-line no-control-regex -- such a name is nobody's
  return file !== "" && file !== "." && file !== ".." && !/[/\\:\u0000-\u001f]/.test(file);
}
