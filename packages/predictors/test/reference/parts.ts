/** What contexts and weight selectors are made of. */
import { Indirect } from "./indirect.ts";
import { Layout } from "./layout.ts";
import type { Matches } from "./match.ts";
import { Records } from "./records.ts";
import type { Stream } from "./stream.ts";
import { Words } from "./words.ts";
import { X86 } from "./x86.ts";

export class Parts {
  readonly words: Words;
  readonly layout: Layout;
  readonly indirect: Indirect;
  readonly records: Records;
  readonly x86: X86;

  constructor(
    readonly stream: Stream,
    readonly matches: Matches,
    { dictionary, x64 }: { readonly dictionary: boolean; readonly x64: boolean },
  ) {
    this.words = new Words(dictionary);
    this.layout = new Layout(stream);
    this.indirect = new Indirect(stream);
    this.records = new Records(stream);
    this.x86 = new X86(x64);
  }

  /** After the stream and the matches: all that is known of the last byte. */
  update(c: number): void {
    this.words.update(c);
    this.layout.update(c, this.words.folded, this.words.inWord);
    this.indirect.update(c);
    this.records.update(c);
    this.x86.update(c);
  }
}
