export { type PairsModel } from "./coding/resolvers.ts";
export { decodeMessage, encodeMessage, type MessageOptions } from "./messages/message.ts";
export { letterTableModel, type LetterTableModel, type PairsDecoder } from "./stream/decoders.ts";
export { type PairsFraming } from "./stream/header.ts";
export { LossCounter, type Loss, type Losses } from "./stream/losses.ts";
export {
  decodePairs,
  encodePairs,
  findInPairs,
  type EncodedPairs,
  type PairsDecodeOptions,
  type PairsEncodeOptions,
} from "./stream/stream.ts";
