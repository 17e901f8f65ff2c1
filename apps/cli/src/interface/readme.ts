/** The parts of the README that are made of the tables. Each stands there between two comments with its name. */

import { byGroup, formOf, type LoadedFamily } from "./command.ts";
import { ENVIRONMENT } from "./environment.ts";
import { EXIT_STATUS } from "./exit-status.ts";
import type { Option } from "./option.ts";

/**
 * The README with its generated parts as they have to be.
 *
 * @throws Error if it lacks the comments of a part
 */
export function withGeneratedParts(readme: string, [main]: readonly LoadedFamily[]): string {
  const parts = {
    options: optionTables(main.options),
    environment: table(ENVIRONMENT),
    "exit codes": table(EXIT_STATUS),
  };
  let text = readme;
  for (const [name, part] of Object.entries(parts)) {
    const [start, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->\n`];
    const [from, to] = [text.indexOf(start), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`README.md: expected ${start.trim()} and ${end.trim()}`);
    text = text.slice(0, from + start.length) + part + text.slice(to);
  }
  return text;
}

function optionTables(options: readonly Option[]): string {
  return byGroup(options)
    .map(({ group, options: shown }) => {
      const rows = shown.map((option) => [formOf(option), describe(option)] as const);
      return `\n**${group}**\n\n${table(rows)}`;
    })
    .join("")
    .concat("\n");
}

function describe({ text, range, default: usual }: Option): string {
  const facts = [range, usual !== undefined && `default ${usual}`].filter(Boolean).join("; ");
  return facts === "" ? text : `${text} (${facts})`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  return ["| | |\n", "|---|---|\n", ...rows.map(([left, right]) => `| \`${cell(left)}\` | ${cell(right)} |\n`)].join(
    "",
  );
}
