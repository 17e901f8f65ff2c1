/** What was done, in a line. */

import { isatty } from "node:tty";

import { bitsPerCharacter, formatBytes, formatDuration, formatRate, formatRatio } from "../../format.ts";
import { printError, type Session } from "../../session.ts";

/** What a file, or several, came to. */
export interface Coded {
  readonly name: string;
  /** Bytes that were read, and that were written. */
  readonly read: number;
  readonly written: number;
  /** Which of both is the content. */
  readonly content: "source" | "target";
  readonly seconds: number;
}

/** `book.txt: 1.00 MB → 146.00 kB (14.6 %, 1.17 bpc), 1.2 s, 0.83 MB/s` */
export function describeCoded({ name, read, written, content, seconds }: Coded): string {
  const [contentLength, fileLength] = content === "source" ? [read, written] : [written, read];
  const bpc = bitsPerCharacter(fileLength, contentLength);
  const [from, to] = [read, written].map((bytes) => formatBytes(bytes, Math.max(read, written)));
  const share = `${formatRatio(fileLength, contentLength)}${bpc === null ? "" : `, ${bpc.toFixed(2)} bpc`}`;
  return `${name}: ${from} → ${to} (${share}), ${formatDuration(seconds)}, ${formatRate(contentLength, seconds)}`;
}

/** Adds up files, for a line at the end where somebody watches. With -v, each file has had its own. */
export class Summary {
  readonly #files: Coded[] = [];

  add(file: Coded): void {
    this.#files.push(file);
  }

  print({ settings: { verbose, quiet, json }, dataOnStandardOutput }: Session): void {
    if (this.#files.length === 0 || verbose || quiet || json || dataOnStandardOutput || !isatty(2)) return;
    const [first] = this.#files;
    const sum = (of: (file: Coded) => number): number => this.#files.reduce((all, file) => all + of(file), 0);
    const all: Coded = {
      name: this.#files.length === 1 ? first.name : `${this.#files.length} files`,
      read: sum(({ read }) => read),
      written: sum(({ written }) => written),
      content: first.content,
      seconds: sum(({ seconds }) => seconds),
    };
    printError(describeCoded(all));
  }
}
