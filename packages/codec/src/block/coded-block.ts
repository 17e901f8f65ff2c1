import type { ReceivedBlock } from "../format/frame-parser.ts";

/** What decoding needs of a block. */
export type CodedBlock = Pick<ReceivedBlock, "header" | "offset" | "payloadOffset" | "payload">;
