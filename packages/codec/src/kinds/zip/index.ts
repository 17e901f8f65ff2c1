/** Members of ZIP archives, and of what is one: JAR, APK, DOCX, XLSX, ODT, EPUB, wheels. */
import { openDeflate } from "../deflate/index.ts";
import type { Found, OpeningTools } from "../kind.ts";

const HEADER = 30;
const ENCRYPTED = 1;
const DEFLATED = 8;
/** Lengths that stand elsewhere. */
const UNKNOWN = 0xffffffff;

/** Opens the member whose header is at a place, from behind it on. @returns undefined if there is none that is deflated */
export function openZipMember(content: Uint8Array, at: number, tools: OpeningTools): Found | undefined {
  if (at + HEADER > content.length) return undefined;
  const view = new DataView(content.buffer, content.byteOffset + at, HEADER);
  if (view.getUint32(0, true) !== 0x04034b50 || view.getUint16(8, true) !== DEFLATED) return undefined;
  if ((view.getUint16(6, true) & ENCRYPTED) !== 0) return undefined;
  const start = at + HEADER + view.getUint16(26, true) + view.getUint16(28, true);
  const length = view.getUint32(18, true);
  // It is 0 where it follows the member, since who wrote it did not know it yet.
  const isKnown = length > 0 && length < UNKNOWN;
  const end = isKnown ? Math.min(content.length, start + length) : content.length;
  const opened = openDeflate(content, start, { end, trailer: "none" }, tools);
  return opened && { start, opened };
}
