import { planParts, type PartedBlock } from "../block/parted.ts";
import type { Block } from "../block/encode.ts";
import { ARCHIVE, isPromising, VALUES } from "../transforms/dedupe/repeat-sample.ts";
import { MOST_SAMPLED, RepeatSampler, type Repeated } from "../transforms/dedupe/sampler.ts";
import { LongChecksum } from "../bytes/long-checksum.ts";
import { mayHaveSpans } from "../kinds/find.ts";
import type { Member } from "../kinds/kind.ts";
import { tensorsAt } from "../kinds/weights/files.ts";
import { TarFollower } from "../kinds/tar/index.ts";
import { MAX_BLOCKS, MAX_LENGTH } from "../format/constants.ts";
import { byKind, inOrder } from "../plan/pages.ts";
import { mayOpen } from "../plan/opening.ts";
import { mayBeSamples } from "../plan/samples.ts";
import type { CompressSettings, DedupeSettings } from "../plan/options.ts";
import { Deduplicator } from "../transforms/dedupe/encode.ts";
import { dedupe } from "../transforms/dedupe/index.ts";
import { SHORTEST } from "../transforms/dedupe/repeats.ts";
import { memberParts } from "./member-parts.ts";
import { placeOf } from "./split.ts";
import { turn } from "@pith/core/steps";

/** What is coded as one block: content, or what deduplication left of a longer one. */
export type Unit = Block | PartedBlock;

/** A unit; or nothing, a few milliseconds after the last step. */
type Step = Unit | undefined;

/** Bytes of the shortest repeat that a method is spared where it sees both places: it codes shorter ones as well itself. */
const LONG = 16_384;
/** Of an archive or a file of tensors: bytes of the shortest repeat of what most likely lies in another part. */
const FAR = 128;
/** Most blocks that are held back, however small they are. */
const MOST_HELD = 4096;
/**
 * Bytes that are looked at of a block of values, which begins where a tensor does or is one of as many even parts of it: of one that
 * comes again all blocks do. To look at all of it takes half as long as to code it.
 */
const LOOKED_AT = 2 ** 18;
/** What it must save in the end, of the content and in bytes: else blocks as usual are as small, and less to decode. */
const WORTH_SHARE = 1 / 32;
const WORTH_BYTES = 1024;
/** Of an archive within one block: its model sees by itself what comes again, and to code it both ways takes twice the time. */
const WORTH_SHARE_IN_ONE = 1 / 4;

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
  for await (const block of blocks) {
    yield* gatherer.add(block);
    if (block.flushed === true) yield* gatherer.end();
  }
  yield* gatherer.end();
}

/** As {@link gather}, at once. */
export function* gatherSync(blocks: Iterable<Block>, settings: CompressSettings): Generator<Unit> {
  if (settings.dedupe === undefined) {
    yield* blocks;
    return;
  }
  const gatherer = new Gatherer(settings, settings.dedupe);
  for (const block of blocks) for (const step of gatherer.add(block)) if (step !== undefined) yield step;
  for (const step of gatherer.end()) if (step !== undefined) yield step;
}

/** What is taken of a block. */
type Gathered = Pick<Block, "content" | "shape" | "values" | "tensors" | "base" | "isOwn">;

/** Content that may still become part of something larger. */
interface Held extends Gathered {
  /** What comes again in it, by a sample; undefined: it was not looked at. */
  readonly repeated: Repeated | undefined;
}

/** Where what comes again was before: anywhere, or in the same block. Each has its room. */
type Reach = "far" | "near";

/** Bytes of the shortest repeat that is taken out; undefined: as usual. */
function longOf(reach: Reach): number | undefined {
  return reach === "near" ? LONG : undefined;
}

/** A block in the making. */
interface Making {
  readonly deduplicator: Deduplicator;
  readonly reach: Reach;
  readonly checksum: LongChecksum;
  /** The blocks that it was made of. */
  readonly blocks: (Pick<Block, "shape" | "values" | "tensors" | "base"> & { readonly length: number })[];
  /** Of an archive, or a file of tensors, whose blocks are its members: where these lie in the content. */
  readonly members: Member[] | undefined;
  /** What follows an archive. */
  readonly follower: TarFollower | undefined;
  /** Bytes since the last block of which a good part had been there before. */
  idle: number;
}

