import { PithError } from "@pith/core";
import { checkFinalByte } from "@pith/core/bytes";
import { view } from "@pith/core/coding";
import { readHeader, type MessageForm } from "./header.ts";
import { DONE, LONG, SHORT, type MessagesKernel } from "../generated/messages-exports.ts";
import { messageKernel } from "./kernel.ts";
import { LONGEST_MESSAGE } from "./limits.ts";
import { swapCase } from "../text/case.ts";
import { unpackUnits } from "./units.ts";

/** Bytes before what the first byte announces. */
const HEADER = 1;

/** Reads a message of any form. @throws PithError */
export async function decodeBytes(message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { form, bits, swapped } = readHeader(message);
  const body = message.subarray(HEADER);
  if (form === "stored") return body.slice();
  const kernel = await messageKernel(bits, form !== "plain");
  if (form === "plain") readPlain(kernel, body, bits);
  else readModelled(kernel, body, form);
  const text = view(kernel, kernel.textAddress(), kernel.textLength());
  return swapped ? swapCase(text) : text.slice();
}

function readPlain(kernel: MessagesKernel, body: Uint8Array, bits: 3 | 4): void {
  const units = unpackUnits(body, bits);
  if (units.length > kernel.unitRoom()) throw tooLong();
  view(kernel, kernel.unitsAddress(), units.length).set(units);
  const found = kernel.read(units.length);
  check(found, HEADER + Math.floor(((kernel.unitsRead() - 1) * bits) / 8), HEADER + body.length);
  const spare = (1 << ((body.length * 8) % bits)) - 1;
  if (((body.at(-1) ?? spare) & spare) !== spare) {
    throw new PithError("invalid-field", "the last bits of a message are not ones", { offset: body.length });
  }
}

function readModelled(kernel: MessagesKernel, body: Uint8Array, form: MessageForm): void {
  if (body.length > kernel.codedRoom()) throw tooLong();
  view(kernel, kernel.codedAddress(), body.length).set(body);
  const found = kernel.decodeModelled(body.length, form !== "guessed", form === "doubtful");
  check(found, HEADER, HEADER + body.length);
  const end = kernel.codedLength();
  if (end > body.length) {
    throw new PithError("truncated", "a message ends too early", { offset: HEADER + body.length });
  }
  if (end < body.length) {
    throw new PithError("trailing-data", "a message goes on after its end", { offset: HEADER + end });
  }
  checkFinalByte(body, kernel.codedFinalByte(), HEADER);
}

/** @throws PithError unless nothing was found */
function check(found: number, offset: number, end: number): void {
  if (found === DONE) return;
  if (found === LONG) throw tooLong();
  if (found === SHORT) throw new PithError("truncated", "a message ends in the middle", { offset: end });
  throw new PithError("invalid-field", "a message has codes that say nothing", { offset });
}

function tooLong(): PithError {
  return new PithError("invalid-field", "a message is too long", {
    expected: `at most ${LONGEST_MESSAGE} bytes of text`,
  });
}
