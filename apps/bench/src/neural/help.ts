/** Names separated by commas, in lines that go on below the column of the first. */
export function listing(names: readonly string[], column: number): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && column + last.length + name.length < 116) lines[lines.length - 1] = `${last}, ${name}`;
    else lines.push(name);
  }
  return lines.join(`,\n${" ".repeat(column)}`);
}
