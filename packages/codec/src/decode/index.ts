export { PithError, type PithErrorCode, type PithErrorDetails } from "@pith/core";
export { decompress, type DecodeOptions } from "./decompress.ts";
export { type DecoderFamily } from "./family.ts";
