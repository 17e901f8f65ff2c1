import { PithError } from "@pith/core";

/** Does what may throw errors that know no place: they get one. */
export function located<Result>(act: () => Result, offset: number): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof PithError) || error.offset !== undefined) throw error;
    throw error.at(offset);
  }
}
