/**
 * The likeliest bytes of a context-mixing model, and the place of one among them, without the probabilities of all 256: a
 * node of the tree whose leaves cannot be likely enough is not predicted. The same figures as `predict` gives, for a
 * sixth to a quarter of its 255 predictions of a bit.
 */

import { lookAhead } from "./mix/bytes";
import { peekSlots, predictBit, selectSlots } from "./mix/model";

export {
  DICTIONARY, LEAST_TABLE_BITS, MOST_TABLE_BITS, X86_64, networkAddress, networkLength, predict, probabilitiesAddress,
  start, takeNetwork, update,
} from "./mix/predictor";

/** What the probabilities sum to: 2^22, as every predictor's. */
const TOTAL: i32 = 1 << 22;
/** Likeliest bytes that can be asked for. */
export const MOST_LIKELIEST: i32 = 16;

const shares = memory.data(512 * 4, 64); // i32 [node]: what its leaves' probabilities sum to
const order = memory.data(16 * 4, 64); // i32 [place]: nodes of depth 4, the largest share first
const bytes = memory.data(16 * 4, 64); // u32 [place]: the likeliest bytes
const found = memory.data(16 * 4, 64); // u32 [place]: their probabilities

/** How many are asked for, and how many are there. */
let wanted: i32 = 0;
let count: i32 = 0;
/** The byte whose place is looked for, its probability (-1: not known yet), and how many likelier ones were met. */
let sought: i32 = 0;
let own: i32 = -1;
let likelier: i32 = 0;

/** Addresses of what the last search found: the bytes and their probabilities, u32 each, likeliest first. */
export function likeliestAddress(): usize {
  return bytes;
}
export function likeliestProbabilitiesAddress(): usize {
  return found;
}

/** The probability of the byte that the last search was for, of 2^22. */
export function soughtProbability(): i32 {
  return own;
}

/** Divides a node's share between its children, each leaf below getting at least 1, as `predict` does. */
function divide(node: i32, depth: i32): void {
  lookAhead(node, depth);
  const share = load<i32>(shares + (node << 2));
  const leaves = 256 >> depth;
  const ones = leaves / 2 + <i32>((<u64>(share - leaves) * <u64>predictBit()) >> 16);
  store<i32>(shares + (node << 3), share - ones);
  store<i32>(shares + (node << 3) + 4, ones);
}

/** Whether a leaf of `leaves` with that share may be among the likeliest, or likelier than the byte that is sought. */
function matters(share: i32, leaves: i32): boolean {
  const most = share - (leaves - 1);
  return own < 0 || most >= own || count < wanted || most >= load<i32>(found + ((wanted - 1) << 2));
}

/** Notes a byte; of equally likely ones, smaller ones count as likelier. */
function note(byte: i32, probability: i32): void {
  if (probability > own || (probability == own && byte < sought)) likelier++;
  let place = count;
  for (; place > 0; place--) {
    const before = load<i32>(found + ((place - 1) << 2));
    if (before > probability || (before == probability && load<i32>(bytes + ((place - 1) << 2)) < byte)) break;
  }
  if (place >= wanted) return;
  if (count < wanted) count++;
  const moved = <usize>(count - 1 - place) << 2;
  memory.copy(bytes + ((place + 1) << 2), bytes + (place << 2), moved);
  memory.copy(found + ((place + 1) << 2), found + (place << 2), moved);
  store<i32>(bytes + (place << 2), byte);
  store<i32>(found + (place << 2), probability);
}

/** Notes all bytes below a node that matter, the likelier child first. */
function descend(node: i32, depth: i32): void {
  const share = load<i32>(shares + (node << 2));
  if (!matters(share, 256 >> depth)) return;
  if (depth == 8) return note(node & 255, share);
  divide(node, depth);
  const likely = load<i32>(shares + (node << 3) + 4) > load<i32>(shares + (node << 3)) ? 1 : 0;
  descend((node << 1) | likely, depth + 1);
  descend((node << 1) | (likely ^ 1), depth + 1);
}

/** The probability of a byte, of whose first half the slots are selected. */
function probabilityOf(byte: i32): i32 {
  for (let depth = 4; depth < 8; depth++) divide((256 | byte) >> (8 - depth), depth);
  return load<i32>(shares + ((256 | byte) << 2));
}

/**
 * Looks for the likeliest bytes, `most` of them, at most MOST_LIKELIEST, and for the place of one. Changes nothing that a
 * second call, or learning, would notice.
 *
 * @returns how many bytes are likelier than this one
 */
export function search(byte: i32, most: i32): i32 {
  wanted = min(most, MOST_LIKELIEST);
  count = 0;
  likelier = 0;
  sought = byte;
  own = -1;
  store<i32>(shares + 4, TOTAL);
  for (let node = 1; node < 16; node++) divide(node, 31 - clz<i32>(node));
  for (let i = 0; i < 16; i++) {
    const share = load<i32>(shares + ((16 + i) << 2));
    let place = i;
    for (; place > 0 && load<i32>(shares + (load<i32>(order + ((place - 1) << 2)) << 2)) < share; place--) {
      store<i32>(order + (place << 2), load<i32>(order + ((place - 1) << 2)));
    }
    store<i32>(order + (place << 2), 16 + i);
  }
  peekSlots((256 | byte) >> 4);
  own = probabilityOf(byte);
  for (let i = 0; i < 16; i++) {
    const node = load<i32>(order + (i << 2));
    if (!matters(load<i32>(shares + (node << 2)), 16)) continue;
    peekSlots(node);
    descend(node, 4);
  }
  lookAhead(1, 0);
  selectSlots(0);
  return likelier;
}
