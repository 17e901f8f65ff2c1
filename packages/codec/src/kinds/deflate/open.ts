import { concatenate } from "@pith/core/bytes";
import type { DeflateKernel } from "../../generated/deflate-exports.ts";
import { giveInstance, takeInstance } from "./instance.ts";
import type { ReadStream } from "../kind.ts";
import { ZLIB_LEVELS, type Strategy, type StreamSettings } from "./settings.ts";

/** Why reading stopped, of {@link DeflateKernel.readReason}. */
const CUT = 2;
const FULL = 3;

/** Bytes of a stream, and of room for its content, that are tried first; then more and more. */
const FIRST_BYTES = 16_384;
const FIRST_ROOM = 262_144;
const GROWTH = 4;
/** Streams of less are not worth opening; of those that do not end, nothing below the second is. */
const LEAST_STREAM = 24;
const LEAST_UNFINISHED = 1024;
/** Content is never longer than so many times its stream. */
const MOST_TIMES = 1032;
/** A stream whose content does not fit stays closed if that is so many times as long: to code it would take long, too. */
const MOST_UNFINISHED_TIMES = 16;

/** Tokens that settings are tried on: a few on all, many on the best. */
const GLANCE = 1500;
const TRIAL = 20_000;
const FINALISTS = 3;
/** What a wrong guess costs, in bits, about; and the share of a stream's bytes that all may cost. */
const WRONG_BITS = 16;
const WORTH = 0.4;

/** Bytes of streams and content that are read and then not opened, at most, before nothing is tried any more. */
const MOST_WASTED = 2 ** 28;

/** A stream that was read, with how its encoder was set. */
interface OpenedStream extends ReadStream {
  readonly settings: StreamSettings;
}

/** Opens streams of RFC 1951, each with the choices that its encoder made. */
export class DeflateOpener {
  #instance: DeflateKernel | undefined;
  readonly #choices: Uint8Array[] = [];
  #last: StreamSettings | undefined;
  /** Bytes of a stream that were given to the kernel the last time. */
  #given = 0;
  /** Bytes of streams and their content that were read and then not opened. */
  #wasted = 0;

  get #kernel(): DeflateKernel {
    if (this.#instance === undefined) {
      // Only now, since most content has nothing to open.
      this.#instance = takeInstance();
      this.#instance.reserve(0, 0, 0);
      this.#instance.start(0, 0);
    }
    return this.#instance;
  }

  /** See `StreamOpener`. */
  read(bytes: Uint8Array, at: number, end: number, room: number, windowBits = 15): OpenedStream | undefined {
    if (!mayBegin(bytes, at, end) || this.#wasted > MOST_WASTED) return undefined;
    const found = this.#tried(bytes.subarray(at, end), room, windowBits);
    if (found === undefined) this.#wasted += this.#given + this.#kernel.readContent();
    return found;
  }

  #tried(bytes: Uint8Array, room: number, windowBits: number): OpenedStream | undefined {
    const kernel = this.#kernel;
    const all = bytes.length;
    let given = Math.min(all, FIRST_BYTES);
    let allowed = Math.min(room, FIRST_ROOM, given * MOST_TIMES);
    for (;;) {
      this.#given = given;
      this.#put(bytes.subarray(0, given), allowed);
      const found = kernel.read(given) !== 0;
      const reason = kernel.readReason();
      const mostAllowed = Math.min(room, all * MOST_TIMES);
      if (reason === CUT && given < all) given = Math.min(all, given * GROWTH);
      else if (reason === FULL && allowed < mostAllowed) allowed = Math.min(mostAllowed, allowed * GROWTH);
      else if (!found) return undefined;
      else break;
      allowed = Math.min(mostAllowed, Math.max(allowed, given * 2));
    }
    const length = kernel.readStream();
    const contentLength = kernel.readContent();
    if (length < LEAST_STREAM || contentLength < length) return undefined;
    if (kernel.readReason() !== 0 && length < LEAST_UNFINISHED) return undefined;
    if (kernel.readReason() === FULL && contentLength > MOST_UNFINISHED_TIMES * length) return undefined;
    const settings = this.#settingsOf(windowBits, length);
    if (settings === undefined) return undefined;
    const content = new Uint8Array(kernel.memory.buffer, kernel.contentAddress(), contentLength).slice();
    return { length, content, settings };
  }

  /** Codes the choices of a stream's encoder, behind those of the streams before. */
  encode(stream: Uint8Array, contentLength: number, settings: StreamSettings): void {
    const kernel = this.#kernel;
    this.#put(stream, contentLength, 2 * stream.length + 4096);
    kernel.read(stream.length);
    this.#set(settings);
    const count = kernel.encode(2 * stream.length + 4096);
    if (count < 0) throw new RangeError("the choices of an encoder take more than its stream");
    this.#take(count);
  }

  /** Gives the kernel back, where nothing failed in it: nothing more can be opened. */
  release(): void {
    if (this.#instance !== undefined) giveInstance(this.#instance);
    this.#instance = undefined;
  }

  /** All choices. */
  finish(): Uint8Array {
    if (this.#instance !== undefined) this.#take(this.#instance.finish());
    return concatenate(this.#choices);
  }

  #take(count: number): void {
    const kernel = this.#kernel;
    this.#choices.push(new Uint8Array(kernel.memory.buffer, kernel.codedAddress(), count).slice());
  }

  #put(stream: Uint8Array, contentRoom: number, choicesRoom = 0): void {
    const kernel = this.#kernel;
    kernel.reserve(choicesRoom, contentRoom, stream.length);
    new Uint8Array(kernel.memory.buffer, kernel.streamAddress(), stream.length).set(stream);
  }

  /** The settings with the fewest wrong guesses; undefined if these are too many. */
  #settingsOf(windowBits: number, length: number): StreamSettings | undefined {
    const kernel = this.#kernel;
    const wrong = (settings: StreamSettings, tokens: number): number => {
      this.#set(settings);
      return kernel.wrongGuesses(tokens);
    };
    const last = this.#last;
    if (last?.windowBits === windowBits && wrong(last, TRIAL) === 0) return last;
    const blockBits = blockBitsOf(kernel.readFirstTokens());
    const candidates = candidatesFor(blockBits ?? 14, windowBits);
    const ranked = candidates
      .map((settings) => ({ settings, wrong: wrong(settings, GLANCE) }))
      .sort((a, b) => a.wrong - b.wrong);
    // Among those that look the same after a glance, the trial decides.
    const finalists = ranked.filter((each, i) => i < FINALISTS || each.wrong === ranked[0].wrong);
    let best = finalists[0].settings;
    let least = Infinity;
    for (const { settings } of finalists) {
      const count = wrong(settings, TRIAL);
      if (count < least) [best, least] = [settings, count];
    }
    const share = Math.min(1, (TRIAL * 2) / length);
    if ((least * WRONG_BITS) / 8 > WORTH * Math.max(length * share, LEAST_STREAM)) return undefined;
    this.#last = best;
    return best;
  }

  #set({ lazy, good, longest, nice, hops, ...stream }: StreamSettings): void {
    const { strategy, blockBits, hashBits, windowBits, hashed } = stream;
    this.#kernel.set(
      lazy ? 1 : 0,
      good,
      longest,
      nice,
      strategy === "none" ? 0 : hops,
      hashBits,
      hashed,
      windowBits,
      strategy === "filtered" ? 5 : 2,
      lazy ? 1 : 0,
      strategy === "runs" ? 1 : 0,
      blockBits,
    );
  }
}

