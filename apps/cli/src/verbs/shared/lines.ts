/** Lines as messages, and what they are compared with. */

import { brotliCompressSync, constants } from "node:zlib";

const LINE_FEED = 0x0a;

/** Lines that are not empty, without their line feeds. */
export function* linesOf(content: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < content.length;) {
    const found = content.indexOf(LINE_FEED, start);
    const end = found < 0 ? content.length : found;
    if (end > start) yield content.subarray(start, end);
    start = end + 1;
  }
}

/** Bytes that brotli -q 11 makes of a text. */
export function brotliLength(text: Uint8Array): number {
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
  };
  return brotliCompressSync(text, { params }).length;
}
