/** What went wrong with a file, in a sentence, and what to do about it. */

import { PithError, type PithErrorCode } from "@pith/core";

import { BadFile, Failure, Skipped, systemCode } from "./errors.ts";

/** A problem with a file, for people and for programs. */
export interface Problem {
  /** One line: what is wrong, and what to do. */
  readonly message: string;
  /** `ENOSPC`, `checksum-mismatch`; absent where there is none. */
  readonly code?: string;
  /** Facts about bad data, as in `PithError`. */
  readonly offset?: number;
  readonly end?: number;
  readonly expected?: string | number;
  readonly got?: string | number;
}

const SYSTEM: Readonly<Record<string, string>> = {
  ENOENT: "no such file or folder; check its name",
  EACCES: "permission denied; the rights of the file or of its folder do not allow this",
  EPERM: "the system does not permit this; look at the rights and attributes of the file and its folder",
  EISDIR: "is a directory; name the files in it, or pack it: pith FOLDER",
  ENOTDIR: "a part of the path is no folder; check its name",
  EMFILE: "too many files are open; close some, or raise the limit with ulimit -n",
  ENAMETOOLONG: "the name is too long; choose a shorter one with -o",
  ELOOP: "too many symbolic links lead on from here; check the path",
  EIO: "the disk reports an error; look after its health and keep a copy of the file",
};

/** Where the place of the output is to blame, and another one helps. */
const PLACE: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the disk; free some, or write elsewhere",
  EDQUOT: "the disk quota is used up; free some space, or write elsewhere",
  EFBIG: "the file would be larger than allowed here; write elsewhere",
  EROFS: "the disk is read-only; write elsewhere",
};

const DAMAGED =
  "take the file again from where it came; what is whole of it, and what is not, tells: pith salvage FILE";

const BAD_DATA: Readonly<Record<PithErrorCode, string>> = {
  "not-pith": "is it a .pith file?",
  "unsupported-version": "a newer pith wrote it; install that",
  "unknown-method":
    "a newer pith wrote it: install that; if it is a network of pith train that is missing, give it with --network MODEL",
  "invalid-field": DAMAGED,
  truncated: `it is cut off or damaged: ${DAMAGED}`,
  damaged: DAMAGED,
  "checksum-mismatch": DAMAGED,
  "memory-limit": "allow more with --memory",
  "length-limit": "allow more with --max-output, if the file may be as long as that",
  "trailing-data": `something was appended there, or the file is damaged: ${DAMAGED}`,
};

/** What to do about what a file builds on, by the word that errors have for it. */
const MISSING = [
  ["reference", "give it with --reference FILE"],
  ["prior", "give it with --prior FILE, or, where it is an earlier version of the file, with --reference FILE"],
] as const;

/** Where the system has no more, however much is allowed: with less, fewer blocks are in work, and smaller ones. */
const MEMORY_IS_SHORT = "close other programs, or allow less with --memory";

/**
 * Explains any error that doing a file can throw.
 *
 * @param option that names another place for the output
 */
export function explain(error: unknown, option = "-o"): Problem {
  if (error instanceof PithError) {
    const isShort = error.code === "memory-limit" && error.expected === undefined;
    const missing =
      error.code === "unknown-method" ? MISSING.find(([what]) => error.problem.includes(what)) : undefined;
    const advice = missing === undefined ? BAD_DATA[error.code] : missing[1];
    return explainBadData(error, isShort ? MEMORY_IS_SHORT : advice);
  }
  if (error instanceof BadFile) return explainBadData(error.cause, error.advice);
  if (error instanceof Failure)
    return { message: error.message, ...(error.code !== undefined && { code: error.code }) };
  if (error instanceof Skipped) return { message: error.message };
  const code = systemCode(error);
  if (code !== undefined && Object.hasOwn(PLACE, code)) return { message: `${PLACE[code]} with ${option}`, code };
  if (code !== undefined) return { message: SYSTEM[code] ?? systemMessage(error), code };
  if (error instanceof RangeError && /^memoryLimit: /.test(error.message)) {
    return { message: `${error.message}; ${BAD_DATA["memory-limit"]}, or choose a smaller --block-size` };
  }
  if (error instanceof RangeError && /memory|allocation/i.test(error.message)) {
    return { message: `${error.message}; ${MEMORY_IS_SHORT}` };
  }
  return { message: systemMessage(error) };
}

function explainBadData(error: PithError, advice: string): Problem {
  const { code, offset, end, expected, got } = error;
  return {
    message: `${error.message}; ${advice}`,
    code,
    ...(offset !== undefined && { offset }),
    ...(end !== undefined && { end }),
    ...(expected !== undefined && { expected: plain(expected) }),
    ...(got !== undefined && { got: plain(got) }),
  };
}

/** JSON has no bigint. */
function plain(value: string | number | bigint): string | number {
  return typeof value === "bigint" ? `${value}` : value;
}

function systemMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
