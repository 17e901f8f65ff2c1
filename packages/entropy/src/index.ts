export {
  AdaptiveModel,
  adaptiveModelParameters,
  type AdaptiveModelOptions,
  type AdaptiveModelParameters,
} from "./adaptive-model.ts";
export { BinaryDecoder, BinaryEncoder } from "./binary-coder.ts";
export { type DecodedSymbols, type DecodeOptions, type Symbols } from "./check.ts";
export { canonicalCodes, huffmanLengths } from "./huffman/canonical.ts";
export { decodeHuffman, encodeHuffman, type HuffmanOptions } from "./huffman/huffman.ts";
export {
  adaptiveCost,
  entropyOfCounts,
  klDivergence,
  measure,
  orderEntropies,
  type PredictorMeasurement,
} from "./measures.ts";
export { RangeDecoder, RangeEncoder } from "./range-coder.ts";
export { MAXIMUM_TOTAL } from "./total.ts";
export { decodeSymbols, encodeSymbols, type EngineOptions } from "./symbols.ts";
