import { planParts, type DeduplicatedBlock } from "../block/deduplicated.ts";
import type { Block } from "../block/encode.ts";
import { MOST_SAMPLED, RepeatSampler } from "../transforms/dedupe/sampler.ts";
import { checksumSteps } from "../bytes/checksum.ts";
import { MAX_BLOCKS, MAX_LENGTH } from "../format/constants.ts";
import type { CompressSettings, DedupeSettings } from "../plan/options.ts";
import { Deduplicator } from "../transforms/dedupe/encode.ts";
import { placeOf } from "./split.ts";
import { turn } from "../steps/turn.ts";

/** What is coded as one block: content, or what deduplication left of a longer one. */
export type Unit = Block | DeduplicatedBlock;

/** A unit; or nothing, a few milliseconds after the last step. */
type Step = Unit | undefined;

/** Share of what is held back that must be there twice for deduplication to begin, in a sample. */
const PROMISING = 1 / 16;
/** Most blocks that are held back, however small they are. */
const MOST_HELD = 4096;
/** What it must save in the end, of the content and in bytes: else blocks as usual are as small, and less to decode. */
const WORTH_SHARE = 1 / 32;
const WORTH_BYTES = 1024;

/**
 * Makes one block of many where the same comes again in them.
 *
 * @throws the reason of `signal` when that aborts
 */
export async function* gather(
  blocks: AsyncIterable<Block> | Iterable<Block>,
  settings: CompressSettings,
  signal: AbortSignal | undefined,
): AsyncGenerator<Unit> {
  if (settings.dedupe === undefined) {
    yield* blocks;
    return;
  }
  for await (const step of stepsOf(blocks, new Gatherer(settings, settings.dedupe))) {
    signal?.throwIfAborted();
    if (step === undefined) await turn();
    else yield step;
  }
}

async function* stepsOf(blocks: AsyncIterable<Block> | Iterable<Block>, gatherer: Gatherer): AsyncGenerator<Step> {
  for await (const { content } of blocks) yield* gatherer.add(content);
  yield* gatherer.end();
}

/** As {@link gather}, at once. */
export function* gatherSync(blocks: Iterable<Block>, settings: CompressSettings): Generator<Unit> {
  if (settings.dedupe === undefined) {
    yield* blocks;
    return;
  }
  const gatherer = new Gatherer(settings, settings.dedupe);
  for (const { content } of blocks) for (const step of gatherer.add(content)) if (step !== undefined) yield step;
  for (const step of gatherer.end()) if (step !== undefined) yield step;
}

/** Content that may still become part of something larger. */
interface Held {
  readonly content: Uint8Array;
  /** Bytes of it that were there before, by a sample. */
  repeated: number;
}

/**
 * Holds blocks back and looks whether the same comes again in them. As soon as it does, deduplication begins with what
 * is held, and goes on as long as it pays. What it comes again of may be given out by then: more of the same may follow.
 * Where the content was sampled beforehand, nothing needs to be held: what comes is known. What it does depends on the
 * blocks and the settings alone.
 */
class Gatherer {
  readonly #settings: CompressSettings;
  readonly #dedupe: DedupeSettings;
  #units = 0;
  /** Bytes of content so far. */
  #length = 0;
  readonly #held: Held[] = [];
  #heldLength = 0;
  /** The first of what is held that were looked at: their number, and their bytes that are repeated. */
  #sampled = 0;
  #repeated = 0;
  #sampler: RepeatSampler | undefined;
  #deduplicator: Deduplicator | undefined;

  constructor(settings: CompressSettings, dedupe: DedupeSettings) {
    this.#settings = settings;
    this.#dedupe = dedupe;
  }

