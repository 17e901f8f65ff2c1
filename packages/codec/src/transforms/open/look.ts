import { membersOf, nextCandidate, openAt, openWhole, searchFrom } from "../../kinds/find.ts";
import type { Found, Hint, Member, OpeningTools } from "../../kinds/kind.ts";
import type { SampleShape } from "../../bytes/sample-shape.ts";
import type { ValueRun } from "../../bytes/value-run.ts";
import { tensorsIn, type FoundTensor } from "../../kinds/weights/found-tensors.ts";
import { isNpy } from "../../kinds/weights/npy.ts";
import type { CodingMethodName } from "../../methods/registry.ts";
import { STRETCH } from "../dedupe/sorter.ts";
import { Groups } from "./groups.ts";
import { FIRST_GROUP, GLUE, isSpan, MOST_DEPTH, MOST_STREAMS, NOISE, type Item } from "./items.ts";

/** Content that has a method of its own. */
export interface Own {
  readonly start: number;
  /** In bytes. */
  readonly length: number;
  readonly method: CodingMethodName;
  readonly shape?: SampleShape | undefined;
  readonly values?: readonly ValueRun[] | undefined;
}

/** Pixels as they are, or as they were filtered; by the models of bytes, or by that of samples. */
export type PictureForm = "filtered" | "bytes" | "samples";

/** Tells what content is, so that each can be coded as what it is. */
export interface Sorter {
  /** What most of some bytes is. */
  kindOf(bytes: Uint8Array): "text" | "binary" | "dna";
  /** Whether no method makes a stretch of 64 KiB smaller. */
  isIncompressible(stretch: Uint8Array): boolean;
  /** What begins at a place, if a method of its own codes it. */
  methodAt(content: Uint8Array, at: number): Own | undefined;
  /** Whether values of tensors become smaller as such than as bytes. @yields now and then */
  areValues(bytes: Uint8Array, values: readonly ValueRun[]): Generator<unknown, boolean>;
  /** What begins with the content, if it is samples that the method for them makes smaller. @yields now and then */
  samplesOf(content: Uint8Array): Generator<unknown, Own | undefined>;
  /** How the rows of a picture become smallest, about. @yields now and then */
  formOf(filtered: Uint8Array, pixels: Uint8Array, shape: SampleShape): Generator<unknown, PictureForm>;
}

/** What lies between spans is together, up to this length; longer runs are sorted. */
const MOST_GLUE = 1024;
/** Bytes of a run between spans that are sorted together. */
const PAGE = 16_384;
/** Share of content that must lie in spans: to sort what is around less would cost more than it brings. */
const LEAST_SHARE = 1 / 128;
/** Share of content in one stream from which on, if hardly anything lies in spans, there is nothing to sort. */
const MOST_ALIKE = 15 / 16;
/** Spans that lie deeper are not looked through: one of a few kinds in each other still fits below them. */
const MOST_SEARCHED = MOST_DEPTH - 4;
/** Bytes that are looked through between two steps. */
const STEP = 2 ** 20;

/** What is known of content before it is looked at. */
export interface Known {
  /** Tensors, in order: nothing else is looked for. */
  readonly tensors?: readonly FoundTensor[] | undefined;
  /** Members of an archive, of which parts may be missing. */
  readonly members?: readonly Member[] | undefined;
}

/**
 * Looks for what can be taken apart.
 *
 * @param known what is known of it
 * @returns undefined if there is nothing
 * @yields now and then
 */
export function* look(
  content: Uint8Array,
  sorter: Sorter,
  tools: OpeningTools,
  { tensors, members }: Known = {},
): Generator<undefined, readonly Item[] | undefined> {
  const searcher = new Searcher(sorter, tools);
  const items = yield* members === undefined
    ? searcher.items(content, tensors && { known: tensors }, 0)
    : searcher.archive(content, members, 0);
  return searcher.found && isWorthIt(items, content.length) ? items : undefined;
}

/** Whether there is something to take apart, or to sort: the members of a tar may be all alike. */
function isWorthIt(items: readonly Item[], length: number): boolean {
  const streams = new Map<number, number>();
  let own = 0;
  for (const item of items) {
    if (isSpan(item) || item.method !== undefined) own += isSpan(item) ? item.length : item.bytes.length;
    else streams.set(item.stream, (streams.get(item.stream) ?? 0) + item.bytes.length);
  }
  return own >= LEAST_SHARE * length || Math.max(0, ...streams.values()) < MOST_ALIKE * length;
}

/** What is known of content, and of what has methods of its own in it. */
interface SearchHint extends Hint {
  readonly known?: readonly FoundTensor[] | undefined;
}

class Searcher {
  /** Whether there is anything that is worth to be taken apart. */
  found = false;
  readonly #sorter: Sorter;
  readonly #tools: OpeningTools;
  /** Bytes that may still come out of spans. */
  #room: number;
  readonly #groups = new Groups(FIRST_GROUP, MOST_STREAMS - 1);
  /** Of values of tensors. */
  #valuesStream: number | undefined;

