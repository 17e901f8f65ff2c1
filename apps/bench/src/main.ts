/** pith-bench: measures Pith beside real compressors. */
import { UsageError } from "./commands/arguments.ts";
import { compareCommand } from "./commands/compare.ts";
import { COMMANDS } from "./registry.ts";
import { CorpusError } from "./measure/corpus.ts";

function help(): string {
  return COMMANDS.map(({ usage, help: text }) => `npm run bench -- ${usage}\n${text.replace(/^/gm, "  ")}`).join(
    "\n\n",
  );
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help") || args.includes("-h") || args.length === 0) {
    console.log(help());
    return args.length === 0 ? 1 : 0;
  }
  const named = COMMANDS.find(({ name }) => name === args[0]);
  try {
    return await (named ?? compareCommand).run(named === undefined ? args : args.slice(1));
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof CorpusError)) throw error;
    console.error(
      `pith-bench: ${error.message}\nusage: npm run bench -- ${(named ?? compareCommand).usage} (--help tells more)`,
    );
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
