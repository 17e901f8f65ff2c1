export { decodeMessage, encodeMessage, type MessageOptions } from "./message.ts";
export { Prior, type TrainOptions } from "./prior.ts";
