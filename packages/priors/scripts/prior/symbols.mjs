/** Symbols of the network, as packages/priors/kernel/network.ts has them: printable ASCII, line feed, tab, other bytes. */
const [LINE_FEED, TAB, CONTROL, LATE] = [95, 96, 97, 98];

export function symbolOf(byte) {
  if (byte >= 0x20 && byte < 0x7f) return byte - 0x20;
  if (byte === 0x0a) return LINE_FEED;
  if (byte === 0x09) return TAB;
  return byte < 0x80 ? CONTROL : LATE;
}

export function symbolsOf(text) {
  return Uint8Array.from(Buffer.from(text), symbolOf);
}
