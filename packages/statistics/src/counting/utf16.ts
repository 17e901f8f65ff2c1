/** Bytes that are looked at. */
const LOOKED_AT = 4096;
/** Share of a text's characters whose upper byte is zero, at least: those of all Latin scripts, spaces and digits. */
const ZERO_SHARE = 0.4;

/**
 * Whether a text begins as UTF-16 does: with its byte order mark, or with zeros as every second byte. All that counts texts
 * takes them for UTF-8.
 *
 * @param head the first bytes of the text, as many as there are; 4096 are enough
 * @returns the encoding as `iconv` calls it
 */
export function utf16Of(head: Uint8Array): "UTF-16LE" | "UTF-16BE" | undefined {
  const length = Math.min(head.length, LOOKED_AT) & ~1;
  if (length < 2) return undefined;
  if (head[0] === 0xff && head[1] === 0xfe) return "UTF-16LE";
  if (head[0] === 0xfe && head[1] === 0xff) return "UTF-16BE";
  const zeros = [0, 0];
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i & 1]++;
  const [even, odd] = zeros.map((count) => count / (length / 2));
  if (odd >= ZERO_SHARE && even < odd / 8) return "UTF-16LE";
  if (even >= ZERO_SHARE && odd < even / 8) return "UTF-16BE";
  return undefined;
}
