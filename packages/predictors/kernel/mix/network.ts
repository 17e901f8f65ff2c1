/**
 * The network as a part of the mix: its probabilities of the next byte, as two inputs for each of the byte's bits. It hangs on
 * the bytes alone, and not on what else is in the mix: where they are known, another thread can be ahead with it, and give what
 * the network predicted.
 */

import { stretch } from "../math";
import { allocate } from "../memory";
import { learnSymbol, predictSymbol, startNetwork, startRates } from "../network/lstm";
import { takeTrained, trainedLength } from "../network/trained";
import { bitIndex, partial } from "./bytes";

/** Inputs of the mixer. */
export const NETWORK_INPUTS: i32 = LSTM_LAYERS > 0 ? 2 : 0;

/** Keeps the quotient of two sums defined where both are next to nothing. */
const LEAST: f32 = 0.0000001;

/** Bytes of the probabilities of one byte's bits. */
export const GIVEN_BYTES: usize = 16;

/** The learning rate where the weights were trained, and the share of it that stays. */
const TRAINED_RATE: f32 = <f32>LSTM_TRAINED_RATE * 0.0001;
const TRAINED_LEAST: f32 = <f32>LSTM_TRAINED_LEAST * 0.01;
const TRAINED_WEIGHT: f32 = <f32>LSTM_TRAINED_WEIGHT * 0.001;

/** f32 [node]: the probability of all bytes below a node of the byte's binary tree; the leaves are 256 … 511. */
const tree = memory.data(512 * 4, 64);

/** u16 [byte][bit] of a slice: probabilities that another thread has given, or 0 where the network is here. */
let given: usize = 0;
/** Those of the next byte. */
let next: usize = 0;

let trained: usize = 0;

/** Initial weight of the network's stretched probability in the mix: 0 if it knows nothing yet. */
export let networkWeight: f32 = 0;

/** @param slice bytes whose probabilities are given at a time; 0: the network is here */
export function startNetworkInputs(slice: i32): void {
  networkWeight = 0;
  given = next = slice == 0 ? 0 : allocate(<usize>slice * GIVEN_BYTES);
  if (given != 0) return;
  startNetwork();
  predictByte();
}

/** Where the probabilities of a slice are put, before its first byte is predicted; 0 where the network is here. */
export function givenAddress(): usize {
  next = given;
  return given;
}

/** Bytes of trained weights, which a network may start from; 0 without a network. */
export function networkLength(): usize {
  return LSTM_LAYERS > 0 ? trainedLength() : 0;
}

/** After the start of the model: room for trained weights, which a network elsewhere does not need. */
export function networkAddress(): usize {
  trained = allocate(networkLength());
  return trained;
}

/** Starts from the weights that were put there. */
export function takeNetwork(): void {
  if (LSTM_LAYERS == 0) return;
  networkWeight = TRAINED_WEIGHT;
  if (given != 0) return;
  takeTrained(trained);
  startRates(TRAINED_RATE, TRAINED_LEAST);
  predictByte();
}

function predictByte(): void {
  memory.copy(tree + 256 * 4, predictSymbol(), 256 * 4);
  for (let node: i32 = 255; node > 0; node--) {
    const below = tree + (<usize>node << 3);
    store<f32>(tree + (<usize>node << 2), load<f32>(below) + load<f32>(below, 4));
  }
}

/** A byte is complete. */
export function learnByte(byte: i32): void {
  if (given != 0) {
    // Behind the last one of a slice is the first of the next.
    next += GIVEN_BYTES;
    return;
  }
  learnSymbol(byte);
  predictByte();
}

/** 12-bit probability that the bit at a node of the byte's tree is a one. */
// @ts-ignore: decorator
@inline
function probabilityAt(node: i32): i32 {
  const below = tree + (<usize>node << 3);
  const zero = load<f32>(below);
  const one = load<f32>(below, 4);
  return <i32>(((one + LEAST) / (zero + one + 2 * LEAST)) * 4095.99);
}

/** Writes two inputs. */
// @ts-ignore: decorator
@inline
export function predictNetwork(inputs: usize): void {
  const p12 = given != 0 ? <i32>load<u16>(next + (<usize>bitIndex << 1)) : probabilityAt(partial);
  store<f32>(inputs, stretch(p12));
  store<f32>(inputs, <f32>(p12 - 2048) * (1.0 / 1024.0), 4);
}

/**
 * The network alone, ahead of a mix in another thread: learns the bytes, and writes what it predicted of each before it came.
 *
 * @param bytes the next `count` of the block
 * @param probabilities u16 [byte][bit]
 */
export function predictAhead(bytes: usize, count: i32, probabilities: usize): void {
  for (let i: i32 = 0; i < count; i++) {
    const byte: i32 = load<u8>(bytes + i);
    let node: i32 = 1;
    for (let bit: i32 = 7; bit >= 0; bit--) {
      store<u16>(probabilities, <u16>probabilityAt(node));
      probabilities += 2;
      node = (node << 1) | ((byte >> bit) & 1);
    }
    learnByte(byte);
  }
}
