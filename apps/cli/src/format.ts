/** Numbers and tables for people. */
import { scaleBytes } from "@pith/core/bytes";

/** UTF-8. */
export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/**
 * A number of bytes: `1.00 MB`, where MB is 10^6 bytes.
 *
 * @param like bytes whose unit to use, so that two sizes can be compared at a glance
 */
export function formatBytes(bytes: number, like = bytes): string {
  const { value, unit } = scaleBytes(bytes, like);
  return `${unit === "B" ? bytes : value.toFixed(2)} ${unit}`;
}

/** Memory, in MiB. */
export function formatMemory(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return `${mebibytes < 10 ? mebibytes.toFixed(1) : mebibytes.toFixed(0)} MiB`;
}

/** Size of the file as a share of its content: `14.6 %`. */
export function formatRatio(fileLength: number, contentLength: number): string {
  return contentLength === 0 ? "–" : `${((100 * fileLength) / contentLength).toFixed(1)} %`;
}

/** Bits of the file a byte of content. */
export function bitsPerCharacter(fileLength: number, contentLength: number): number | null {
  return contentLength === 0 ? null : (8 * fileLength) / contentLength;
}

/** Content a second, in MB/s. */
export function formatRate(bytes: number, seconds: number): string {
  return seconds === 0 ? "–" : `${(bytes / 1e6 / seconds).toFixed(2)} MB/s`;
}

/** `1.2 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** Rows under titles, two spaces between columns, nothing at the ends of lines. */
export function formatTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          columns[column].align === "left" ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
        )
        .join("  ")
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join("");
}
