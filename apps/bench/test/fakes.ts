import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Contestant } from "../src/contestants/contestant.ts";

/** Compresses nothing, into a file. */
export const copy: Contestant = {
  id: "copy",
  name: "cp",
  version: ["cp", "--version"],
  extension: ".copy",
  compress: (input, output) => ({ argv: ["cp", input, output] }),
  decompress: (input, output) => ({ argv: ["cp", input, output] }),
};

/** Compresses nothing, to standard output, in the place of the reference. */
export const reference: Contestant = {
  id: "zpaq-5",
  name: "cat",
  aptPackage: "coreutils",
  version: ["cat", "--version"],
  extension: ".cat",
  compress: (input) => ({ argv: ["cat", input], toStandardOutput: true }),
  decompress: (input) => ({ argv: ["cat", input], toStandardOutput: true }),
};

/** Loses all but the first three bytes. */
export const lossy: Contestant = {
  ...reference,
  id: "lossy",
  name: "head -c 3",
  decompress: (input) => ({ argv: ["head", "-c", "3", input], toStandardOutput: true }),
};

/** Fails. */
export const failing: Contestant = {
  ...copy,
  id: "failing",
  name: "a cp that fails",
  compress: (input, output) => ({ argv: ["cp", `${input}.missing`, output] }),
};

/** Is on no machine. */
export const absent: Contestant = {
  ...copy,
  id: "absent",
  name: "nosuch -9",
  aptPackage: "nosuch-utils",
  version: ["pith-no-such-program", "--version"],
};

/** A folder with these files, gone after `use`. */
export async function withFiles<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (folder: string) => T | Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "pith-bench-test-"));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
