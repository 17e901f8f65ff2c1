import type { Method } from "../method.ts";

/** Keeps the content as it is: for what no other method makes smaller. */
export const stored: Method<null, "stored"> = {
  id: 0,
  name: "stored",
  choose: () => null,
  memoryAt: () => 0,
  writeParameters: () => undefined,
  readParameters: () => null,
  memory: () => 0,
  *encodeBlock(input) {
    yield input.length;
    return input;
  },
  *decodeBlock(payload) {
    yield payload.length;
    // A copy: the payload may be a view of the caller's file.
    return payload.slice();
  },
};
