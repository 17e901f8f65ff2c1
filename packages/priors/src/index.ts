export { decodeMessage, encodeMessage, measureMessage, type MessageOptions } from "./message.ts";
export { Prior, type TrainOptions } from "./prior.ts";
export { Records, type CreateRecordsOptions, type OpenRecordsOptions, type RecordsSizes } from "./records/records.ts";
export type { FileSource, RandomAccessSource } from "@pith/core/bytes";
export { Reference } from "./reference/reference.ts";
