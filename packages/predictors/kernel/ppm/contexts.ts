/**
 * Contexts of the tree, and the states in them.
 *
 * A context stands for the bytes before a place, and knows which symbols came after them. Layout, 12 bytes:
 *
 * | 0 | u16 | how many symbols it has, 1 to 256 |
 * | 2 | u16 | the sum of their frequencies; with one symbol, its state begins here |
 * | 4 | u32 | address of its states, the most frequent first |
 * | 8 | u32 | the context that lacks the earliest byte; 0 for that of no bytes, the root |
 *
 * A state is of 6 bytes: symbol, frequency (1 to 124), and a successor: the context that is reached by the symbol, or, while
 * nobody has been there twice, the place in the content behind the symbol; 0 if there is none. Places are below all
 * contexts.
 */
import { giveUnits, hasRoomForOneMore, takeUnits } from "./arena";

/** Bytes of a state. */
export const STATE: usize = 6;

/** What a frequency grows by when its symbol comes; of a lone symbol; and of one in the context below, which learns along. */
const STEP: i32 = 4;
const LONE_STEP: i32 = 3;
const STEP_BELOW: i32 = 2;
/** Above it, all frequencies of a context are halved. */
const MOST_FREQUENCY: i32 = 124;
/** The context below learns along with rare symbols alone: frequency below it; and up to this one there. */
export const RARE: i32 = 31;
const MOST_BELOW: i32 = 114;

// @ts-ignore: decorator
@inline
export function countOf(context: usize): i32 {
  return load<u16>(context);
}

/** Of a context with two symbols or more. */
// @ts-ignore: decorator
@inline
export function totalOf(context: usize): i32 {
  return load<u16>(context, 2);
}

// @ts-ignore: decorator
@inline
export function statesOf(context: usize): usize {
  return countOf(context) == 1 ? context + 2 : <usize>load<u32>(context, 4);
}

// @ts-ignore: decorator
@inline
export function suffixOf(context: usize): usize {
  return load<u32>(context, 8);
}

// @ts-ignore: decorator
@inline
export function symbolOf(state: usize): i32 {
  return load<u8>(state);
}

// @ts-ignore: decorator
@inline
export function frequencyOf(state: usize): i32 {
  return load<u8>(state, 1);
}

// @ts-ignore: decorator
@inline
export function successorOf(state: usize): usize {
  return load<u32>(state, 2);
}

// @ts-ignore: decorator
@inline
export function setSuccessor(state: usize, successor: usize): void {
  store<u32>(state, <u32>successor, 2);
}

/** A context with one symbol; 0 if there is no memory. */
export function loneContext(suffix: usize, symbol: i32, frequency: i32, successor: usize): usize {
  const context = takeUnits(1);
  if (context == 0) return 0;
  store<u16>(context, 1);
  store<u32>(context, <u32>suffix, 8);
  setState(context + 2, symbol, frequency, successor);
  return context;
}

/** The context of no bytes, in which every symbol has come once. There must be memory for it. */
export function rootContext(): usize {
  const context = takeUnits(1);
  const states = takeUnits(128);
  store<u16>(context, 256);
  store<u16>(context, 256, 2);
  store<u32>(context, <u32>states, 4);
  store<u32>(context, 0, 8);
  for (let symbol = 0; symbol < 256; symbol++) setState(states + <usize>symbol * STATE, symbol, 1, 0);
  return context;
}

// @ts-ignore: decorator
@inline
function setState(state: usize, symbol: i32, frequency: i32, successor: usize): void {
  store<u8>(state, symbol);
  store<u8>(state, frequency, 1);
  setSuccessor(state, successor);
}

/** The state of a symbol that the context has. */
export function stateOf(context: usize, symbol: i32): usize {
  let state = statesOf(context);
  if (countOf(context) > 1) while (symbolOf(state) != symbol) state += STATE;
  return state;
}

/** The state of a symbol; 0 if the context does not have it. */
export function stateIfAny(context: usize, symbol: i32): usize {
  let state = statesOf(context);
  const end = state + <usize>countOf(context) * STATE;
  for (; state < end; state += STATE) if (symbolOf(state) == symbol) return state;
  return 0;
}

/** Moves a state before those that are less frequent; returns where it lies then. */
// @ts-ignore: decorator
@inline
function sorted(states: usize, state: usize): usize {
  const frequency = frequencyOf(state);
  while (state > states && frequency > frequencyOf(state - STATE)) {
    const head = load<u16>(state);
    const successor = load<u32>(state, 2);
    store<u16>(state, load<u16>(state - STATE));
    store<u32>(state, load<u32>(state - STATE, 2), 2);
    state -= STATE;
    store<u16>(state, head);
    store<u32>(state, successor, 2);
  }
  return state;
}

// @ts-ignore: decorator
@inline
function raise(context: usize, state: usize, step: i32): usize {
  store<u8>(state, frequencyOf(state) + step, 1);
  store<u16>(context, totalOf(context) + step, 2);
  return sorted(load<u32>(context, 4), state);
}

/** The symbol of a state came in its context; returns where the state lies then. */
export function raiseFound(context: usize, state: usize): usize {
  if (countOf(context) == 1) {
    const frequency = frequencyOf(state);
    if (frequency < MOST_FREQUENCY) store<u8>(state, frequency + LONE_STEP, 1);
    return state;
  }
  const moved = raise(context, state, STEP);
  if (frequencyOf(moved) > MOST_FREQUENCY) halve(context);
  return moved;
}

/** The symbol of a state came in a longer context than this; returns where the state lies then. */
export function raiseBelow(context: usize, state: usize): usize {
  const frequency = frequencyOf(state);
  if (countOf(context) == 1) {
    if (frequency < RARE) store<u8>(state, frequency + 1, 1);
    return state;
  }
  return frequency <= MOST_BELOW ? raise(context, state, STEP_BELOW) : state;
}

function halve(context: usize): void {
  let state: usize = load<u32>(context, 4);
  const end = state + <usize>countOf(context) * STATE;
  let total = 0;
  for (; state < end; state += STATE) {
    const half = (frequencyOf(state) + 1) >> 1;
    store<u8>(state, half, 1);
    total += half;
  }
  store<u16>(context, total, 2);
}

/** Gives a context one symbol more, which it does not have. @returns whether there was memory for it */
export function addState(context: usize, symbol: i32, frequency: i32, successor: usize): bool {
  const count = countOf(context);
  let states: usize = load<u32>(context, 4);
  if (count == 1) {
    states = takeUnits(1);
    if (states == 0) return false;
    const lone = frequencyOf(context + 2);
    setState(states, symbolOf(context + 2), lone, successorOf(context + 2));
    store<u32>(context, <u32>states, 4);
    store<u16>(context, lone, 2);
  } else if ((count & 1) == 0 && !hasRoomForOneMore(count >> 1)) {
    const units = count >> 1;
    const moved = takeUnits(units + 1);
    if (moved == 0) return false;
    memory.copy(moved, states, <usize>count * STATE);
    giveUnits(states, units);
    states = moved;
    store<u32>(context, <u32>states, 4);
  }
  const state = states + <usize>count * STATE;
  setState(state, symbol, frequency, successor);
  store<u16>(context, count + 1);
  store<u16>(context, totalOf(context) + frequency, 2);
  sorted(states, state);
  return true;
}
