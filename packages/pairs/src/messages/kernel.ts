import { instantiateKernel } from "@pith/core";
import { kernel as messagesKernel } from "#kernels/messages";
import { addEscapes } from "../coding/escapes.ts";
import type { MessagesKernel } from "../generated/messages-exports.ts";
import { messageEscapes } from "./escapes.ts";
import { loadMessageModels } from "./models.ts";
import { LONGEST_MESSAGE } from "./limits.ts";

const kernels = new Map<string, Promise<MessagesKernel>>();

/** The kernel for messages in codes of `bits` bits, plain or under the model of units; it and its models are kept. */
export function messageKernel(bits: 3 | 4, modelled: boolean): Promise<MessagesKernel> {
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

async function open(bits: 3 | 4, modelled: boolean): Promise<MessagesKernel> {
  const { groups, resolver, units } = await loadMessageModels(bits);
  const kernel = instantiateKernel(messagesKernel);
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
