/** The ways in which a run goes wrong, beside the errors of the codec and of the system. */

import type { PithError } from "@pith/core";

/** Exit codes, those of xz and ripgrep's kin; see also {@link exitCodeOfSignal}. */
export const EXIT = { ok: 0, error: 1, warning: 2 } as const;

/** 128 + the signal's number, as shells report it. */
export function exitCodeOfSignal(number: number): number {
  return 128 + number;
}

/** The command line makes no sense. Nothing was done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** A file could not be done; the message says why and what to do. */
export class Failure extends Error {
  override readonly name = "Failure";
  /** `ENOSPC`; undefined where the system has no part in it. */
  readonly code: string | undefined;

  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** A file of another format is bad data, which calls for other advice than a `.pith` file. */
export class BadFile extends Error {
  override readonly name = "BadFile";
  override readonly cause: PithError;
  /** What to do, as a clause without a full stop. */
  readonly advice: string;

  constructor(cause: PithError, advice: string) {
    super(cause.message);
    this.cause = cause;
    this.advice = advice;
  }
}

/** A file was left out on purpose; the message says why and what to do. */
export class Skipped extends Error {
  override readonly name = "Skipped";
  /** Whether an option asked for it, so that there is nothing to warn of. */
  readonly asked: boolean;

  constructor(message: string, { asked = false }: { readonly asked?: boolean } = {}) {
    super(message);
    this.asked = asked;
  }
}

/** Whoever reads standard output has gone: not an error, there is only nothing more to do. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

/** The code of a system error, such as `ENOENT`; undefined for other errors. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || !("syscall" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
