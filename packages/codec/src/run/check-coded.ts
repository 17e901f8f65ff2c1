/** Decodes what was just coded, before it is given out: what does not come back is never written. */
import { PithError } from "@pith/core";
import { ByteReader, release } from "@pith/core/bytes";
import { finish, ProgressMeter } from "@pith/core/steps";
import type { Executor } from "@pith/core/workers";
import { admitBlock } from "../block/admit.ts";
import { decodeBlock } from "../block/decode.ts";
import { headersOf } from "../block/parts.ts";
import { ALL_FORMATS } from "../format/all.ts";
import { readBlockHeader } from "../format/block-header.ts";
import type { DecodeMeans } from "../format/decode-means.ts";
import { weights } from "../methods/weights/index.ts";
import type { CompressSettings } from "../plan/options.ts";
import type { DecodeTask, Task } from "../workers/tasks.ts";
import { decodeJob } from "./decode-job.ts";

/**
 * Decodes a coded block where the settings ask for it, and keeps nothing.
 *
 * @param coded header and payload
 * @param number of the block in its frame
 * @throws PithError `checksum-mismatch` if its content does not come back
 */
export async function checkCoded(
  coded: Uint8Array,
  number: number,
  settings: CompressSettings,
  executor: Executor<Task>,
): Promise<void> {
  const block = toBeChecked(coded, number, settings);
  if (block === undefined) return;
  const meter = new ProgressMeter(undefined, block.header.contentLength);
  const means = { ...meansOf(settings), threads: settings.threads };
  try {
    const { content } = await decodeJob(block, { executor, meter }, means).start();
    release(content);
    settings.onVerified?.(block.header.contentLength);
  } catch (error) {
    throw asFailure(error, block);
  }
}

/** As {@link checkCoded}, on this thread. */
export function checkCodedSync(coded: Uint8Array, number: number, settings: CompressSettings): void {
  const block = toBeChecked(coded, number, settings);
  if (block === undefined) return;
  try {
    finish(decodeBlock(block, meansOf(settings)));
    settings.onVerified?.(block.header.contentLength);
  } catch (error) {
    throw asFailure(error, block);
  }
}

type Block = DecodeTask["block"];

function meansOf({ block, reference, prior }: CompressSettings): DecodeMeans {
  const network = block.neural?.network;
  const networks = new Map(network === undefined ? [] : [[network.hash, network]]);
  // It was coded in no less.
  return { memoryLimit: Infinity, networks, formats: ALL_FORMATS, reference, prior };
}

/** The block, apart; undefined where it need not be checked. */
function toBeChecked(coded: Uint8Array, number: number, settings: CompressSettings): Block | undefined {
  if (settings.verify === false) return undefined;
  const reader = new ByteReader(coded, 0);
  const header = readBlockHeader(reader, number, ALL_FORMATS);
  const headerBytes = coded.slice(0, reader.position);
  const payload = coded.subarray(headerBytes.length, headerBytes.length + header.payloadLength);
  const block = { header, headerBytes, offset: 0, payloadOffset: headerBytes.length, payload };
  const areWeights = settings.verify === true || headersOf(block, ALL_FORMATS).some(({ method }) => method === weights);
  return areWeights ? admitBlock(block, meansOf(settings)) : undefined;
}

/** Only what decoding says of the block is a failure of its coding. */
function asFailure(error: unknown, { header }: Block): unknown {
  if (!(error instanceof PithError) || error.code === "memory-limit") return error;
  return new PithError("checksum-mismatch", "what was coded does not decode to the content", {
    expected: `the ${header.contentLength} bytes of block ${header.number} back`,
    got: error.message,
    cause: error,
  });
}
