/** The sentence of each page that says how it came about. */

/**
 * @param command behind `npm run bench --`
 * @param files what it read, in words; undefined where it makes its own
 */
export function repeating(command: string, files?: string): string {
  const source =
    files === undefined ? "" : ` FOLDER and FILE stand for ${files}; [README](README.md) says what each is.`;
  return `Repeated by \`npm run bench -- ${command}\`.${source}`;
}
