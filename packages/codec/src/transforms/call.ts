/**
 * The `call` transform, for x86 code: the operand of a call or jump says how far away its target is, so each call of one
 * function has another operand. Made absolute, they are all the same, and a model can predict them.
 *
 * It takes E8 and E9 (call, jump) and 0F 80 … 0F 8F (conditional jumps) with a distance of 32 bits whose top byte is 00 or
 * FF: less than 16 MiB away, as nearly all are, while in other data few bytes match. The operand becomes the target, counted from the
 * start of the block, modulo 2^25; the top byte stays in its place and stays 00 or FF, the other three are
 * stored from the high one to the low one, since the high ones are easier to predict and help to predict the low ones.
 *
 * A step changes only bytes behind those on which it was decided, but steps can overlap: they are done from the end to
 * the start, and undone from the start to the end, so that each finds what it left.
 */
import { PithError } from "@pith/core";
import type { BlockTransform } from "./transform.ts";

/** Bytes of an instruction from its last opcode byte to the end of its operand. */
const LENGTH = 5;

/** What a byte can be as the last of an opcode. */
const NOTHING = 0;
const CALL_OR_JUMP = 1;
const CONDITIONAL = 2;
const OPCODE = new Uint8Array(256);
OPCODE[0xe8] = OPCODE[0xe9] = CALL_OR_JUMP;
OPCODE.fill(CONDITIONAL, 0x80, 0x90);

/** Whether a call or jump with a near target has its last opcode byte at `at`; needs at + 4 < bytes.length. */
function isNear(bytes: Uint8Array, at: number): boolean {
  const kind = OPCODE[bytes[at]];
  if (kind === NOTHING) return false;
  const top = bytes[at + 4];
  if (top !== 0 && top !== 0xff) return false;
  return kind === CALL_OR_JUMP || (at > 0 && bytes[at - 1] === 0x0f);
}

/** Keeps 25 bits, as a number of either sign: its top byte is 00 or FF. */
function wrap(target: number): number {
  return (target << 7) >> 7;
}

export const call = {
  id: 1,
  name: "call",

  forward(input) {
    const output = input.slice();
    for (let at = output.length - LENGTH; at >= 0; at--) {
      if (!isNear(output, at)) continue;
      const distance = output[at + 1] | (output[at + 2] << 8) | (output[at + 3] << 16) | (output[at + 4] << 24);
      const target = wrap(distance + at + LENGTH);
      output[at + 1] = target >> 16;
      output[at + 2] = target >> 8;
      output[at + 3] = target;
      output[at + 4] = target >> 24;
    }
    return output;
  },

  inverse(input, length, offset) {
    if (input.length !== length) {
      throw new PithError("invalid-field", "the call transform keeps the length", {
        offset,
        expected: length,
        got: input.length,
      });
    }
    const output = input.slice();
    for (let at = 0; at <= length - LENGTH; at++) {
      if (!isNear(output, at)) continue;
      const target = (output[at + 1] << 16) | (output[at + 2] << 8) | output[at + 3] | (output[at + 4] << 24);
      const distance = wrap(target - at - LENGTH);
      output[at + 1] = distance;
      output[at + 2] = distance >> 8;
      output[at + 3] = distance >> 16;
      output[at + 4] = distance >> 24;
    }
    return output;
  },
} satisfies BlockTransform;

/** Bytes of a window that is looked at, and most windows, spread evenly over the input. */
const WINDOW = 65_536;
const WINDOWS = 16;
/** Targets that are remembered: by their low bits, the latest each. */
const REMEMBERED = 4096;
/** The fewest calls of a target that was called before: this share of all bytes E8, and one in so many bytes. */
const LEAST_SHARE = 0.25;
const BYTES_PER_CALL = 4096;
const LEAST_CALLS = 8;

/**
 * Whether the transform is likely to pay: whether there are calls (E8) that share targets, which other data does not
 * have, even where it has bytes E8. Looks at no more than 1 MiB.
 */
export function looksLikeX86(input: Uint8Array): boolean {
  const windows = Math.min(WINDOWS, Math.ceil(input.length / WINDOW));
  const stride = windows > 1 ? (input.length - WINDOW) / (windows - 1) : 0;
  const targets = new Int32Array(REMEMBERED);
  let opcodes = 0;
  let calls = 0;
  let looked = 0;
  for (let window = 0; window < windows; window++) {
    const start = Math.floor(window * stride);
    const end = Math.min(start + WINDOW, input.length) - LENGTH;
    looked += end - start;
    for (let at = start; at <= end; at++) {
      if (input[at] !== 0xe8) continue;
      opcodes++;
      if (!isNear(input, at)) continue;
      const distance = input[at + 1] | (input[at + 2] << 8) | (input[at + 3] << 16) | (input[at + 4] << 24);
      const target = wrap(distance + at + LENGTH);
      if (targets[target & (REMEMBERED - 1)] === target) calls++;
      targets[target & (REMEMBERED - 1)] = target;
    }
  }
  return calls >= LEAST_CALLS && calls >= LEAST_SHARE * opcodes && calls * BYTES_PER_CALL >= looked;
}
