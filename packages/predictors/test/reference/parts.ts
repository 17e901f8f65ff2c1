/** What contexts and weight selectors are made of. */
import { Grid } from "./grid.ts";
import { Indirect } from "./indirect.ts";
import { Layout } from "./layout.ts";
import { Lines } from "./lines.ts";
import type { Matches } from "./match.ts";
import { Nesting } from "./nesting.ts";
import { Records } from "./records.ts";
import { Sparse } from "./sparse.ts";
import type { Stream } from "./stream.ts";
import { Words } from "./words.ts";
import { X86 } from "./x86.ts";

export class Parts {
  readonly words: Words;
  readonly layout: Layout;
  readonly indirect: Indirect;
  readonly records: Records;
  readonly x86: X86;
  readonly sparse: Sparse;
  readonly grid: Grid;
  readonly lines: Lines;
  readonly nesting: Nesting;

  constructor(
    readonly stream: Stream,
    readonly matches: Matches,
    { dictionary, x64, vectors }: { readonly dictionary: boolean; readonly x64: boolean; readonly vectors: boolean },
  ) {
    this.words = new Words(dictionary);
    this.layout = new Layout(stream);
    this.indirect = new Indirect(stream);
    this.records = new Records(stream);
    this.x86 = new X86(x64, x64 && vectors);
    this.sparse = new Sparse(stream);
    this.grid = new Grid(stream);
    this.lines = new Lines(stream);
    this.nesting = new Nesting(this.lines);
  }

  /** After the stream and the matches: all that is known of the last byte. */
  update(c: number): void {
    this.words.update(c);
    this.layout.update(c, this.words.folded, this.words.inWord);
    this.indirect.update(c);
    this.records.update(c);
    this.x86.update(c);
    this.grid.update(c);
    this.lines.update(c);
    this.nesting.update(c);
  }
}
