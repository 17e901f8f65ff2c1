/** A hash of 32 bits as errors show it. */
export function hexadecimal(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}
