export { decodeMessage, encodeMessage, measureMessage, type MessageOptions } from "./message.ts";
export { Prior, type TrainOptions } from "./prior.ts";
