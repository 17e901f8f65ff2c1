/**
 * Names of files as text, whatever their bytes are. Most are UTF-8, but systems other than Windows and macOS allow any
 * bytes. Those that are no UTF-8 stand in a name as lone surrogates, U+DC80 to U+DCFF for 0x80 to 0xFF, as in Python
 * (PEP 383): a name can be joined, cut and compared as any text can, and no byte is lost on the way.
 */

const ESCAPE = 0xdc00;
/** With `u`, halves of pairs do not match. */
const ESCAPED = /[\udc80-\udcff]/gu;
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** A name whose bytes are these. */
export function nameOfBytes(bytes: Uint8Array): string {
  const whole = decode(bytes);
  if (whole !== undefined) return whole;
  let name = "";
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at];
    const end = at + (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
    const character = end <= bytes.length ? decode(bytes.subarray(at, end)) : undefined;
    name += character ?? String.fromCharCode(ESCAPE + lead);
    at = character === undefined ? at + 1 : end;
  }
  return name;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a name has bytes that are no UTF-8. */
export function hasOddBytes(name: string): boolean {
  return name.search(ESCAPED) >= 0;
}

/** The bytes of a name. */
export function bytesOfName(name: string): Uint8Array<ArrayBuffer> {
  if (!hasOddBytes(name)) return encoder.encode(name);
  const bytes = new Uint8Array(3 * name.length);
  let length = 0;
  let done = 0;
  const put = (part: string): void => {
    length += encoder.encodeInto(part, bytes.subarray(length)).written;
  };
  for (const { index } of name.matchAll(ESCAPED)) {
    put(name.slice(done, index));
    bytes[length++] = name.charCodeAt(index) - ESCAPE;
    done = index + 1;
  }
  put(name.slice(done));
  return bytes.slice(0, length);
}
