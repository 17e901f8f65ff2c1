/** The alphabet: the characters that are counted. */

/** Characters of an alphabet at most. */
export const MAXIMUM_ALPHABET = 64;

/**
 * Checks that an alphabet is one: 2 to {@link MAXIMUM_ALPHABET} ASCII characters, each once.
 *
 * @throws RangeError that says what is wrong
 */
export function checkAlphabet(alphabet: string): void {
  if (alphabet.length < 2 || alphabet.length > MAXIMUM_ALPHABET) {
    throw new RangeError(`alphabet: expected 2 to ${MAXIMUM_ALPHABET} characters, got ${alphabet.length}`);
  }
  for (const [place, character] of Array.from(alphabet).entries()) {
    if (character > "\x7f") throw new RangeError(`alphabet: expected ASCII, got ${JSON.stringify(character)}`);
    if (alphabet.indexOf(character) !== place) {
      throw new RangeError(`alphabet: expected each character once, got ${JSON.stringify(character)} twice`);
    }
  }
}
