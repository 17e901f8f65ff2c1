import { PithError } from "@pith/core";

/** An error whose place is counted from elsewhere, with the place where it lies in the file. */
export function movedTo(error: PithError, offset: number): PithError {
  const { code, message, expected, got } = error;
  const place = error.offset === undefined ? "" : ` at byte ${error.offset}`;
  const moved = message.replace(place, ` at byte ${offset}`);
  // The message has its numbers already, so they are not given to the constructor, which would add them.
  return Object.assign(new PithError(code, moved, { cause: error }), { offset, expected, got });
}
