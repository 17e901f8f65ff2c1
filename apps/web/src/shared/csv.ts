/** Tables for other programs, as RFC 4180 has them. */

/** Numbers as they are, text quoted where it has to be. */
export function csvOf(columns: readonly string[], rows: Iterable<readonly (string | number)[]>): string {
  let table = `${columns.join(",")}\r\n`;
  for (const row of rows) table += `${row.map(cellOf).join(",")}\r\n`;
  return table;
}

function cellOf(value: string | number): string {
  const text = String(value);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
