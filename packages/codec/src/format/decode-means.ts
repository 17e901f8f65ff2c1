import type { CustomNetworks } from "../methods/neural/custom-network.ts";
import type { ReferenceFile } from "../bytes/reference.ts";
import type { PriorSource } from "../methods/prior/coder.ts";
import type { Formats } from "./formats.ts";

/** Bytes of memory that decoding may take, unless the caller says otherwise. */
export const DEFAULT_MEMORY_LIMIT = 2 ** 30;

/** What decoding has. */
export interface DecodeMeans {
  /** In bytes. */
  readonly memoryLimit: number;
  /** Those that blocks may name, beside those that come with this package. */
  readonly networks: CustomNetworks;
  /** What blocks may be made of. */
  readonly formats: Formats;
  /** What blocks may be the difference to. */
  readonly reference?: ReferenceFile | undefined;
  /** What codes blocks that were made with a prior. */
  readonly prior?: PriorSource | undefined;
}
