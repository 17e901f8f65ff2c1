import { checkBytes, checkInteger, type TaskOptions } from "@pith/core";
import { concatenate } from "@pith/core/bytes";
import { abortable, inTurns, ProgressMeter, type OnDone, type Steps } from "@pith/core/steps";
import { admitBlocks } from "../block/admit.ts";
import type { CodedBlock } from "../block/coded-block.ts";
import { decodeBlock } from "../block/decode.ts";
import { headersOf } from "../block/parts.ts";
import { blocksOfArray, contentLengthOfArray } from "../format/array-blocks.ts";
import { DEFAULT_MEMORY_LIMIT, type DecodeMeans } from "../format/decode-means.ts";
import type { PlacedBlock } from "../format/frame-walker.ts";
import type { Formats } from "../format/formats.ts";
import { split } from "../methods/split/index.ts";
import type { DecoderFamily } from "./family.ts";
import { fast } from "./fast.ts";

/** Options of {@link decompress}. */
export interface DecodeOptions extends TaskOptions {
  /** Bytes of memory that a block may take; default 1 GiB. A `PithError` `memory-limit` if one exceeds it. */
  readonly memoryLimit?: number | undefined;
  /** Most bytes of content that may come out; default: any number. A `PithError` `length-limit` if there are more. */
  readonly maxLength?: number | undefined;
  /** What it can decode beside the fast levels: `mix` of `@pith/codec/decode/mix`, `open` of `@pith/codec/decode/open`. */
  readonly decoders?: readonly DecoderFamily[] | undefined;
}

const FROM_MIX = brought("mix");
const FROM_OPEN = brought("open");
const FROM_CODEC = 'what only `decompress` of "@pith/codec" has';

/** By ids: what to import. */
const ELSEWHERE: NonNullable<Formats["elsewhere"]> = {
  methods: {
    ...{ 1: FROM_MIX, 2: FROM_MIX, 3: FROM_CODEC, 4: FROM_CODEC, 5: FROM_CODEC, 6: FROM_OPEN, 9: FROM_OPEN },
    11: FROM_CODEC,
  },
  transforms: { 4: FROM_OPEN },
};

/**
 * Decompresses files of the levels 1 to 3, and with `decoders` others, on this thread, in slices between which the event loop
 * turns. It gives what `decompress` of `@pith/codec` gives, from a sixteenth of the program.
 *
 * @param file is read while this runs, so it must not change until then
 * @throws PithError if the file is damaged, truncated or no `.pith` file; `unknown-method` if it needs what was not brought,
 *   which it names; TypeError, RangeError for wrong options; the reason of `signal` when that aborts
 * @example
 * const content = await decompress(file, { maxLength: 10 * 2 ** 20 });
 */
export async function decompress(file: Uint8Array, options: DecodeOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = checkBytes("file", file);
  const families = [fast, ...(options.decoders ?? [])];
  const { memoryLimit = DEFAULT_MEMORY_LIMIT, maxLength = Number.MAX_SAFE_INTEGER, signal } = options;
  const means: DecodeMeans = {
    memoryLimit: checkInteger("memoryLimit", memoryLimit, 0),
    networks: new Map(),
    formats: formatsOf(families),
  };
  const most = checkInteger("maxLength", maxLength, 0);
  const admit = admitBlocks<PlacedBlock>(means, most);
  const meter = new ProgressMeter(options.onProgress, contentLengthOfArray(bytes, means.formats));
  return await abortable(signal, async () => {
    const parts: Uint8Array[] = [];
    for (const placed of blocksOfArray(bytes, means.formats)) {
      const { header, payloadOffset } = admit(placed);
      const payload = bytes.subarray(payloadOffset, payloadOffset + header.payloadLength);
      const block = { ...placed, header, payload };
      await prepare(block, families, means);
      const onDone = meter.block(block.header.contentLength);
      parts.push(await inTurns(watched(decodeBlock(block, means), onDone, signal)));
      onDone(block.header.contentLength);
    }
    meter.end();
    return concatenate(parts);
  });
}

function brought(name: string): string {
  return `what \`${name}\` of "@pith/codec/decode/${name}" brings: decompress(file, { decoders: [${name}] })`;
}

function formatsOf(families: readonly DecoderFamily[]): Formats {
  return {
    methods: [...families.flatMap(({ methods }) => methods), split],
    transforms: families.flatMap(({ transforms }) => transforms),
    elsewhere: ELSEWHERE,
  };
}

async function prepare(block: CodedBlock, families: readonly DecoderFamily[], { formats }: DecodeMeans): Promise<void> {
  const headers = headersOf(block, formats);
  await Promise.all(families.flatMap((family) => headers.map((header) => family.prepare(header))));
}

/** The steps of a task that is told of and can be stopped. */
function* watched<Result>(
  steps: Steps<Result>,
  onDone: OnDone,
  signal: AbortSignal | undefined,
): Generator<void, Result> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const next = steps.next();
      if (next.done === true) return next.value;
      onDone(next.value);
      yield;
    }
  } finally {
    // Of a task that was stopped: what it holds is given back. The result is for the type alone.
    steps.return(undefined as Result);
  }
}
