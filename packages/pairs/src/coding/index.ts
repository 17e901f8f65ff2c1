export { hashOfModel, pairsModelOfHash, resolverOf, type PairsContent, type PairsModel } from "./resolvers.ts";
export { endsLinesWithCrlf } from "../text/line-ends.ts";
export { decodeText, encodeText, textMemory, type TextCoding } from "./text.ts";
