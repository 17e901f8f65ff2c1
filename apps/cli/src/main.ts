/** The command: reads the arguments, runs the verb, and ends with an exit code. */

import { readFileSync } from "node:fs";

import { EXIT, ReaderGone, UsageError } from "./errors.ts";
import { explain } from "./explain.ts";
import { encode } from "./format.ts";
import { writeStandardOutput } from "./files/standard-output.ts";
import { argumentNames } from "./files/system-path.ts";
import { parse } from "./interface/parse.ts";
import { printError, Session } from "./session.ts";

/** What shells report of a program that a broken pipe ended: 128 + SIGPIPE. */
const BROKEN_PIPE = 141;

async function main(words: readonly string[]): Promise<number> {
  try {
    return await run(words);
  } catch (error) {
    if (error instanceof ReaderGone) return BROKEN_PIPE;
    if (error instanceof UsageError) {
      printError(`pith: ${error.message}\nTry pith --help.`);
    } else {
      printError(`pith: ${explain(error).message}`);
    }
    return EXIT.error;
  }
}

async function run(words: readonly string[]): Promise<number> {
  const { verb, named, settings, operands } = parse(words);
  if (settings.help) {
    const { help } = await import("./interface/help.ts");
    const { LEVELS } = await import("@pith/codec");
    await writeStandardOutput(encode(help(version(), LEVELS, named ? verb : undefined)));
    return EXIT.ok;
  }
  if (settings.version) {
    await writeStandardOutput(encode(`pith ${version()}\n`));
    return EXIT.ok;
  }
  const session = new Session(verb.name, settings, operands);
  const loaded = await verb.load();
  await loaded.run(session);
  await session.finish();
  return session.exitCode;
}

function version(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

// Not by waiting until nothing is left to do: standard input may stay open for as long as it likes.
process.exit(await main(argumentNames(process.argv.slice(2))));
