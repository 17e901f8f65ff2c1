// Loaded before the tests of every file. jest compares arrays key by key, 2 ms for each kilobyte; typed ones are compared
// at once.
import { expect } from "@jest/globals";

const bytesOf = ({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength);

expect.addEqualityTesters([
  (a, b) => {
    if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b) || a.constructor !== b.constructor) return undefined;
    if (bytesOf(a).equals(bytesOf(b))) return true;
    // Numbers that are none are equal, whatever their bytes.
    return a instanceof Float32Array || a instanceof Float64Array ? undefined : false;
  },
]);
