import { instantiateKernel } from "@pith/core";
import { kernel as messagesKernel } from "#kernels/messages";
import { addEscapes, type EscapeKernel } from "../coding/escapes.ts";
import { messageEscapes } from "./escapes.ts";
import { loadMessageModels } from "./models.ts";
import { LONGEST_MESSAGE } from "./limits.ts";

/** What `kernel/messages.ts` exports. Addresses and lengths are in bytes of its memory. */
export interface MessageKernel extends EscapeKernel {
  readonly memory: WebAssembly.Memory;
  clear(bits: number): void;
  addMember(code: number, byte: number): void;
  startWeights(bits: number): number;
  startUnitWeights(bits: number): number;
  reserve(most: number): void;
  textAddress(): number;
  textLength(): number;
  unitsAddress(): number;
  unitRoom(): number;
  unitsRead(): number;
  codedAddress(): number;
  codedRoom(): number;
  codedLength(): number;
  codedFinalByte(): number;
  write(count: number, exact: number): number;
  read(count: number): number;
  encodeModelled(count: number, exact: number, doubt: number): number;
  decodeModelled(available: number, exact: number, doubt: number): number;
}

const kernels = new Map<string, Promise<MessageKernel>>();

/** The kernel for messages in codes of `bits` bits, plain or under the model of units; it and its models are kept. */
export function messageKernel(bits: 3 | 4, modelled: boolean): Promise<MessageKernel> {
  const key = `${bits} ${String(modelled)}`;
  let kernel = kernels.get(key);
  if (kernel === undefined) {
    kernel = open(bits, modelled);
    kernels.set(key, kernel);
    // A program that was offline may try again.
    kernel.catch(() => kernels.delete(key));
  }
  return kernel;
}

async function open(bits: 3 | 4, modelled: boolean): Promise<MessageKernel> {
  const { groups, resolver, units } = await loadMessageModels(bits);
  const kernel = instantiateKernel<MessageKernel>(messagesKernel);
  kernel.clear(bits);
  for (const [code, group] of groups.entries()) {
    for (const character of group) kernel.addMember(code, character.charCodeAt(0));
  }
  addEscapes(kernel, messageEscapes(bits, modelled));
  const weights = kernel.startWeights(resolver.tableBits);
  const unitWeights = kernel.startUnitWeights(units.tableBits);
  kernel.reserve(LONGEST_MESSAGE);
  new Int8Array(kernel.memory.buffer, weights, resolver.weights.length).set(resolver.weights);
  new Int8Array(kernel.memory.buffer, unitWeights, units.weights.length).set(units.weights);
  return kernel;
}

/** Bytes of a kernel's memory. */
export function view(kernel: MessageKernel, address: number, length: number): Uint8Array {
  return new Uint8Array(kernel.memory.buffer, address, length);
}
