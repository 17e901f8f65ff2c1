/** What to do about bad data that is no `.pith` file. */

import { PithError, type PithErrorCode } from "@pith/core";

import { BadFile } from "../../errors.ts";

/** Does something, and gives advice where the data is bad. @throws BadFile */
export async function advising<Result>(
  task: () => Promise<Result>,
  advice: Partial<Record<PithErrorCode, string>> & { readonly otherwise: string },
): Promise<Result> {
  try {
    return await task();
  } catch (error) {
    throw error instanceof PithError ? new BadFile(error, advice[error.code] ?? advice.otherwise) : error;
  }
}
