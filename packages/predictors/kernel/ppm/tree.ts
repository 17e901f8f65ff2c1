/**
 * The tree of contexts, as it follows the content: prediction by partial matching with information inheritance (Shkarin,
 * "PPM: one step to practicality", 2002). A context is made when its bytes come for the second time, and what it expects first
 * is what the next shorter context knows by then. Nothing is ever removed: where memory ends, the tree starts anew.
 *
 * The deepest context is that of the latest bytes which exists, `order` bytes at most. Where the symbol is not in
 * it, the next shorter context is asked. The contexts in which it was not get it, those above are not touched: what a shorter
 * context knows is what longer ones could not tell.
 */
import { allocate } from "../memory";
import { startArena } from "./arena";
import {
  RARE, addState, countOf, frequencyOf, loneContext, raiseBelow, raiseFound, rootContext, setSuccessor, stateIfAny, stateOf,
  successorOf, suffixOf, symbolOf, totalOf,
} from "./contexts";

/** Longest order of all. */
export const MOST_ORDER: i32 = 12;
/** The least memory that a tree may have: a root, and some contexts. */
export const LEAST_ARENA: i32 = 65536;

let arena: usize = 0;
let arenaBytes: usize = 0;
let mostOrder: i32 = 0;
/** By how much the deepest context is shorter than `mostOrder`; grows as shorter ones are asked. */
let missing: i32 = 0;
let deepest: usize = 0;

/** States whose successors become contexts, the longest first. */
const waiting = memory.data((MOST_ORDER + 2) * 4, 4);

/** Starts a tree. @param bytes of memory, at least LEAST_ARENA @param order bytes of the longest context, 1 to MOST_ORDER */
export function startTree(bytes: usize, order: i32): void {
  arena = allocate(bytes);
  arenaBytes = bytes;
  mostOrder = order;
  startAnew();
}

function startAnew(): void {
  startArena(arena, arenaBytes);
  deepest = rootContext();
  missing = mostOrder;
}

/** The deepest context. */
// @ts-ignore: decorator
@inline
export function deepestContext(): usize {
  return deepest;
}

/** Bytes of the context that was asked last. */
// @ts-ignore: decorator
@inline
export function currentOrder(): i32 {
  return mostOrder - missing;
}

/** The next shorter context is asked. */
// @ts-ignore: decorator
@inline
export function askShorter(): void {
  missing++;
}

/**
 * The symbol was found, and the tree goes on.
 *
 * @param context where it was found
 * @param found its state there
 * @param place in the content, behind the symbol
 */
export function follow(context: usize, found: usize, place: usize): void {
  const state = raiseFound(context, found);
  const successor = successorOf(state);
  if (missing == 0 && successor >= arena) deepest = successor;
  else if (!grow(context, state, place)) startAnew();
}

/** As `follow`, of a symbol that was coded without the tree. */
export function followSymbol(symbol: i32, place: usize): void {
  let context = deepest;
  let state = stateIfAny(context, symbol);
  while (state == 0) {
    context = suffixOf(context);
    missing++;
    state = stateIfAny(context, symbol);
  }
  follow(context, state, place);
}

/** @returns whether there was memory for it */
function grow(context: usize, state: usize, place: usize): bool {
  const symbol = symbolOf(state);
  const frequency = frequencyOf(state);
  const shorter = suffixOf(context);
  let below: usize = 0;
  if (frequency < RARE && shorter != 0) below = raiseBelow(shorter, stateOf(shorter, symbol));

  if (missing == 0) {
    const next = contextsFor(context, state, below, true);
    if (next == 0) return false;
    setSuccessor(state, next);
    deepest = next;
    return true;
  }

  let next = successorOf(state);
  let successor = place;
  if (next == 0) {
    setSuccessor(state, place);
    next = context;
  } else {
    if (next < arena) {
      next = contextsFor(context, state, below, false);
      if (next == 0) return false;
    }
    missing--;
    if (missing == 0) successor = next;
  }
  const total = countOf(context) == 1 ? frequency : totalOf(context);
  for (let longer = deepest; longer != context; longer = suffixOf(longer)) {
    if (!addState(longer, symbol, inherited(longer, frequency, total), successor)) return false;
  }
  deepest = next;
  return true;
}

/**
 * How frequent a symbol is taken to be in a context that gets it: by its share in the shorter context where it was found,
 * 1 to 7.
 */
// @ts-ignore: decorator
@inline
function inherited(context: usize, frequency: i32, total: i32): i32 {
  const own = countOf(context) == 1 ? frequencyOf(context + 2) : totalOf(context);
  const expected = 2 * frequency * (own + 6);
  const all = total + own;
  if (expected < 6 * all) return 1 + <i32>(expected > all) + <i32>(expected >= 4 * all);
  return 4 + <i32>(expected >= 9 * all) + <i32>(expected >= 12 * all) + <i32>(expected >= 15 * all);
}

/**
 * Makes the contexts that the states of a symbol have not got yet: of the context, unless it is to be left out, and of all
 * shorter ones whose state still leads to the same place.
 *
 * @param below the state in the next shorter context, if it is known; or 0
 * @returns the longest of them, or the one that was there already; 0 if there is no memory
 */
function contextsFor(context: usize, state: usize, below: usize, leaveOut: bool): usize {
  const symbol = symbolOf(state);
  const place = successorOf(state);
  let count: usize = 0;
  if (!leaveOut) {
    store<u32>(waiting, <u32>state);
    count = 1;
  }
  let known = below;
  while (suffixOf(context) != 0) {
    context = suffixOf(context);
    const shorter = known != 0 ? known : stateOf(context, symbol);
    known = 0;
    const successor = successorOf(shorter);
    if (successor != place) {
      context = successor;
      if (count == 0) return context;
      break;
    }
    store<u32>(waiting + (count << 2), <u32>shorter);
    count++;
  }
  const following = <i32>load<u8>(place);
  const frequency = firstFrequency(context, following);
  while (count > 0) {
    context = loneContext(context, following, frequency, place + 1);
    if (context == 0) return 0;
    count--;
    setSuccessor(load<u32>(waiting + (count << 2)), context);
  }
  return context;
}

/** How frequent the only symbol of a new context is taken to be: by its share in the next shorter one, if that has others. */
function firstFrequency(context: usize, symbol: i32): i32 {
  const state = stateOf(context, symbol);
  const count = countOf(context);
  if (count == 1) return frequencyOf(state);
  const own = frequencyOf(state) - 1;
  const others = max(1, totalOf(context) - own - (count >> 1));
  if (2 * own <= others) return 1 + <i32>(5 * own > others);
  return min(15, 1 + (2 * own + 3 * others - 1) / (2 * others));
}
