/** What a text lost: the characters that its decoder got wrong. */

/** A character that came out as another. */
export interface Loss {
  /** In the text, in bytes. */
  readonly offset: number;
  readonly was: string;
  readonly became: string;
}

/** What a lossy stream does not bring back. */
export interface Losses {
  /** Characters that come out wrong. */
  readonly wrong: number;
  /** Characters that could have. */
  readonly coded: number;
  /** The first of them. */
  readonly first: readonly Loss[];
  /** How often each letter came out as each other: "rt" is an r that became a t. */
  readonly confusions: ReadonlyMap<string, number>;
}

/** Places that are named one by one. */
const MOST_NAMED = 20;
const FIRST_CODE = 256;

/** Adds up losses, chunk by chunk. Cells are those of `decodeFraming`: 256 and more stand for codes. */
export class LossCounter implements Losses {
  wrong = 0;
  coded = 0;
  readonly first: Loss[] = [];
  readonly confusions = new Map<string, number>();
  #base = 0;

  /** Takes the next chunk: its cells, its text in small letters, and what became of that. */
  add(cells: Uint16Array, text: Uint8Array, decoded: Uint8Array): void {
    for (let i = 0; i < cells.length; i++) {
      if (cells[i] < FIRST_CODE) continue;
      this.coded++;
      if (text[i] === decoded[i]) continue;
      this.wrong++;
      const was = String.fromCharCode(text[i]);
      const became = String.fromCharCode(decoded[i]);
      this.confusions.set(was + became, (this.confusions.get(was + became) ?? 0) + 1);
      if (this.first.length < MOST_NAMED) this.first.push({ offset: this.#base + i, was, became });
    }
    this.skip(cells.length);
  }

  /** Takes a chunk of which nothing is lost. */
  skip(length: number): void {
    this.#base += length;
  }
}
