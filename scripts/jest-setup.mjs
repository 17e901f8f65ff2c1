// Loaded before the tests of every file. jest compares arrays key by key, 2 ms for each kilobyte; bytes are compared at once.
import { expect } from "@jest/globals";

expect.addEqualityTesters([
  (a, b) => {
    if (!(a instanceof Uint8Array && b instanceof Uint8Array) || a.constructor !== b.constructor) return undefined;
    return Buffer.compare(a, b) === 0;
  },
]);
