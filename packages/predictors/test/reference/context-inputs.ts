/** What one hashed context tells the mixer: its bit history's probability and its run. */
import type { BitHistory } from "./history.ts";
import { stretch } from "./logistic.ts";
import { floor } from "./numbers.ts";
import { nibbleHash, type Slot, type SlotTable } from "./slots.ts";
import { Cell, StateMap } from "./state-map.ts";
import type { Stream } from "./stream.ts";

const LONGEST_RUN = 31;
const RUN_LIMIT = 1023;

export interface ContextInputs {
  /** Stretched probability, and the same unstretched: −2 … 2. */
  readonly stretched: number;
  readonly confidence: number;
  /** The stretched probability where only one of the two bits was ever seen, else 0. */
  readonly certain: number;
  readonly run: number;
}

export interface HistoryOptions {
  /** Where histories' probabilities stop slowing down. */
  readonly limit: number;
  /** A history that is empty says nothing. */
  readonly fine: boolean;
  /** What is certain is an input of its own, and none of confidence. */
  readonly certain: boolean;
}

export class HashedContext {
  readonly #stream: Stream;
  readonly #table: SlotTable;
  readonly #limit: number;
  readonly #fine: boolean;
  readonly #certain: boolean;
  readonly #map = new StateMap<BitHistory>((history) => new Cell(history.estimate, 4));
  readonly #runMap = new StateMap<number>((k) => {
    const likely = 65536 - floor(65536 / (((k >> 1) & 31) + 2));
    return new Cell((k & 1) === 1 ? likely : 65536 - likely, 8);
  });
  #hash = 0;
  #slot: Slot;
  #first: Slot | undefined;
  #run = 0;
  #runCell: Cell | undefined;
  /** Whether the history is not empty; whether a run speaks, and only one byte was ever seen. Of the last prediction. */
  seen = false;
  sure = false;

  constructor(stream: Stream, table: SlotTable, { limit, fine, certain }: HistoryOptions) {
    this.#limit = limit;
    this.#fine = fine;
    this.#certain = certain;
    this.#stream = stream;
    this.#table = table;
    this.#slot = table.peek(0);
  }

  /** A byte begins, in a context of this hash: the run of the byte before learns, then the new one is read. */
  enterByte(contextHash: number): void {
    if (this.#first !== undefined) this.#first.run = longerRun(this.#first.run, this.#stream.byteBack(1));
    this.#hash = contextHash;
    this.enterNibble(0);
    this.#first = this.#slot;
    this.#run = this.#slot.run;
  }

  /** Half a byte begins: `nibble` is 0, or the first four bits behind a one. */
  enterNibble(nibble: number): void {
    this.#slot = this.#table.find(nibbleHash(this.#hash, nibble));
  }

  /** As enterNibble, but only to look. */
  peekNibble(nibble: number): void {
    this.#slot = this.#table.peek(nibbleHash(this.#hash, nibble));
  }

  /** Node of the nibble's tree: 0 … 14. */
  get #node(): number {
    const { partial, bitIndex } = this.#stream;
    if (bitIndex < 4) return partial - 1;
    const bits = bitIndex - 4;
    return 2 ** bits + (partial % 2 ** bits) - 1;
  }

  predict(): ContextInputs {
    const history = this.#slot.histories[this.#node];
    this.seen = history.confidence > 0;
    const p12 = this.#fine && !this.seen ? 2048 : this.#map.at(history).p12;
    this.#runCell = this.#chooseRunCell();
    this.sure = this.#runCell !== undefined && this.#run < 0x8000;
    const isCertain = (history.zeros === 0) !== (history.ones === 0);
    return {
      stretched: stretch(p12),
      confidence: this.#certain && isCertain ? 0 : (p12 - 2048) / 1024,
      certain: isCertain ? stretch(p12) : 0,
      run: this.#runCell === undefined ? 0 : stretch(this.#runCell.p12),
    };
  }

  /** The cell of the run, if there is one and the byte so far agrees with it. */
  #chooseRunCell(): Cell | undefined {
    const { partial, bitIndex } = this.#stream;
    const byte = this.#run & 255;
    const count = (this.#run >> 8) & 127;
    if (count === 0 || (byte | 256) >> (8 - bitIndex) !== partial) return undefined;
    const mixed = this.#run >> 15;
    const expected = (byte >> (7 - bitIndex)) & 1;
    return this.#runMap.at(mixed * 64 + (count & 31) * 2 + expected);
  }

  learn(bit: number): void {
    const { histories } = this.#slot;
    const node = this.#node;
    this.#map.at(histories[node]).learn(bit, this.#limit);
    this.#runCell?.learn(bit, RUN_LIMIT);
    histories[node] = histories[node].after(bit);
  }
}

/** The run after one more byte. */
function longerRun(run: number, byte: number): number {
  if (run < 256) return byte | 0x100;
  if ((run & 255) !== byte) return byte | 0x8100;
  return ((run >> 8) & 127) < LONGEST_RUN ? run + 0x100 : run;
}
