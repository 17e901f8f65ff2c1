/** The command: reads the arguments, runs the verb, and ends with an exit code. */

import { statSync } from "node:fs";

import { EXIT, ReaderGone } from "./errors.ts";
import { encode } from "./format.ts";
import { writeStandardOutput } from "./files/standard-output.ts";
import { argumentNames, systemPath } from "./files/system-path.ts";
import { parse, requireVerb, type Invocation } from "./interface/parse.ts";
import { programVersion } from "./program-version.ts";
import { reportFailure } from "./session.ts";
import { FAMILIES } from "./verbs/registry.ts";

/** What shells report of a program that a broken pipe ended: 128 + SIGPIPE. */
const BROKEN_PIPE = 141;

async function main(words: readonly string[]): Promise<number> {
  try {
    return await run(words);
  } catch (error) {
    if (error instanceof ReaderGone) return BROKEN_PIPE;
    return await reportFailure(error, asksForJson(words)).catch(() => EXIT.error);
  }
}

/** Whether the words ask for JSON, where they make no other sense. */
function asksForJson(words: readonly string[]): boolean {
  const end = words.indexOf("--");
  return (end < 0 ? words : words.slice(0, end)).includes("--json");
}

async function run(words: readonly string[]): Promise<number> {
  const invocation = await parse(words, FAMILIES, { lookUp, environment: process.env });
  const { given, operands } = invocation;
  if (given.help === true) {
    await writeStandardOutput(encode(await helpFor(invocation)));
    return EXIT.ok;
  }
  if (given.version === true) {
    await writeStandardOutput(encode(`pith ${programVersion()}\n`));
    return EXIT.ok;
  }
  const chosen = requireVerb(invocation);
  const start = await chosen.load();
  return await start(chosen.name, given, operands);
}

async function helpFor({ family, verb, named }: Invocation): Promise<string> {
  const [{ help, helpOfFamily, helpOfVerb }, { loadFamilies }] = await Promise.all([
    import("./interface/help.ts"),
    import("./interface/command.ts"),
  ]);
  const families = await loadFamilies(FAMILIES);
  const loaded = families[FAMILIES.indexOf(family)];
  if (!named) return help(programVersion(), families);
  if (verb === undefined) return helpOfFamily(programVersion(), loaded);
  const { LEVELS } = await import("@pith/codec");
  return helpOfVerb(programVersion(), LEVELS, loaded, verb);
}

function lookUp(path: string): "file" | "folder" | undefined {
  try {
    return statSync(systemPath(path)).isDirectory() ? "folder" : "file";
  } catch {
    return undefined; // Nothing, or nothing that one could work on.
  }
}

// Not by waiting until nothing is left to do: standard input may stay open for as long as it likes.
process.exit(await main(argumentNames(process.argv.slice(2))));