/**
 * Holds blocks back and looks whether the same comes again in them. As soon as it does, deduplication begins with what
 * is held. If that is far from where it was before, deduplication goes on as long as it pays, for more of the same may
 * follow what was given out by then; if blocks repeat but themselves, it ends with the last that does. Where the content
 * was sampled beforehand, nothing needs to be held: what comes is known. What it does depends on the blocks and the
 * settings alone.
 */
class Gatherer {
  readonly #settings: CompressSettings;
  readonly #dedupe: DedupeSettings;
  #units = 0;
  /** Bytes of content so far. */
  #length = 0;
  readonly #held: Held[] = [];
  #heldLength = 0;
  #sampler: RepeatSampler | undefined;
  #making: Making | undefined;

  constructor(settings: CompressSettings, dedupe: DedupeSettings) {
    this.#settings = settings;
    this.#dedupe = dedupe;
  }

  /** Takes the next block's content. What comes out is never the last. */
  *add({ content, shape, values, tensors, base, isOwn }: Gathered): Generator<Step> {
    const isWhole = shape !== undefined || (values === undefined && this.#isWhole(content));
    if (isWhole) yield* this.#close(false);
    const reach = isWhole ? undefined : yield* this.#reachOfNext(content.length, this.#timesOf({ content, values }));
    this.#length += content.length;
    const repeated = isWhole ? undefined : yield* this.#look(content, values !== undefined);
    if (reach !== undefined) {
      yield* this.#releaseAll(false);
      yield* this.#deduplicate({ content, shape, values, tensors, base }, reach);
      return;
    }
    this.#held.push({ content, shape, values, tensors, base, isOwn, repeated });
    this.#heldLength += content.length;
    const found = this.#reachOfHeld();
    if (found !== undefined) {
      const held = this.#held.splice(0);
      this.#heldLength = 0;
      for (const earlier of held) yield* this.#deduplicate(earlier, found);
      return;
    }
    // Where all that comes is known, what is not known of a block is whether it is the last.
    const lookBack = this.#dedupe.sample === undefined ? this.#dedupe.lookBack : 0;
    while (this.#held.length > 1 && (this.#heldLength > lookBack || this.#held.length > MOST_HELD)) {
      yield this.#release(false);
    }
  }

  /** Gives out what is left, as the end of a frame. What comes after it is not compared with what was before. */
  *end(): Generator<Step> {
    yield* this.#close(true);
    yield* this.#releaseAll(true);
    this.#units = 0;
    this.#sampler = undefined;
  }

  /** Whether content is a picture or sound, whose flat stretches cost nothing where they are. */
  #isWhole(content: Uint8Array): boolean {
    const { block } = this.#settings;
    const mayBe = block.open === true && !this.#dedupe.always && this.#making === undefined;
    return mayBe && mayBeSamples(content, block) !== undefined;
  }