  /** Takes the next block's content. What comes out is never the last. */
  *add(content: Uint8Array): Generator<Step> {
    const goesOn = yield* this.#goesOn(content.length);
    this.#length += content.length;
    if (goesOn) {
      yield* this.#releaseAll(false);
      yield* this.#deduplicate(content);
      return;
    }
    this.#held.push({ content, repeated: 0 });
    this.#heldLength += content.length;
    if (this.#dedupe.sample !== undefined) {
      // All that is not known of the block is whether it is the last.
      if (this.#held.length > 1) yield this.#release(false);
      return;
    }
    // A single block needs no sample: its method sees all that comes again in it.
    if (this.#held.length > 1) yield* this.#sample();
    if (this.#repeated > 0 && this.#repeated >= PROMISING * this.#heldLength) {
      const held = this.#held.splice(0);
      this.#sampler = undefined;
      this.#heldLength = this.#sampled = this.#repeated = 0;
      for (const { content: earlier } of held) yield* this.#deduplicate(earlier);
      return;
    }
    const { lookBack } = this.#dedupe;
    while (this.#held.length > 1 && (this.#heldLength > lookBack || this.#held.length > MOST_HELD)) {
      yield this.#release(false);
    }
  }

  /** Gives out what is left. */
  *end(): Generator<Step> {
    yield* this.#close(true);
    yield* this.#releaseAll(true);
  }

  /** Whether the next block is deduplicated without a look at it. */
  *#goesOn(length: number): Generator<Step, boolean> {
    const { always, sample, memory } = this.#dedupe;
    if (this.#deduplicator !== undefined && (this.#fits(this.#deduplicator, length) || (yield* this.#close(false)))) {
      return true;
    }
    return length > 0 && (always || sample?.promises(this.#length, memory, PROMISING) === true);
  }

  *#releaseAll(end: boolean): Generator<Block> {
    while (this.#held.length > 0) yield this.#release(end && this.#held.length === 1);
  }

  #release(end: boolean): Block {
    const [{ content, repeated }] = this.#held.splice(0, 1);
    this.#heldLength -= content.length;
    if (this.#sampled > 0) {
      this.#sampled--;
      this.#repeated -= repeated;
    }
    return { content, ...this.#place(end) };
  }

  /** Looks at what is held and was not looked at yet. */
  *#sample(): Generator<undefined> {
    for (; this.#sampled < this.#held.length; this.#sampled++) {
      const held = this.#held[this.#sampled];
      if (this.#sampler === undefined || this.#sampler.length + held.content.length > MOST_SAMPLED) {
        this.#sampler = new RepeatSampler();
      }
      held.repeated = yield* this.#sampler.sample(held.content);
      this.#repeated += held.repeated;
    }
  }

  *#deduplicate(content: Uint8Array): Generator<Step> {
    if (this.#deduplicator !== undefined && !this.#fits(this.#deduplicator, content.length)) yield* this.#close(false);
    const deduplicator = (this.#deduplicator ??= new Deduplicator());
    for (let at = 0; at < content.length; at += deduplicator.sliceLength) {
      deduplicator.take(content.subarray(at, at + deduplicator.sliceLength));
      yield undefined;
    }
  }

  /** Whether memory lasts for more content, even if all of it is new: as a whole, as what is left, and coded. */
  #fits({ length, repeatedLength }: Deduplicator, more: number): boolean {
    const whole = length + more;
    const left = whole - repeatedLength;
    return whole <= MAX_LENGTH && whole + 2 * left <= this.#dedupe.memory;
  }

  /** Ends deduplication. Returns whether it was worth while; if not, blocks as usual were given out. */
  *#close(end: boolean): Generator<Step, boolean> {
    // The content is no longer held when the block is given out: coding it takes long, and memory of its own.
    const block = yield* this.#finish(end);
    if (block === undefined) return false;
    yield block;
    return true;
  }

  *#finish(end: boolean): Generator<Step, DeduplicatedBlock | undefined> {
    const deduplicator = this.#deduplicator;
    if (deduplicator === undefined) return undefined;
    this.#deduplicator = undefined;
    const { length } = deduplicator;
    const { output, ends } = yield* deduplicator.finish();
    const { block, blockSize } = this.#settings;
    if (length - output.length < Math.max(WORTH_BYTES, WORTH_SHARE * length)) {
      for (let at = 0; at < length; at += blockSize) {
        const next = Math.min(length, at + blockSize);
        yield { content: deduplicator.content(at, next).slice(), ...this.#place(end && next === length) };
      }
      return undefined;
    }
    const { number, last } = this.#place(end);
    const steps = checksumSteps(deduplicator.content(0, length), number);
    for (;;) {
      const { done, value } = steps.next();
      if (done === true) {
        const { level, partMemory } = this.#dedupe;
        const parts = planParts(output, ends, { ...block, method: "auto", level }, blockSize);
        return { number, last, contentLength: length, checksum: value, input: output, parts, partMemory };
      }
      yield undefined;
    }
  }

  #place(end: boolean): Pick<Block, "number" | "last"> {
    return placeOf(this.#units++, end, MAX_BLOCKS);
  }
}
