import { concatenate } from "@pith/core/bytes";
import type { DeflateKernel } from "../../generated/deflate-exports.ts";
import { giveInstance, takeInstance } from "./instance.ts";
import type { ReadStream } from "../kind.ts";
import {
  FFLATE_LEVELS,
  fflateHashBits,
  GO_LEVELS,
  LIBDEFLATE_LEVELS,
  MINIZ_LEVELS,
  ONCE,
  WEIGHED,
  ZLIB_LEVELS,
  type Guessed,
  type Hash,
  type Libdeflate,
  type Strategy,
  type StreamSettings,
} from "./settings.ts";

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
/** So small a share of wrong guesses that the encoder is known; and of a stream's bytes that choices may take. */
const FEW_WRONG = 0.002;
const LITTLE = 0.02;
/** And so small a one that no other encoder is tried. */
const NEXT_TO_NOTHING = 0.005;
const WORTH = 0.4;
/** Bytes of room for choices that are only tried. */
const TRIAL_ROOM = 2 ** 17;

/** Bytes of streams and content that are read and then not opened, at most, before nothing is tried any more. */
const MOST_WASTED = 2 ** 28;

/** A stream that was read, with how its encoder was set. */
interface OpenedStream extends ReadStream {
  readonly settings: StreamSettings;
}

/** An encoder whose choices are guessed, and the share of wrong guesses. */
interface Ranked {
  readonly settings: Guessed | Libdeflate;
  readonly share: number;
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
      this.#put(bytes.subarray(0, given), allowed, TRIAL_ROOM);
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
    const settings = this.#settingsOf(windowBits);
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

