/** The tar format, as POSIX.1-1988 has it (ustar): as much of it as a tree of plain files needs. */

const RECORD = 512;

/** The header of a file, and its padding included: the bytes of the file lie between them. */
export function* tarEntry(path: string, content: Uint8Array, seconds: number): Generator<Uint8Array> {
  yield header(path, content.length, seconds);
  yield content;
  const padding = -content.length & (RECORD - 1);
  if (padding > 0) yield new Uint8Array(padding);
}

/** What an archive ends with. */
export function tarEnd(): Uint8Array {
  return new Uint8Array(2 * RECORD);
}

/** @param path at most 100 bytes */
function header(path: string, length: number, seconds: number): Uint8Array {
  const bytes = new Uint8Array(RECORD);
  const write = (at: number, text: string): void => {
    bytes.set(new TextEncoder().encode(text), at);
  };
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, "0");
  if (path.length > 100) throw new RangeError(`path: expected at most 100 bytes, got ${path.length}`);
  write(0, path);
  write(100, `${octal(0o644, 7)}\0${octal(1000, 7)}\0${octal(1000, 7)}\0`);
  write(124, `${octal(length, 11)}\0${octal(seconds, 11)}\0`);
  // The checksum counts itself as blanks.
  write(148, " ".repeat(8));
  write(156, "0ustar\0");
  write(263, "00");
  write(265, "user");
  write(297, "user");
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  write(148, `${octal(sum, 6)}\0 `);
  return bytes;
}
