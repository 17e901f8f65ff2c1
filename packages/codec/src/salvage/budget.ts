/** Bytes for each of the file, and beside that, that may be looked at in vain. */
const FOR_EACH = 8;
const BESIDE = 2 ** 20;

/**
 * Bounds what is looked at in vain. Places that look as if an index ended there, or a frame began, may overlap without end, each
 * with all that lies around it: a file that is made so would be read once for each of its bytes.
 */
export class Budget {
  #left: number;

  /** @param size bytes of the file */
  constructor(size: number) {
    this.#left = BESIDE + FOR_EACH * size;
  }

  /** Whether so many bytes may be looked at; then they have been. */
  spend(bytes: number): boolean {
    if (this.#left <= 0) return false;
    this.#left -= bytes;
    return true;
  }
}
