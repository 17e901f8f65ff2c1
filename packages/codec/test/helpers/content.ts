/** Contents to compress: the same on every run. */

/** Bytes that nothing predicts. */
export function noise(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0 || 1;
  for (let i = 0; i < length; i++) {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

const WORDS = "the prediction of a symbol is what the past says of it and no more so a model learns as it reads".split(
  " ",
);

/** Words in an order that is hard to predict, as text. */
export function prose(length: number, seed = 1): Uint8Array {
  const order = noise(length, seed);
  let text = "";
  for (let i = 0; text.length < length; i++) text += `${WORDS[order[i] % WORDS.length]} `;
  return new TextEncoder().encode(text.slice(0, length));
}

/** Nucleotides. */
export function bases(length: number, seed = 1): Uint8Array {
  return noise(length, seed).map((byte) => "ACGT".charCodeAt(byte >> 6));
}

/** One array of several. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A stream of chunks. */
export function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}
