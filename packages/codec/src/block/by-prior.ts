/** Blocks that are short enough for a model that knows a prior. */
import { PithError } from "@pith/core";
import { concatenate } from "@pith/core/bytes";
import { finish, type OnDone } from "@pith/core/steps";
import { checksum } from "../bytes/checksum.ts";
import { inputLength, writeBlockHeader } from "../format/block-header.ts";
import { type PriorParameters, missingPrior, prior } from "../methods/prior/index.ts";
import type { PriorCoder, PriorSource } from "../methods/prior/coder.ts";
import type { CodedBlock } from "./coded-block.ts";
import { asDamage } from "./damage.ts";
import { asPithError, restoreContent } from "./decode.ts";
import type { Block } from "./encode.ts";

/** @returns the block's header and payload; empty where it is too long, or gets no shorter */
export async function encodeByPrior(
  { content, number, last }: Block,
  coder: PriorCoder | undefined,
  options: { readonly position: number; readonly onDone: OnDone },
): Promise<Uint8Array> {
  if (coder === undefined || content.length === 0 || content.length > coder.mostContent) return new Uint8Array(0);
  const payload = await coder.encode(content, options);
  if (payload.length >= content.length) return new Uint8Array(0);
  const header = writeBlockHeader({
    number,
    last,
    contentLength: content.length,
    checksum: checksum(content, number),
    stages: [],
    method: prior,
    parameters: { hash: coder.hash },
    payloadLength: payload.length,
  });
  return concatenate([header, payload]);
}

/**
 * Undoes {@link encodeByPrior}.
 *
 * @throws PithError `unknown-method` if the prior is not there, or another
 */
export async function decodeByPrior(
  block: CodedBlock,
  source: PriorSource | undefined,
  onDone: OnDone,
): Promise<Uint8Array> {
  const { header, offset } = block;
  const { hash } = header.parameters as PriorParameters;
  const coder = typeof source === "function" ? await source(hash) : source;
  if (coder?.hash !== hash) throw missingPrior(hash, coder?.hash, offset);
  return finish(restoreContent(block, await decodeInput(block, coder, onDone)));
}

/** What the model coded. */
async function decodeInput(block: CodedBlock, coder: PriorCoder, onDone: OnDone): Promise<Uint8Array> {
  const { header, payload, payloadOffset } = block;
  try {
    const input = await coder.decode(payload, payloadOffset, { onDone });
    const expected = inputLength(header);
    if (input.length === expected) return input;
    const details = { offset: payloadOffset, expected, got: input.length };
    throw new PithError("invalid-field", "the prior makes another length of it", details);
  } catch (error) {
    throw asDamage(asPithError(error, payloadOffset), block);
  }
}
