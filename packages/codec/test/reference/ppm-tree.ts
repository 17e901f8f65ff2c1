/** The tree of contexts of the method `ppm`, in objects: what `predictors/kernel/ppm` keeps in addresses. */

/** A symbol of a context. */
export interface State {
  readonly symbol: number;
  frequency: number;
  /** The context behind the symbol; a place in the content, while it was there once; or nothing. */
  successor: Context | number | undefined;
}

/** What came behind the same bytes; the states are sorted by frequency. */
export interface Context {
  readonly states: State[];
  readonly shorter: Context | undefined;
}

/** Sum of a context's frequencies. */
export function totalOf({ states }: Context): number {
  return states.reduce((sum, { frequency }) => sum + frequency, 0);
}

const BLOCKS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128];
const UNIT = 12;

/** Thrown where the tree is full. */
class Full extends Error {}

/** Counts the memory that the kernel's contexts take. */
class Arena {
  #left: number;
  readonly #free = new Map<number, number>();

  constructor(bytes: number) {
    this.#left = bytes;
  }

  static block(units: number): number {
    return BLOCKS.find((size) => size >= units) as number;
  }

  take(units: number): void {
    const block = Arena.block(units);
    const free = this.#free.get(block) ?? 0;
    if (free > 0) {
      this.#free.set(block, free - 1);
      return;
    }
    if (block * UNIT > this.#left) throw new Full();
    this.#left -= block * UNIT;
  }

  give(units: number): void {
    const block = Arena.block(units);
    this.#free.set(block, (this.#free.get(block) ?? 0) + 1);
  }
}

/** Moves a state before those that are less frequent. */
function sort({ states }: Context, state: State): void {
  let at = states.indexOf(state);
  for (; at > 0 && state.frequency > states[at - 1].frequency; at--) states[at] = states[at - 1];
  states[at] = state;
}

function stateOf({ states }: Context, symbol: number): State {
  const state = states.find((each) => each.symbol === symbol);
  if (state === undefined) throw new Error(`a shorter context lacks ${symbol}`);
  return state;
}

/** The tree, and where in it the content is. */
export class Tree {
  readonly #content: Uint8Array;
  readonly #bytes: number;
  readonly #order: number;
  #arena = new Arena(0);
  #missing = 0;
  #deepest!: Context;
  /** How often it was full. */
  restarts = -1;

  constructor(content: Uint8Array, bytes: number, order: number) {
    this.#content = content;
    this.#bytes = bytes;
    this.#order = order;
    this.#startAnew();
  }

  #startAnew(): void {
    this.restarts++;
    this.#arena = new Arena(this.#bytes);
    this.#arena.take(1);
    this.#arena.take(128);
    const states = Array.from({ length: 256 }, (_, symbol) => ({ symbol, frequency: 1, successor: undefined }));
    this.#deepest = { states, shorter: undefined };
    this.#missing = this.#order;
  }

  get deepest(): Context {
    return this.#deepest;
  }

  get currentOrder(): number {
    return this.#order - this.#missing;
  }

  askShorter(): void {
    this.#missing++;
  }

  /** @param place behind the symbol, which was found in the context */
  follow(context: Context, state: State, place: number): void {
    this.#raise(context, state);
    if (this.#missing === 0 && typeof state.successor === "object") {
      this.#deepest = state.successor;
      return;
    }
    try {
      this.#grow(context, state, place);
    } catch (error) {
      if (!(error instanceof Full)) throw error;
      this.#startAnew();
    }
  }

  /** As {@link Tree.follow}, of a symbol that was coded without the tree. */
  followSymbol(symbol: number, place: number): void {
    let context = this.#deepest;
    let state: State | undefined;
    while ((state = context.states.find((each) => each.symbol === symbol)) === undefined) {
      context = context.shorter as Context;
      this.#missing++;
    }
    this.follow(context, state, place);
  }

  #raise(context: Context, state: State): void {
    if (context.states.length === 1) {
      if (state.frequency < 124) state.frequency += 3;
      return;
    }
    state.frequency += 4;
    sort(context, state);
    if (state.frequency > 124) for (const each of context.states) each.frequency = (each.frequency + 1) >> 1;
  }

  #raiseBelow(context: Context, symbol: number): void {
    const state = stateOf(context, symbol);
    if (context.states.length === 1) {
      if (state.frequency < 31) state.frequency++;
    } else if (state.frequency <= 114) {
      state.frequency += 2;
      sort(context, state);
    }
  }

  #grow(context: Context, state: State, place: number): void {
    const { frequency, symbol } = state;
    if (frequency < 31 && context.shorter !== undefined) this.#raiseBelow(context.shorter, symbol);
    if (this.#missing === 0) {
      state.successor = this.#deepest = this.#contextsFor(context, state, true);
      return;
    }
    let next = state.successor;
    let successor: Context | number = place;
    if (next === undefined) {
      state.successor = place;
      next = context;
    } else {
      if (typeof next === "number") next = this.#contextsFor(context, state, false);
      this.#missing--;
      if (this.#missing === 0) successor = next;
    }
    const total = totalOf(context);
    for (let longer = this.#deepest; longer !== context; longer = longer.shorter as Context) {
      this.#add(longer, { symbol, frequency: Tree.#inherited(totalOf(longer), frequency, total), successor });
    }
    this.#deepest = next;
  }

  static #inherited(own: number, frequency: number, total: number): number {
    const share = (2 * frequency * (own + 6)) / (total + own);
    if (share < 6) return share >= 4 ? 3 : share > 1 ? 2 : 1;
    return 4 + [9, 12, 15].filter((least) => share >= least).length;
  }

  #add(context: Context, state: State): void {
    const { length } = context.states;
    const units = length >> 1;
    if (length === 1) this.#arena.take(1);
    else if (length % 2 === 0 && Arena.block(units) !== Arena.block(units + 1)) {
      this.#arena.take(units + 1);
      this.#arena.give(units);
    }
    context.states.push(state);
    sort(context, state);
  }

  #contextsFor(found: Context, state: State, leaveOut: boolean): Context {
    const place = state.successor as number;
    const waiting = leaveOut ? [] : [state];
    let context = found;
    while (context.shorter !== undefined) {
      context = context.shorter;
      const shorter = stateOf(context, state.symbol);
      if (shorter.successor !== place) {
        context = shorter.successor as Context;
        break;
      }
      waiting.push(shorter);
    }
    const symbol = this.#content[place];
    const frequency = waiting.length > 0 ? Tree.#firstFrequency(context, symbol) : 0;
    for (const each of waiting.reverse()) {
      this.#arena.take(1);
      context = { states: [{ symbol, frequency, successor: place + 1 }], shorter: context };
      each.successor = context;
    }
    return context;
  }

  static #firstFrequency(context: Context, symbol: number): number {
    const { frequency } = stateOf(context, symbol);
    const { length } = context.states;
    if (length === 1) return frequency;
    const own = frequency - 1;
    const others = Math.max(1, totalOf(context) - own - (length >> 1));
    if (2 * own <= others) return 5 * own > others ? 2 : 1;
    return Math.min(15, 1 + Math.floor((2 * own + 3 * others - 1) / (2 * others)));
  }
}
