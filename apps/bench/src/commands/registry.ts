/** Every sub-command, in the order of the help. */
import { analyzeCommand } from "../analyze/command.ts";
import { dedupeCommand } from "../dedupe/command.ts";
import { figuresCommand } from "../figures/command.ts";
import { lettersCommand } from "../letters/command.ts";
import { levelsOrderCommand } from "../levels-order/command.ts";
import { messagesCommand } from "../messages/command.ts";
import { NEURAL_COMMANDS } from "../neural/commands.ts";
import { packedCommand } from "../packed/command.ts";
import { weightsCommand } from "../weights/command.ts";
import type { Command } from "./command.ts";
import { compareCommand } from "./compare.ts";
import { loadCommand } from "./load.ts";
import { memoryCommand } from "./memory.ts";
import { nativeCommand } from "./native.ts";
import { reportCommand } from "./report.ts";
import { startupCommand } from "./startup.ts";
import { streamCommand } from "./stream.ts";
import { threadsCommand } from "./threads.ts";

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
  lettersCommand,
  levelsOrderCommand,
  messagesCommand,
  packedCommand,
  weightsCommand,
  ...NEURAL_COMMANDS,
];
