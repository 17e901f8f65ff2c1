import { PithError } from "../error.ts";

/**
 * Checks the last of coded bytes. Several would decode to the same; encoders write one of them, so that any other is
 * damage.
 *
 * @param coded ends where its decoder says that it ends
 * @param finalByte what the encoder wrote to end it; −1 if it wrote no byte for that
 * @param offset of the coded bytes in the file
 * @throws PithError `invalid-field`
 */
export function checkFinalByte(coded: Uint8Array, finalByte: number, offset: number): void {
  const got = coded.at(-1);
  if (finalByte < 0 || got === finalByte) return;
  throw new PithError("invalid-field", "the coded data ends in another byte than an encoder ends it with", {
    offset: offset + coded.length - 1,
    expected: finalByte,
    got,
  });
}
