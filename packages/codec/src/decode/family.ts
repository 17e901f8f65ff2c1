import type { BlockHeader } from "../format/block-header.ts";
import type { MethodDecoder } from "../methods/method.ts";
import type { Transform } from "../transforms/transform.ts";

/** Methods and transforms that a decoder can have, for those who only decode. */
export interface DecoderFamily {
  readonly methods: readonly MethodDecoder[];
  readonly transforms: readonly Transform[];
  /** Loads what they need for a block with that header. @throws KernelError */
  prepare(header: BlockHeader): Promise<void>;
}