/** zlib's blocks have a power of two of tokens, less one. */
function blockBitsOf(tokens: number): number | undefined {
  const bits = Math.log2(tokens + 1);
  return Number.isInteger(bits) && bits >= 7 && bits <= 16 ? bits : undefined;
}

function candidatesFor(blockBits: number, windowBits: number): StreamSettings[] {
  const common = { blockBits, windowBits, hashBits: Math.min(16, blockBits + 1) };
  const [fastest] = ZLIB_LEVELS;
  const best = ZLIB_LEVELS[8];
  const usual = { ...common, strategy: "usual", hashed: 3 } as const;
  const strategies: Strategy[] = ["runs", "none"];
  return [
    ...ZLIB_LEVELS.map((level) => ({ ...usual, ...level })),
    ...[ZLIB_LEVELS[5], ZLIB_LEVELS[8]].map((level) => ({ ...usual, ...level, strategy: "filtered" as const })),
    ...strategies.map((strategy) => ({ ...usual, ...best, strategy })),
    ...[fastest, ZLIB_LEVELS[5], best].map((level) => ({ ...usual, ...level, hashed: 4 as const })),
  ];
}

/** Whether what lies at a place may be a stream's first block: most that is none, its first bits tell. */
function mayBegin(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 2 > end) return false;
  const type = (bytes[at] >> 1) & 3;
  if (type === 3) return false;
  if (type === 1) return true;
  if (type === 0) {
    // A stored block says its length twice.
    return (
      at + 5 <= end &&
      bytes[at] < 8 &&
      (bytes[at + 1] ^ bytes[at + 3]) === 0xff &&
      (bytes[at + 2] ^ bytes[at + 4]) === 0xff
    );
  }
  if (bytes[at] >> 3 > 29 || (bytes[at + 1] & 31) > 29) return false;
  return isLengthCodeWhole(bytes, at, end);
}

/** Whether the code lengths that begin a block with codes of its own leave no code unused. */
function isLengthCodeWhole(bytes: Uint8Array, at: number, end: number): boolean {
  const bit = (i: number): number => (at + (i >> 3) < end ? (bytes[at + (i >> 3)] >> (i & 7)) & 1 : 0);
  const take = (from: number, count: number): number => {
    let value = 0;
    for (let i = 0; i < count; i++) value |= bit(from + i) << i;
    return value;
  };
  const count = take(13, 4) + 4;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const length = take(17 + 3 * i, 3);
    if (length > 0) sum += 128 >> length;
  }
  return sum === 128;
}
