/** Figures that stand on a page of results, found by the words around them. */

/** A table of a page, and the heading above it. */
interface PageTable {
  /** Of the second level; empty above the first. */
  readonly section: string;
  readonly text: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const RULE = /^[\s|:-]+$/;

/**
 * What a page says at a place:
 *
 * - `SECTION`: the first table of that section, whole;
 * - `ROW / COLUMN`: a cell of the first table that has both; `SECTION / ROW / COLUMN`: of a table of that section. A row
 *   goes by its first cell, or by its first two with a space between;
 * - with ` / first`, ` / second`, … behind: that number in the cell alone;
 * - `~ WORDS`: the number that follows these words in the text.
 *
 * @throws Error if there is nothing
 */
export function figureOf(page: string, place: string): string {
  if (place.startsWith("~ ")) return numberAfter(page, place.slice(2));
  const parts = place.split(" / ");
  const which = ORDINALS.indexOf(parts.at(-1) ?? "");
  if (which >= 0) parts.pop();
  const [column, row, section] = parts.reverse();
  if ((row as string | undefined) === undefined) return wholeTable(page, column);
  const cell = cellOf(page, section, row, column);
  if (cell === undefined) throw new Error(`expected SECTION / ROW / COLUMN of its tables, got ${place}`);
  if (which < 0) return cell;
  const numbers = cell.match(NUMBER) ?? [];
  if (numbers.length <= which) throw new Error(`${place}: expected a number, got ${cell}`);
  return numbers[which];
}

function wholeTable(page: string, section: string): string {
  const table = tablesOf(page).find((one) => one.section === section);
  if (table === undefined) throw new Error(`expected the name of a section with a table, got ${section}`);
  return `\n${table.text}\n`;
}

const ORDINALS = ["first", "second", "third"];
const NUMBER = /-?\d[\d,]*(?:\.\d+)?/g;

function cellOf(page: string, section: string | undefined, row: string, column: string): string | undefined {
  for (const table of tablesOf(page)) {
    if (section !== undefined && table.section !== section) continue;
    const place = table.head.findIndex((title) => title === column);
    const cells = table.rows.find(([first, second]) => first === row || `${first} ${second}` === row);
    if (place > 0 && cells !== undefined) return cells[place];
  }
  return undefined;
}

function tablesOf(page: string): PageTable[] {
  const tables: PageTable[] = [];
  let section = "";
  const lines = page.split("\n");
  for (let i = 0; i < lines.length; i++) {
    if (lines[i].startsWith("## ")) section = lines[i].slice(3);
    if (!lines[i].startsWith("|") || !RULE.test(lines[i + 1] ?? "")) continue;
    const first = i;
    const head = cellsOf(lines[i]);
    const rows: string[][] = [];
    for (i += 2; lines[i]?.startsWith("|"); i++) rows.push(cellsOf(lines[i]));
    tables.push({ section, text: lines.slice(first, i).join("\n"), head, rows });
  }
  return tables;
}

/** Without what marks them: bold, and the star of files that are not the paper's. */
function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("**", "").replace(/ \*$/, ""));
}

function numberAfter(page: string, words: string): string {
  const text = page.replace(/\s+/g, " ");
  const at = text.indexOf(words);
  const found = at < 0 ? undefined : /^\D*?(-?\d[\d,]*(?:\.\d+)?)/.exec(text.slice(at + words.length));
  if (found === undefined || found === null) throw new Error(`expected a number behind "${words}", got none`);
  return found[1].replace(/,$/, "");
}