  /** What has to come again of content, as a multiple of what has to in bytes that are like any others. */
  #timesOf({ content, values }: Pick<Gathered, "content" | "values">): number {
    if (values !== undefined) return VALUES;
    return this.#isArchive(content) ? ARCHIVE : 1;
  }

  /** Whether content is of an archive whose members are opened even without what comes again in them. */
  #isArchive(start: Uint8Array): boolean {
    return mayOpen(this.#dedupe.far.part) && TarFollower.begins(start);
  }

  /** How far the next block may repeat, if it is deduplicated whatever is in it. */
  *#reachOfNext(length: number, times: number): Generator<Step, Reach | undefined> {
    const { always, sample, far, near } = this.#dedupe;
    const making = this.#making;
    if (making !== undefined) {
      const goesOn = this.#goesOn(making);
      if (goesOn && this.#fits(making, length)) return making.reach;
      if ((yield* this.#close(false)) && goesOn) return making.reach;
    }
    if (length === 0) return undefined;
    if (always || sample?.promisesFar(this.#length, far.memory, times) === true) return "far";
    return sample?.promises(this.#length, near.memory, times) === true ? "near" : undefined;
  }

  #goesOn({ reach, idle }: Making): boolean {
    const { sample, near, lookBack } = this.#dedupe;
    if (reach === "far") return true;
    return sample === undefined ? idle <= lookBack : sample.promises(this.#length, near.memory);
  }

  /** How far what is held repeats, if deduplication promises to pay for it. */
  #reachOfHeld(): Reach | undefined {
    const sum: Repeated = { before: 0, within: 0 };
    for (const { repeated } of this.#held) {
      sum.before += repeated?.before ?? 0;
      sum.within += repeated?.within ?? 0;
    }
    // What comes again within one block its model sees by itself; to code that both ways takes twice the time.
    const isShort = this.#heldLength <= this.#settings.blockSize;
    const times = Math.max(
      ...this.#held.map((held) => (isShort ? Math.max(1, this.#timesOf(held)) : this.#timesOf(held))),
    );
    if (!isPromising(sum, this.#heldLength, times)) return undefined;
    return isPromising({ ...sum, within: 0 }, this.#heldLength, times) ? "far" : "near";
  }

  *#releaseAll(end: boolean): Generator<Block> {
    while (this.#held.length > 0) yield this.#release(end && this.#held.length === 1);
  }

  #release(end: boolean): Block {
    const [{ content, shape, values, tensors, base, isOwn }] = this.#held.splice(0, 1);
    this.#heldLength -= content.length;
    return { content, shape, values, tensors, base, isOwn, ...this.#place(end) };
  }

  /** Samples a block, unless it is known beforehand what comes again, or not asked any more. */
  *#look(content: Uint8Array, areValues: boolean): Generator<undefined, Repeated | undefined> {
    const { always, sample } = this.#dedupe;
    if (always || sample !== undefined || this.#making?.reach === "far") return undefined;
    if (this.#sampler === undefined || this.#sampler.length + content.length > MOST_SAMPLED) {
      this.#sampler = new RepeatSampler();
    }
    if (!areValues || content.length <= LOOKED_AT) return yield* this.#sampler.sample(content);
    const { before, within } = yield* this.#sampler.sample(content.subarray(0, LOOKED_AT));
    const scale = content.length / LOOKED_AT;
    return { before: before * scale, within: within * scale };
  }

  #begin(reach: Reach, { content: start, values }: Gathered): Making {
    // Nothing else is given out until this is.
    const { number } = placeOf(this.#units, false, MAX_BLOCKS);
    const isArchive = this.#isArchive(start);
    const isModel = !isArchive && (values !== undefined || tensorsAt(start) !== undefined);
    return {
      deduplicator: isArchive || isModel ? this.#ofMembers(reach) : new Deduplicator(byKind, longOf(reach)),
      reach,
      checksum: new LongChecksum(number),
      blocks: [],
      members: isArchive || isModel ? [] : undefined,
      follower: isArchive ? new TarFollower() : undefined,
      idle: 0,
    };
  }

  #ofMembers(reach: Reach): Deduplicator {
    const near = { distance: this.#settings.blockSize / 2, least: SHORTEST };
    return new Deduplicator(inOrder, longOf(reach) ?? FAR, near);
  }

  /** Nothing is taken out of the headers of an archive: by themselves they cost next to nothing. */
  #follow({ members, follower, deduplicator }: Making, { content, values, tensors }: Gathered): void {
    if (members === undefined) return;
    const { length: at } = deduplicator;
    for (const { dataStart, dataEnd } of follower?.next(content) ?? [{ dataStart: 0, dataEnd: content.length }]) {
      members.push({ dataStart: at + dataStart, dataEnd: at + dataEnd });
      const length = dataEnd - dataStart;
      // Of values with a few missing nobody could tell which they are.
      if (values !== undefined && length === content.length) {
        let start = at;
        for (const run of values) {
          deduplicator.allow({ start, length: run.length }, run.length);
          start += run.length;
        }
        continue;
      }
      const isTyped = values !== undefined || tensors !== undefined;
      deduplicator.allow({ start: at + dataStart, length }, isTyped ? length : undefined);
    }
  }

  *#deduplicate({ content, shape, values, tensors, base }: Gathered, reach: Reach): Generator<Step> {
    if (this.#making !== undefined && !this.#fits(this.#making, content.length)) yield* this.#close(false);
    const making = (this.#making ??= this.#begin(reach, { content, shape, values, tensors, base }));
    this.#follow(making, { content, values, tensors });
    making.blocks.push({ length: content.length, shape, values, tensors, base });
    const { deduplicator, checksum } = making;
    const before = deduplicator.repeatedLength;
    for (let at = 0; at < content.length; at += deduplicator.sliceLength) {
      const slice = content.subarray(at, at + deduplicator.sliceLength);
      deduplicator.take(slice);
      checksum.take(slice);
      yield undefined;
    }
    const gained = { before: deduplicator.repeatedLength - before, within: 0 };
    making.idle = isPromising(gained, content.length) ? 0 : making.idle + content.length;
  }

  /** Whether memory lasts for more content, even if all of it is new: as a whole, as what is left, and coded. */
  #fits({ deduplicator: { length, repeatedLength }, reach }: Making, more: number): boolean {
    const whole = length + more;
    const left = whole - repeatedLength;
    return whole <= MAX_LENGTH && whole + 2 * left <= this.#dedupe[reach].memory;
  }

  /** Ends deduplication. Returns whether it was worth while; if not, blocks as usual were given out. */
  *#close(end: boolean): Generator<Step, boolean> {
    // The content is no longer held when the block is given out: coding it takes long, and memory of its own.
    const block = yield* this.#finish(end);
    if (block === undefined) return false;
    yield block;
    return true;
  }

  *#finish(end: boolean): Generator<Step, PartedBlock | undefined> {
    if (this.#making === undefined) return undefined;
    const { deduplicator, reach, checksum, blocks, members, follower } = this.#making;
    this.#making = undefined;
    const { length } = deduplicator;
    const deduplicated = yield* deduplicator.finish();
    const { output, pieces } = deduplicated;
    const { block, blockSize, mostBlock } = this.#settings;
    if (length - output.length < Math.max(WORTH_BYTES, this.#worthOf(length, follower !== undefined) * length)) {
      let at = 0;
      for (const { length: own, shape, values, tensors, base } of blocks) {
        const next = at + own;
        const content = deduplicator.content(at, next).slice();
        yield { content, shape, values, tensors, base, isOwn: true, ...this.#place(end && next === length) };
        at = next;
      }
      return undefined;
    }
    const { part, mostPart } = this.#dedupe[reach];
    const place = this.#place(end);
    const mayBeOpened =
      block.open === true &&
      length <= (follower === undefined ? mostBlock : blockSize) &&
      mayHaveSpans(deduplicator.content(0, length));
    return {
      ...place,
      closed: mayBeOpened ? { ...place, content: deduplicator.content(0, length).slice() } : undefined,
      contentLength: length,
      checksum: checksum.finish(),
      transform: dedupe,
      input: output,
      parts:
        members === undefined
          ? planParts(output, pieces, part, blockSize)
          : memberParts(deduplicated, members, blocks, part, { usual: blockSize, most: mostPart }),
    };
  }

  /** What deduplication must save of so much content, as a share. */
  #worthOf(length: number, isArchive: boolean): number {
    if (!isArchive) return WORTH_SHARE;
    return length <= this.#settings.blockSize && !this.#dedupe.always ? WORTH_SHARE_IN_ONE : ARCHIVE * WORTH_SHARE;
  }

  #place(end: boolean): Pick<Block, "number" | "last"> {
    return placeOf(this.#units++, end, MAX_BLOCKS);
  }
}