  constructor(sorter: Sorter, tools: OpeningTools) {
    this.#sorter = sorter;
    this.#tools = tools;
    this.#room = tools.room;
  }

  *items(content: Uint8Array, hint: SearchHint | undefined, depth: number): Generator<undefined, Item[]> {
    if (hint?.known !== undefined)
      return yield* this.#around(content, yield* this.#worthIt(content, hint.known), depth);
    if (hint?.picture !== undefined) return this.#picture(content, hint.picture);
    if (depth >= MOST_DEPTH && hint?.found === undefined) return this.#sorted(content);
    if (hint?.found !== undefined) {
      this.#room -= hint.found.opened.inside.length;
      return yield* this.#around(content, [hint.found], depth);
    }
    if (hint?.opens !== undefined) {
      const found = hint.opens(content, this.#toolsNow());
      const formed = found && (yield* this.#formed(content, found));
      return formed === undefined ? this.#sorted(content) : yield* this.#around(content, [formed], depth);
    }
    if (depth > MOST_SEARCHED) return this.#sorted(content);
    const tensors = yield* this.#worthIt(content, tensorsIn(content));
    if (tensors.length > 0) return yield* this.#around(content, tensors, depth);
    const members = membersOf(content);
    if (members.length > 0) return yield* this.archive(content, members, depth);
    const samples = yield* quietly(this.#sorter.samplesOf(content));
    if (samples !== undefined && !this.#groups.isFull) return yield* this.#around(content, [samples], depth);
    const whole = hint?.isText === true ? undefined : this.#whole(content);
    if (whole === undefined) return yield* this.#search(content, depth);
    this.#room -= whole.opened.inside.length;
    return yield* this.#around(content, [whole], depth);
  }

  /** What was found, as it becomes smallest; undefined if rows of pixels are better off with their filters. */
  *#formed(content: Uint8Array, found: Found): Generator<undefined, Found | undefined> {
    const { hint, inside } = found.opened;
    const { picture } = hint ?? {};
    if (picture?.shape === undefined) return found;
    const form = yield* quietly(this.#sorter.formOf(content, inside.subarray(picture.from), picture.shape));
    if (form === "filtered") return undefined;
    const shape = form === "samples" ? picture.shape : undefined;
    return { ...found, opened: { ...found.opened, hint: { ...hint, picture: { from: picture.from, shape } } } };
  }

  /** What content is as a whole. */
  #whole(content: Uint8Array): Found | undefined {
    const found = openWhole(content);
    return found !== undefined && found.opened.inside.length <= this.#room ? found : undefined;
  }

  #toolsNow(): OpeningTools {
    return { ...this.#tools, room: this.#room };
  }

  /** Members, and what is between them. */
  *archive(content: Uint8Array, members: readonly Member[], depth: number): Generator<undefined, Item[]> {
    this.found = true;
    const items: Item[] = [];
    let at = 0;
    for (const { dataStart, dataEnd } of members) {
      if (dataStart > at) items.push({ bytes: content.subarray(at, dataStart), stream: GLUE });
      if (dataEnd > dataStart)
        items.push(...(yield* this.items(content.subarray(dataStart, dataEnd), undefined, depth + 1)));
      at = dataEnd;
    }
    if (at < content.length) items.push({ bytes: content.subarray(at), stream: GLUE });
    return items;
  }

  *#search(content: Uint8Array, depth: number): Generator<undefined, Item[]> {
    const found: (Found | Own)[] = [];
    let searched = searchFrom(content, 0);
    let step = STEP;
    for (let at = 0; at < content.length;) {
      const candidate = nextCandidate(content, at);
      if (searched !== undefined && searched.start < at) searched = searchFrom(content, at);
      const isSearched = searched !== undefined && searched.start <= candidate;
      const span = isSearched ? searched : yield* this.#beginningAt(content, candidate);
      if (span === undefined) at = candidate + 1;
      else {
        found.push(span);
        if ("opened" in span) this.#room -= span.opened.inside.length;
        at = span.start + ("opened" in span ? span.opened.length : span.length);
      }
      if (span === undefined && at < step) continue;
      step = at + STEP;
      yield undefined;
    }
    return yield* this.#around(content, found, depth);
  }

  /** What begins at a place. */
  *#beginningAt(content: Uint8Array, at: number): Generator<undefined, Found | Own | undefined> {
    if (at >= content.length) return undefined;
    if (!isNpy(content, at)) return openAt(content, at, this.#toolsNow()) ?? this.#ownAt(content, at);
    // Of an array there is one tensor.
    const array = yield* this.#worthIt(content.subarray(at), tensorsIn(content.subarray(at)));
    return array.map((own) => ({ ...own, start: at + own.start })).at(0);
  }

  /** Tensors that are smaller as such: of each form by trial on the longest. */
  *#worthIt(content: Uint8Array, all: readonly FoundTensor[]): Generator<undefined, Own[]> {
    const longest = new Map<string, FoundTensor>();
    for (const tensor of all) {
      const before = longest.get(tensor.form);
      if (before === undefined || before.length < tensor.length) longest.set(tensor.form, tensor);
    }
    const worth = new Set<string>();
    for (const [form, { start, length, values }] of longest) {
      const isWorth = yield* quietly(this.#sorter.areValues(content.subarray(start, start + length), values));
      if (isWorth) worth.add(form);
    }
    return all.flatMap(({ form, start, length, values }) =>
      worth.has(form) ? [{ start, length, method: "weights" as const, values }] : [],
    );
  }

  #ownAt(content: Uint8Array, at: number): Own | undefined {
    const own = this.#sorter.methodAt(content, at);
    return this.#groups.isFull ? undefined : own;
  }

  /** Spans, what is in them, and what is between them. */
  *#around(content: Uint8Array, all: readonly (Found | Own)[], depth: number): Generator<undefined, Item[]> {
    const inSpans = all.reduce((sum, each) => sum + ("opened" in each ? each.opened : each).length, 0);
    const found = inSpans >= LEAST_SHARE * content.length ? all : [];
    const items: Item[] = [];
    let at = 0;
    for (const each of found) {
      const { start } = each;
      if (!("opened" in each)) {
        const { length } = each;
        this.found = true;
        items.push(...this.#between(content.subarray(at, start)));
        items.push(this.#own(content.subarray(start, start + length), each));
        at = start + length;
        continue;
      }
      const { opened } = each;
      const { kind, fields, length, inside, hint, encode } = opened;
      const within = yield* this.items(inside, hint, depth + 1);
      // Chunks by themselves are not worth it.
      if (encode === undefined && kind.name === "png" && !within.some(isSpan)) continue;
      this.found = true;
      items.push(...this.#between(content.subarray(at, start)));
      items.push({ kind, fields, length, insideLength: inside.length, inside: within, encode });
      at = start + length;
    }
    items.push(...(found.length === 0 ? this.#sorted(content) : this.#between(content.subarray(at))));
    return items;
  }

  /** Content with a method of its own; values of tensors are coded together, but quantised ones. */
  #own(bytes: Uint8Array, { method, shape, values }: Own): Item {
    const isShared = values?.every(({ fields }) => fields === undefined) === true;
    if (isShared && (this.#valuesStream !== undefined || !this.#groups.isFull)) {
      this.#valuesStream ??= this.#groups.ownStream();
      return { bytes, stream: this.#valuesStream, method, values };
    }
    if (this.#groups.isFull) return { bytes, stream: this.#groups.ownStream() };
    return { bytes, stream: this.#groups.ownStream(), method, shape, values };
  }

  /** What lies between spans. */
  #between(bytes: Uint8Array): Item[] {
    if (bytes.length === 0) return [];
    return bytes.length <= MOST_GLUE ? [{ bytes, stream: GLUE }] : this.#pages(bytes);
  }

  #pages(bytes: Uint8Array): Item[] {
    const items: Item[] = [];
    let start = 0;
    let stream: number | undefined;
    for (let at = 0; at < bytes.length; at += PAGE) {
      const next = this.#streamOf(
        bytes.subarray(at, at + PAGE),
        bytes.subarray(at - (at % STRETCH), at - (at % STRETCH) + STRETCH),
      );
      if (stream !== undefined && next !== stream) {
        items.push({ bytes: bytes.subarray(start, at), stream });
        start = at;
      }
      stream = next;
    }
    if (stream !== undefined) items.push({ bytes: bytes.subarray(start), stream });
    return items;
  }

  #streamOf(page: Uint8Array, stretch: Uint8Array): number {
    if (stretch.length === STRETCH && this.#sorter.isIncompressible(stretch)) return NOISE;
    return this.#groups.streamFor(page, this.#sorter.kindOf(page) === "text" ? "text" : "binary");
  }

  /** Content that is one thing, as a whole. */
  #sorted(bytes: Uint8Array): Item[] {
    if (bytes.length === 0) return [];
    if (bytes.length >= STRETCH && this.#hasNoise(bytes)) return this.#pages(bytes);
    const kind = this.#sorter.kindOf(bytes);
    const stream = kind === "dna" ? this.#groups.ownStream() : this.#groups.streamFor(bytes, kind);
    return [{ bytes, stream }];
  }

  #hasNoise(bytes: Uint8Array): boolean {
    for (let at = 0; at + STRETCH <= bytes.length; at += STRETCH) {
      if (this.#sorter.isIncompressible(bytes.subarray(at, at + STRETCH))) return true;
    }
    return false;
  }

  #picture(content: Uint8Array, { from, shape }: NonNullable<Hint["picture"]>): Item[] {
    const filters = content.subarray(0, from);
    const pixels = content.subarray(from);
    const items: Item[] = [{ bytes: filters, stream: this.#groups.streamFor(filters, "binary") }];
    if (pixels.length === 0) return items;
    const isOwn = shape !== undefined && !this.#groups.isFull;
    const own = isOwn ? { method: "samples" as const, shape } : {};
    items.push({ bytes: pixels, stream: this.#groups.ownStream(), ...own });
    return items;
  }
}

/** Steps of which it does not matter how far they are. */
function* quietly<Result>(steps: Generator<unknown, Result>): Generator<undefined, Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield undefined;
  }
}
