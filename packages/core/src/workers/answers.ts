/** What workers say, whatever their tasks are. */
import { PithError, type PithErrorCode } from "../error.ts";

/** What a worker says. */
export type Answer =
  | { readonly type: "ready" }
  | { readonly type: "progress"; readonly done: number }
  | {
      readonly type: "done";
      readonly result: Uint8Array;
      /** What the task was given, and is of no more use. */
      readonly spent?: readonly Uint8Array[];
    }
  | { readonly type: "error"; readonly error: ErrorMessage };

type ErrorMessage =
  | {
      readonly code: PithErrorCode;
      readonly problem: string;
      readonly offset: number | undefined;
      readonly end: number | undefined;
      readonly expected: PithError["expected"];
      readonly got: PithError["got"];
    }
  | { readonly code: undefined; readonly isRange: boolean; readonly message: string };

/** An error as plain data: structured clones of errors lose their class and fields. */
export function errorToMessage(error: unknown): ErrorMessage {
  if (error instanceof PithError) {
    const { code, problem, offset, end, expected, got } = error;
    return { code, problem, offset, end, expected, got };
  }
  if (error instanceof RangeError) return { code: undefined, isRange: true, message: error.message };
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: undefined, isRange: false, message };
}

/** Undoes {@link errorToMessage}. */
export function errorFromMessage(error: ErrorMessage): Error {
  if (error.code !== undefined) return new PithError(error.code, error.problem, error);
  return error.isRange ? new RangeError(error.message) : new Error(`a worker failed: ${error.message}`);
}