  #put(stream: Uint8Array, contentRoom: number, choicesRoom: number): void {
    const kernel = this.#kernel;
    kernel.reserve(choicesRoom, contentRoom, stream.length);
    new Uint8Array(kernel.memory.buffer, kernel.streamAddress(), stream.length).set(stream);
  }

  /** The settings under which choices take least; undefined if that is too much. */
  #settingsOf(windowBits: number): StreamSettings | undefined {
    const last = this.#last;
    if (last !== undefined && this.#isRight(last, windowBits)) return last;
    const guessed = this.#bestGuessed(windowBits);
    if (guessed.share > FEW_WRONG) return (this.#last = this.#leastOf([...WEIGHED, guessed.settings]));
    return (this.#last = guessed.settings);
  }

  /** Whether settings leave next to nothing to be said. */
  #isRight(settings: StreamSettings, windowBits: number): boolean {
    if ("prices" in settings) return this.#shareOf(settings) < LITTLE;
    const isPossible = !("windowBits" in settings) || settings.windowBits === windowBits;
    return isPossible && this.#wrong(settings, TRIAL) === 0;
  }

  /** The encoder, of those whose choices are guessed, with the fewest wrong guesses, and their share: the usual ones first. */
  #bestGuessed(windowBits: number): Ranked {
    const blockBits = blockBitsOf(this.#kernel.readFirstTokens()) ?? 14;
    let best: Ranked | undefined;
    for (const candidates of [
      [...candidatesFor(blockBits, windowBits), ...LIBDEFLATE_LEVELS],
      othersFor(this.#kernel.readContent()),
    ]) {
      const found = this.#bestOf(candidates);
      if (best === undefined || found.share < best.share) best = found;
      if (best.share <= FEW_WRONG) break;
    }
    return best as Ranked;
  }

  #bestOf(candidates: readonly (Guessed | Libdeflate)[]): Ranked {
    const ranked = candidates
      .map((settings) => ({ settings, wrong: this.#wrong(settings, GLANCE) }))
      .sort((a, b) => a.wrong - b.wrong);
    // Among those that look the same after a glance, the trial decides.
    const finalists = ranked.filter((each, i) => i < FINALISTS || each.wrong === ranked[0].wrong);
    let best = finalists[0].settings;
    let least = Infinity;
    for (const { settings } of finalists) {
      const count = this.#wrong(settings, TRIAL);
      if (count < least) [best, least] = [settings, count];
    }
    return { settings: best, share: least / Math.max(1, this.#kernel.guessedTokens()) };
  }

  /** How many of so many tokens are guessed wrongly. */
  #wrong(settings: StreamSettings, tokens: number): number {
    this.#set(settings);
    return this.#kernel.wrongGuesses(tokens);
  }

  /** The settings whose choices take least; undefined if that is more than they are worth. */
  #leastOf(candidates: readonly StreamSettings[]): StreamSettings | undefined {
    let best: StreamSettings | undefined;
    let least = WORTH;
    for (const settings of candidates) {
      const share = this.#shareOf(settings);
      if (share < least) [best, least] = [settings, share];
      if (share < NEXT_TO_NOTHING) break;
    }
    return best;
  }

  /** Bytes of choices for a byte of the stream, as far as that is tried. */
  #shareOf(settings: StreamSettings): number {
    this.#set(settings);
    const bytes = this.#kernel.trial(TRIAL);
    return bytes / Math.max(1, this.#kernel.triedStream());
  }

  #set(settings: StreamSettings): void {
    const kernel = this.#kernel;
    if ("prices" in settings) {
      const { prices, nice } = settings;
      kernel.set(
        prices === "before" ? 1 : 0,
        prices === "refined" ? 2 : 1,
        0,
        nice,
        MOST_HOPS,
        8,
        WEIGHED_HASH,
        9,
        2,
        0,
        0,
        7,
      );
      return;
    }
    if ("ahead" in settings) {
      const { ahead, nice, hops, fourBits } = settings;
      kernel.set(ahead, 0, 0, nice, hops, fourBits, LIBDEFLATE_HASH, 9, 2, 0, 0, 7);
      return;
    }
    const { lazy, good, longest, nice, hops, strategy, blockBits, hashBits, windowBits, hash } = settings;
    kernel.set(
      lazy ? 1 : 0,
      good,
      longest,
      nice,
      strategy === "none" ? 0 : hops,
      hashBits,
      HASHES[hash],
      windowBits,
      strategy === "filtered" ? 5 : 2,
      lazy ? 1 : 0,
      strategy === "runs" ? 1 : 0,
      blockBits,
    );
  }
}

/** What the kernel calls hashes, and what stands there in their place. */
const HASHES: Readonly<Record<Hash, number>> = {
  rolling: 3,
  product: 4,
  fork: 5,
  go: 8,
  miniz: 9,
  "go-fastest": 10,
  "miniz-fastest": 11,
  fflate: 12,
};
const WEIGHED_HASH = 6;
const LIBDEFLATE_HASH = 7;
/** Places that the kernel looks at for one, at most. */
const MOST_HOPS = 4096;

/** zlib's blocks have a power of two of tokens, less one. */
function blockBitsOf(tokens: number): number | undefined {
  const bits = Math.log2(tokens + 1);
  return Number.isInteger(bits) && bits >= 7 && bits <= 16 ? bits : undefined;
}

function candidatesFor(blockBits: number, windowBits: number): Guessed[] {
  const common = { blockBits, windowBits, hashBits: Math.min(16, blockBits + 1), strategy: "usual" } as const;
  const [fastest] = ZLIB_LEVELS;
  const best = ZLIB_LEVELS[8];
  const usual = { ...common, hash: "rolling" } as const;
  const strategies: Strategy[] = ["runs", "none"];
  const fork = { ...common, hash: "fork", hashBits: Math.max(15, common.hashBits) } as const;
  return [
    ...ZLIB_LEVELS.map((level) => ({ ...usual, ...level })),
    ...[ZLIB_LEVELS[5], ZLIB_LEVELS[8]].map((level) => ({ ...usual, ...level, strategy: "filtered" as const })),
    ...strategies.map((strategy) => ({ ...usual, ...best, strategy })),
    ...ZLIB_LEVELS.map((level) => ({ ...fork, ...level })),
    ...[fastest, ZLIB_LEVELS[5], best].map((level) => ({ ...common, ...level, hash: "product" as const })),
  ];
}

/** Encoders of Go, miniz and fflate, for content of so many bytes. */
function othersFor(length: number): Guessed[] {
  const common = { strategy: "usual", blockBits: 14, windowBits: 15, hashBits: 15 } as const;
  const hashBits = fflateHashBits(length);
  return [
    ...GO_LEVELS.map((level) => ({ ...common, ...level, hash: "go" as const })),
    ...MINIZ_LEVELS.map((level) => ({ ...common, ...level, hash: "miniz" as const, blockBits: 16 })),
    ...(["go-fastest", "miniz-fastest"] as const).map((hash) => ({ ...common, ...ONCE, hash, blockBits: 16 })),
    ...FFLATE_LEVELS.map((level) => ({ ...common, ...level, hash: "fflate" as const, hashBits, blockBits: 16 })),
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
