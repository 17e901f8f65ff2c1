/** Lines of a given width. */

/** Breaks a text between words, but not between a number and its unit; each line after `indent` spaces. */
export function wrap(text: string, width: number, indent = 0): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ (?!%|[kMGT]?B\b)/)) {
    if (line !== "" && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  lines.push(line);
  return lines.map((each) => (" ".repeat(indent) + each).trimEnd());
}

/** A heading with a line under it. */
export function heading(text: string, width: number): string[] {
  return ["", text, "─".repeat(Math.min(width, text.length))];
}

/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** Whether it may be left out where there is no room; the last of such goes first. */
  readonly expendable?: true;
}

/** The first column is not shortened below this. */
const SHORTEST = 8;

/**
 * Rows under titles, two spaces between columns.
 *
 * @param width of a line; where the rows need more, columns that can be spared are left out, and then texts of the first
 *   one shortened
 */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const shown = columns.map((_, column) => column);
  const excess = (): number => shown.reduce((sum, column) => sum + widths[column] + 2, -2) - width;
  for (let column = columns.length - 1; column > 0; column--) {
    if (excess() > widths[0] - SHORTEST && columns[column].expendable) shown.splice(column, 1);
  }
  widths[0] = Math.min(widths[0], Math.max(SHORTEST, widths[0] - excess()));
  return lines.map((line) =>
    shown
      .map((column) => {
        const cell = column === 0 ? shortenMiddle(line[0], widths[0]) : line[column];
        return columns[column].align === "left" ? cell.padEnd(widths[column]) : cell.padStart(widths[column]);
      })
      .join("  ")
      .trimEnd(),
  );
}

/** Both ends of a text: names of tensors differ at both. */
function shortenMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor((length - 1) / 2);
  return `${text.slice(0, length - 1 - end)}…${text.slice(text.length - end)}`;
}

/** A name must not steer the terminal. */
export function printable(name: string): string {
  return name.replace(/\p{Cc}/gu, "?");
}
