/** Every sub-command, in the order of the help. */
import { analyzeCommand } from "./analyze/command.ts";
import { clusterCommand } from "./cluster/command.ts";
import { machinesCommand } from "./cluster/machines-command.ts";
import { dedupeCommand } from "./dedupe/command.ts";
import { figuresCommand } from "./figures/command.ts";
import { foldersCommand } from "./folders/command.ts";
import { lettersCommand } from "./letters/command.ts";
import { levelsOrderCommand } from "./levels-order/command.ts";
import { messagesCommand } from "./messages/command.ts";
import { methodsCommand } from "./methods/command.ts";
import { NEURAL_COMMANDS } from "./neural/commands.ts";
import { packedCommand } from "./packed/command.ts";
import { patchesCommand } from "./patches/command.ts";
import { predictorsCommand } from "./predictors/command.ts";
import { sizesCommand } from "./sizes/command.ts";
import { formsCommand } from "./forms/command.ts";
import { threadsCommand } from "./threads/command.ts";
import { weightsCommand } from "./weights/command.ts";
import type { Command } from "./commands/command.ts";
import { compareCommand } from "./commands/compare.ts";
import { loadCommand } from "./commands/load.ts";
import { memoryCommand } from "./commands/memory.ts";
import { nativeCommand } from "./commands/native.ts";
import { reportCommand } from "./commands/report.ts";
import { startupCommand } from "./commands/startup.ts";
import { streamCommand } from "./commands/stream.ts";

export const COMMANDS: readonly Command[] = [
  compareCommand,
  reportCommand,
  figuresCommand,
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
  methodsCommand,
  packedCommand,
  patchesCommand,
  predictorsCommand,
  sizesCommand,
  weightsCommand,
  formsCommand,
  ...NEURAL_COMMANDS,
];
