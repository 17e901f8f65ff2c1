/** Windows that a sample is made of. */
const WINDOWS = 8;

/**
 * A sample of content: windows spread evenly over it, the first at its start, the last at its end.
 *
 * @param length bytes of the sample; content that is not longer is its own sample
 */
export function sampled(content: Uint8Array, length: number): Uint8Array {
  if (content.length <= length) return content;
  const window = Math.floor(length / WINDOWS);
  const sample = new Uint8Array(window * WINDOWS);
  const stride = (content.length - window) / (WINDOWS - 1);
  for (let i = 0; i < WINDOWS; i++) {
    const start = Math.floor(i * stride);
    sample.set(content.subarray(start, start + window), i * window);
  }
  return sample;
}
