/** pith-bench: measures Pith beside real compressors. */
import { CorpusError } from "./measure/corpus.ts";
import { UsageError } from "./commands/arguments.ts";
import { analyzeCommand } from "./analyze/command.ts";
import { clusterCommand } from "./cluster/command.ts";
import { machinesCommand } from "./cluster/machines-command.ts";
import type { Command } from "./commands/command.ts";
import { compareCommand } from "./commands/compare.ts";
import { dedupeCommand } from "./dedupe/command.ts";
import { foldersCommand } from "./folders/command.ts";
import { levelsOrderCommand } from "./levels-order/command.ts";
import { lettersCommand } from "./letters/command.ts";
import { loadCommand } from "./commands/load.ts";
import { messagesCommand } from "./messages/command.ts";
import { memoryCommand } from "./commands/memory.ts";
import { nativeCommand } from "./commands/native.ts";
import { NEURAL_COMMANDS } from "./neural/commands.ts";
import { packedCommand } from "./packed/command.ts";
import { reportCommand } from "./commands/report.ts";
import { startupCommand } from "./commands/startup.ts";
import { streamCommand } from "./commands/stream.ts";
import { threadsCommand } from "./commands/threads.ts";
import { weightsCommand } from "./weights/command.ts";

const COMMANDS: readonly Command[] = [
  compareCommand,
  reportCommand,
  threadsCommand,
  memoryCommand,
  streamCommand,
  startupCommand,
  loadCommand,
  nativeCommand,
  analyzeCommand,
  dedupeCommand,
  foldersCommand,
  clusterCommand,
  machinesCommand,
  lettersCommand,
  levelsOrderCommand,
  messagesCommand,
  packedCommand,
  weightsCommand,
  ...NEURAL_COMMANDS,
];

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
