/** What every decoder of letters that share codes is. */

/**
 * Decides which of the letters that share a code was meant, by what stands around it.
 *
 * A text of which some bytes are known only by their code is given as cells, one for each byte of the text: 0 to 255 is the byte
 * itself, 256 + c a character of which only the code c is known.
 */
export interface LetterDecoder {
  /**
   * The bytes of the text, as many as there are cells. Bytes that are known are copied.
   *
   * @throws RangeError for a cell beyond the codes of the decoder's table
   */
  decode(cells: Uint16Array): Uint8Array;
}
