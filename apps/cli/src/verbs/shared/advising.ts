/** Puts errors into words that help: which file, and what to do. */

import { PithError, type PithErrorCode } from "@pith/core";

import { BadFile, Failure } from "../../errors.ts";
import { explain } from "../../explain.ts";

/** What to do about bad data that is no `.pith` file: always the same, or by what is bad. */
export type Advice = string | (Partial<Record<PithErrorCode, string>> & { readonly otherwise: string });

/**
 * Does something, and gives advice where the data is bad.
 *
 * @throws BadFile
 */
export async function advising<Result>(advice: Advice, action: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof PithError)) throw error;
    throw new BadFile(error, typeof advice === "string" ? advice : (advice[error.code] ?? advice.otherwise));
  }
}

/** Says in an error which file it is about, where that is not the operand. */
export async function naming<Result>(path: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const { message, code } = explain(error);
    throw new Failure(`${path}: ${message}`, code);
  }
}
