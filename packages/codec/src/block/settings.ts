import type { Kind, MethodName } from "../options.ts";

/** What the user asked for, as a block needs it. Goes to workers, so it is plain data. */
export interface BlockSettings {
  /** 1 to 9. */
  readonly level: number;
  readonly method: MethodName;
  readonly kind: Kind;
}
