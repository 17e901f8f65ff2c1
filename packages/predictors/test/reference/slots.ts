/** Hashed slots: for each context and nibble, the bit histories of the nibble's 15 nodes. */
import { hash } from "./hash.ts";
import { EMPTY_HISTORY, type BitHistory } from "./history.ts";
import { min } from "./numbers.ts";

const NODES = 15;

export interface Slot {
  check: number;
  /** Last byte | times that it came in a row << 8 | another came before << 15. Of a byte's first slot alone. */
  run: number;
  histories: BitHistory[];
}

function emptySlot(): Slot {
  return {
    check: 0,
    run: 0,
    histories: new Array<BitHistory>(NODES).fill(EMPTY_HISTORY),
  };
}

/** The slots of one context. */
export class SlotTable {
  readonly #slots = new Map<number, Slot>();
  readonly #count: number;
  readonly #wideCheck: boolean;

  /** Log2 of the table's bytes and of a slot's. */
  constructor(tableBits: number, slotBits: number) {
    this.#count = 2 ** (tableBits - slotBits);
    this.#wideCheck = slotBits === 5;
  }

  /** The slot of a hash; takes the place of the least seen of three if there is none. */
  find(h: number): Slot {
    const candidates = this.#candidates(h);
    const check = this.#checkOf(h);
    const found = candidates.find((slot) => slot.check === check);
    if (found !== undefined) return found;
    const worths = candidates.map((slot) => slot.histories[0].confidence);
    const victim = candidates[worths.indexOf(min(...worths))];
    // In place: who holds the slot, holds its successor.
    return Object.assign(victim, emptySlot(), { check });
  }

  /** As find, but changes nothing: an empty slot if there is none. */
  peek(h: number): Slot {
    const check = this.#checkOf(h);
    return this.#candidates(h).find((slot) => slot.check === check) ?? emptySlot();
  }

  #checkOf(h: number): number {
    return this.#wideCheck ? (h & 0x3ff) | ((h >>> 26) << 10) : h & 0xff;
  }

  #candidates(h: number): Slot[] {
    const home = (h >>> 10) % this.#count;
    return [home, home ^ 1, home ^ 2].map((index) => {
      let slot = this.#slots.get(index);
      if (slot === undefined) this.#slots.set(index, (slot = emptySlot()));
      return slot;
    });
  }
}

/** Hash of a context within a byte: `nibble` is 0 at its start, else its first four bits behind a one. */
export function nibbleHash(contextHash: number, nibble: number): number {
  return nibble === 0 ? contextHash : hash(contextHash, nibble);
}
