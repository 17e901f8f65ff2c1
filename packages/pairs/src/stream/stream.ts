/** Raw streams of letter pairs: no container and no checksum, a header of a few bytes, codes and corrections. */
import { checkBytes, type TaskOptions } from "@pith/core";
import type { CodeTable } from "@pith/framing";
import { boundsOf, ProgressMeter } from "@pith/core/steps";
import { withExecutor } from "@pith/core/workers";
import { utf8Of } from "../text/utf8.ts";
import { executorFor } from "../workers/program.ts";
import type { PairsDecoder } from "./decoders.ts";
import type { Running } from "./encode.ts";
import type { PairsFraming } from "./header.ts";
import type { Losses } from "./losses.ts";

/** What both directions have. */
interface PairsTaskOptions extends TaskOptions {
  /** Worker threads, 0 to 64, as of `compress`; default 1. The result is the same for every number. */
  readonly threads?: number | undefined;
  /** Bytes of memory that all chunks in work together may take; default 1 GiB. */
  readonly memoryLimit?: number | undefined;
}

/** Options of {@link encodePairs}. */
export interface PairsEncodeOptions extends PairsTaskOptions {
  /** How letters stand among other characters: in-stream by escapes among codes, thesis by codes among UTF-8. */
  readonly framing?: PairsFraming | undefined;
  /** What tells letters apart; default "medium". */
  readonly decoder?: PairsDecoder | undefined;
  /** Which characters share codes, of 4 bits; only a table can have another than its own. */
  readonly table?: CodeTable | undefined;
  /** Leaves out what the decoder gets wrong; the result says what that is. Default false. */
  readonly lossy?: boolean | undefined;
  /** Refuses what is not UTF-8, instead of storing it. Default false. */
  readonly strict?: boolean | undefined;
}

/** Options of {@link decodePairs}. */
export interface PairsDecodeOptions extends PairsTaskOptions {
  /** A decoder that the stream names but this package does not have; or another one, for a stream without corrections. */
  readonly decoder?: PairsDecoder | undefined;
}

/** What comes of {@link encodePairs}. */
export interface EncodedPairs {
  readonly stream: Uint8Array<ArrayBuffer>;
  /** Of a lossy stream: what does not come back. */
  readonly losses: Losses | undefined;
}

/**
 * Writes a raw stream of letter pairs. Brings the decoder, up to 760 KB, the first time.
 *
 * @param content any bytes, or a string as UTF-8
 * @throws TypeError, RangeError for wrong options; PithError, with the offset, for a string with half of a surrogate pair,
 *   and for what is not UTF-8 if it is to be strict; the reason of `signal` when that aborts
 * @example
 * const { stream } = await encodePairs(text, { decoder: "large", framing: "thesis" });
 */
export async function encodePairs(
  content: Uint8Array | string,
  options: PairsEncodeOptions = {},
): Promise<EncodedPairs> {
  const bytes = typeof content === "string" ? utf8Of(content) : checkBytes("content", content);
  const { framing = "in-stream", decoder = "medium", table, lossy = false, strict = false } = options;
  const { encodeStream } = await import("./encode.ts");
  const encoding = { framing, decoder, table, lossy, strict };
  return await running(bytes.length, options, (how) => encodeStream(bytes, encoding, how));
}

/**
 * Reads a raw stream of letter pairs.
 *
 * @throws PithError if the stream is damaged or truncated, or names a decoder that is not there
 * @example
 * const text = await decodePairs(stream);
 */
export async function decodePairs(
  stream: Uint8Array,
  options: PairsDecodeOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = checkBytes("stream", stream);
  const { decodeStream } = await import("./decode.ts");
  return await running(2 * bytes.length, options, (how) => decodeStream(bytes, options.decoder, how));
}

/**
 * Finds a word in a raw stream without telling its letters apart: where the codes are those of the word and no letter stands
 * on either side. Other words of the same codes are found, too; how many, depends on the word. Capitals count as small
 * letters.
 *
 * @param word 1 to 255 characters of ASCII without spaces
 * @returns where it may stand, in bytes of the text, ascending
 * @throws RangeError for another word; PithError if the stream is damaged, or names a decoder that is not there
 * @example
 * const places = await findInPairs(stream, "creature");
 */
export async function findInPairs(stream: Uint8Array, word: string): Promise<number[]> {
  const bytes = checkBytes("stream", stream);
  const { findInStream } = await import("./find.ts");
  return await findInStream(bytes, word);
}

/** @param length bytes of text, about */
async function running<Result>(
  length: number,
  options: PairsTaskOptions,
  task: (how: Running) => Promise<Result>,
): Promise<Result> {
  const { threads, memoryLimit } = boundsOf(options);
  const executor = executorFor(threads, length);
  const meter = new ProgressMeter(options.onProgress, length);
  return await withExecutor(executor, options.signal, () => task({ executor, meter, threads, memoryLimit }));
}
