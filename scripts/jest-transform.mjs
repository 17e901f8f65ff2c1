// TypeScript to JavaScript for jest, by swc; and in that as in what is built, each module has constants for the language's
// own objects. jest runs tests in a context of their own, where to look up `Math` takes longer than what it computes: a
// hundred times as long as a constant.
import { createHash } from "node:crypto";
import swc from "@swc/jest";

/** Nobody replaces these in a test. */
const GLOBALS = [
  ...["Array", "ArrayBuffer", "BigInt", "Boolean", "DataView", "Infinity", "Map", "Math", "NaN", "Number", "Object"],
  ...["Set", "String", "Symbol", "Uint8Array", "Uint16Array", "Uint32Array", "Int8Array", "Int16Array", "Int32Array"],
  ...["BigInt64Array", "BigUint64Array", "Float32Array", "Float64Array"],
];
/** In front of the first line, so that lines keep their numbers. */
const CONSTANTS = `const { ${GLOBALS.join(", ")} } = globalThis; `;

export default {
  createTransformer(options) {
    const typescript = swc.createTransformer(options);
    const withConstants = ({ code, map }) => ({ code: CONSTANTS + code, map });
    return {
      process: (source, path, context) =>
        withConstants(path.endsWith(".js") ? { code: source } : typescript.process(source, path, context)),
      processAsync: async (source, path, context) =>
        withConstants(path.endsWith(".js") ? { code: source } : await typescript.processAsync(source, path, context)),
      getCacheKey: (...of) =>
        createHash("sha256")
          .update(typescript.getCacheKey(...of))
          .update(CONSTANTS)
          .digest("hex"),
    };
  },
};
