/** Text in an address: deflated, in letters that addresses have. Nothing behind the # of one is sent to a server. */

/** Packs a text. */
export async function packText(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return toLetters(new Uint8Array(await new Response(stream).arrayBuffer()));
}

/**
 * Undoes {@link packText}.
 *
 * @param most bytes of the text: what is longer is cut there
 * @throws Error if it is damaged
 */
export async function unpackText(packed: string, most: number): Promise<string> {
  const stream = new Blob([fromLetters(packed)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = "";
  for (let length = 0; length < most;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value.subarray(0, most - length), { stream: true });
    length += value.length;
  }
  await reader.cancel();
  return text;
}

/** Bytes as base64 for addresses (RFC 4648, section 5). */
export function toLetters(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Undoes {@link toLetters}; takes the letters of base64 too, and spaces. @throws Error for others */
export function fromLetters(letters: string): Uint8Array<ArrayBuffer> {
  const plain = letters.replace(/\s+/g, "").replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}
