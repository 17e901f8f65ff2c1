/**
 * The most frequent pair first; among equals the smaller one, so that every machine merges alike. Counts change while a
 * pair waits: an entry that has become too high goes back with its new count when its turn comes.
 */
import type { Pair } from "./pair-chains.ts";

interface Entry {
  readonly pair: Pair;
  readonly count: number;
}

export class PairQueue {
  readonly #heap: Entry[] = [];
  readonly #count: (pair: Pair) => number;

  /** @param count a pair's occurrences now */
  constructor(count: (pair: Pair) => number) {
    this.#count = count;
  }

  /** Enters a pair whose count is new or has grown. */
  push(pair: Pair): void {
    this.#add({ pair, count: this.#count(pair) });
  }

  /** Takes the most frequent pair out, if it occurs `least` times or more. */
  pop(least: number): Pair | undefined {
    while (this.#heap.length > 0) {
      const top = this.#take();
      const count = this.#count(top.pair);
      if (count === top.count) return count >= least ? top.pair : undefined;
      if (count < top.count && count >= least) this.#add({ pair: top.pair, count });
    }
    return undefined;
  }

  #add(entry: Entry): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!precedes(entry, heap[parent])) break;
      heap[i] = heap[parent];
      i = parent;
    }
    heap[i] = entry;
  }

  /** The heap is not empty. */
  #take(): Entry {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop() as Entry;
    if (heap.length === 0) return top;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && precedes(heap[child + 1], heap[child])) child++;
      if (!precedes(heap[child], last)) break;
      heap[i] = heap[child];
      i = child;
    }
    heap[i] = last;
    return top;
  }
}

function precedes(a: Entry, b: Entry): boolean {
  return a.count > b.count || (a.count === b.count && a.pair < b.pair);
}
