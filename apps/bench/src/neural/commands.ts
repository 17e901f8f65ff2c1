/** The tables and figures of the neural paper, one command each. */
import type { Command } from "../commands/command.ts";
import { dictionaryCommand } from "./dictionary/command.ts";
import { dnaCommand } from "./dna/command.ts";
import { figure3Command } from "./figure3/command.ts";
import { figure4Command } from "./figure4/command.ts";
import { figure5Command } from "./figure5/command.ts";
import { staticCommand } from "./static/command.ts";
import { table1Command } from "./table1/command.ts";
import { table2Command } from "./table2/command.ts";

export const NEURAL_COMMANDS: readonly Command[] = [
  table1Command,
  staticCommand,
  table2Command,
  figure3Command,
  figure4Command,
  figure5Command,
  dictionaryCommand,
  dnaCommand,
];
