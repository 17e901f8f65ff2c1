/** What a file is, for the picture: one panel a kind. */

/** Kinds of content, in the order of the panels. */
export const KINDS = ["text", "dna", "binary"] as const;
export type FileKind = (typeof KINDS)[number];

const SAMPLE = 65536;

/** DNA: nearly all bytes are bases or line ends. Text: hardly any control characters. Binary: the rest. */
export function kindOf(content: Uint8Array): FileKind {
  const sample = content.subarray(0, SAMPLE);
  let bases = 0;
  let controls = 0;
  for (const byte of sample) {
    if ("ACGTNacgtn\n".includes(String.fromCharCode(byte))) bases++;
    if ((byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127) controls++;
  }
  if (sample.length > 0 && bases >= sample.length * 0.95) return "dna";
  return controls <= sample.length * 0.01 ? "text" : "binary";
}
