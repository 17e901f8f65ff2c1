import type { PayloadFormat } from "../method.ts";

/**
 * `split` codes nothing itself: the payload is parts, each a block with a method of its own. So parts of one block are
 * coded at the same time, and each as what it is.
 */
export const split: PayloadFormat<null> = {
  id: 15,
  name: "split",
  writeParameters: () => undefined,
  readParameters: () => null,
  // That of the parts is in their headers.
  memory: () => 0,
};
