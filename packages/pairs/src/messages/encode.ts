import { view } from "@pith/core/coding";
import { writeHeader, type MessageForm, type MessageHeader } from "./header.ts";
import type { MessagesKernel } from "../generated/messages-exports.ts";
import { messageKernel } from "./kernel.ts";
import { shouts, swapCase } from "../text/case.ts";
import { packUnits } from "./units.ts";

/** How a message is to be written. */
export interface Encoding {
  readonly bits: 3 | 4;
  /** The shortest of them is taken. */
  readonly forms: readonly MessageForm[];
  /** Every letter comes back. */
  readonly exact: boolean;
}

/** Writes a message in each of some forms; the shortest of them, or the text as it is if that is not longer. */
export async function encodeBytes(
  text: Uint8Array,
  { bits, forms, exact }: Encoding,
): Promise<Uint8Array<ArrayBuffer>> {
  const swapped = shouts(text);
  const seen = swapped ? swapCase(text) : text;
  let best = withHeader({ form: "stored", bits, swapped }, text);
  for (const form of forms) {
    const kernel = await messageKernel(bits, form !== "plain");
    view(kernel, kernel.textAddress(), seen.length).set(seen);
    const body =
      form === "plain" ? writePlain(kernel, seen.length, bits, exact) : writeModelled(kernel, seen.length, form);
    if (1 + body.length < best.length) best = withHeader({ form, bits, swapped }, body);
  }
  return best;
}

function writePlain(kernel: MessagesKernel, length: number, bits: number, exact: boolean): Uint8Array<ArrayBuffer> {
  const count = kernel.write(length, exact);
  return packUnits(view(kernel, kernel.unitsAddress(), count), bits);
}

function writeModelled(kernel: MessagesKernel, length: number, form: MessageForm): Uint8Array<ArrayBuffer> {
  const coded = kernel.encodeModelled(length, form !== "guessed", form === "doubtful");
  return view(kernel, kernel.codedAddress(), coded).slice();
}

function withHeader(header: MessageHeader, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(1 + body.length);
  message[0] = writeHeader(header);
  message.set(body, 1);
  return message;
}
