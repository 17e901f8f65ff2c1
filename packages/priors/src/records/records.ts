/** Many short records in one store, each of which can be read by itself. */
import { checkBytes, checkInteger, fnv1a, PithError, type TaskOptions } from "@pith/core";
import { concatenate, type FileSource, type RandomAccessSource, sourceOf } from "@pith/core/bytes";
import { Turns } from "@pith/core/steps";
import { builtInHash, modelWith } from "../knowledge.ts";
import { MOST_CONTENT } from "../model.ts";
import { decodeNumber, encodeNumber } from "../number.ts";
import type { Base, PriorText } from "../prior-file.ts";
import { Prior, textOf } from "../prior.ts";
import { type Coded, type Group, groupsOf, payloadOf } from "./groups.ts";
import { endOfRecords, type Index, MOST_STORE, readIndexes, writeIndex } from "./indexes.ts";
import { HEAD_BEGINNING, headLength, readHead, type StoreHead, writeHead } from "./store-head.ts";

/** Bytes of records that the store's own prior keeps by default: a share of all, within bounds. */
const USUAL_SHARE = 1 / 8;
const [LEAST_USUAL, MOST_USUAL] = [4096, 65_536];
const MOST_SIZE = 2 ** 19;

/** Options of {@link Records.create}. */
export interface CreateRecordsOptions extends TaskOptions {
  /**
   * What the model knows before each record: a prior that is made of these records and kept in the store ("own", the default), the
   * built-in prior ("auto"), nothing ("none"), or a prior of your own, which whoever reads the store has to have.
   */
  readonly prior?: "own" | Base | Prior | undefined;
  /** Most bytes of records in a prior that the store keeps, 1 to 524,288. Default an eighth of all, 4,096 to 65,536. */
  readonly size?: number | undefined;
  /** Notes that each record is a line, without its line feed. Default false. */
  readonly lines?: boolean | undefined;
}

/** Options of {@link Records.open}. */
export interface OpenRecordsOptions {
  /** The prior that the store was written with, if it was one of your own. */
  readonly prior?: Prior | undefined;
}

/** What the bytes of a store hold. */
export interface RecordsSizes {
  /** Head, and the prior that the store keeps. */
  readonly head: number;
  readonly records: number;
  /** Indexes that are in use. */
  readonly indexes: number;
  /** What is in use no more: earlier indexes, and what was not finished. */
  readonly unused: number;
}

/** A group, and where it is. */
interface Placed {
  /** The number of its first record. */
  readonly first: number;
  readonly position: number;
  readonly group: Group;
}

/**
 * A store of records: texts or bytes of up to 65,536 bytes, coded as messages are, with some bits of index and check for each.
 * One store has one prior.
 *
 * @example
 * await writeFile("events.records", await Records.create(events));
 * const store = await Records.open(await readFile("events.records"));
 * const event = await store.get(17);
 * await appendFile("events.records", await store.append(moreEvents));
 */
export class Records {
  /** Records in the store. */
  readonly length: number;
  /** Each record is a line, without its line feed; as its writer said. */
  readonly lines: boolean;
  /** The prior: "kept" in the store, "given" by whoever opens it, "auto" (the built-in one) or "none". */
  readonly prior: StoreHead["prior"];
  /** Names the prior: 8 hexadecimal digits; zeros without one. */
  readonly priorHash: string;
  readonly sizes: RecordsSizes;
  readonly #source: RandomAccessSource;
  readonly #known: Base | PriorText;
  readonly #indexes: readonly Index[];
  readonly #groups: readonly Placed[];
  /** The group that was read last. */
  #read: { readonly group: Group; readonly bytes: Uint8Array } | undefined;

  private constructor(
    source: RandomAccessSource,
    head: { readonly length: number; readonly fields: StoreHead },
    known: Base | PriorText,
    indexes: readonly Index[],
  ) {
    this.#source = source;
    this.#known = known;
    this.#indexes = indexes;
    this.#groups = placed(indexes);
    this.lines = head.fields.lines;
    this.prior = head.fields.prior;
    this.priorHash = digits(head.fields.hash);
    this.length = indexes.reduce((sum, { count }) => sum + count, 0);
    const records = this.#groups.reduce((sum, { group }) => sum + payloadOf(group), 0);
    const used = indexes.reduce((sum, { start, end }) => sum + end - start, 0);
    this.sizes = { head: head.length, records, indexes: used, unused: source.size - head.length - records - used };
  }

  /**
   * Writes a store.
   *
   * @param records text, which is coded in UTF-8, or bytes; 65,536 bytes each at most
   * @returns the store's bytes
   * @throws RangeError if a record is longer, or `size` is out of range; the reason of `signal` when that aborts
   */
  static async create(
    records: Iterable<string | Uint8Array>,
    { prior = "own", size, lines = false, ...task }: CreateRecordsOptions = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    if (size !== undefined) checkInteger("size", size, 1, MOST_SIZE);
    const contents = contentsOf(records);
    const total = contents.reduce((sum, { length }) => sum + length, 0);
    // A prior cannot be made of nothing.
    const isOwn = prior === "own" && total > 0;
    const usual = Math.max(LEAST_USUAL, Math.min(MOST_USUAL, Math.ceil(total * USUAL_SHARE)));
    const chosen = isOwn ? Prior.train(contents, { size: size ?? usual }) : prior === "own" ? "auto" : prior;
    const { fields, known } = await headOf(chosen, isOwn, lines);
    const head = writeHead(fields);
    const coded = await encodeAll(known, contents, task);
    const groups = groupsOf(coded);
    const payload = coded.map(({ bytes }) => bytes);
    const start = head.length + payload.reduce((sum, { length }) => sum + length, 0);
    return concatenate([head, ...payload, writeIndex({ start, previous: head.length, first: 0, groups })]);
  }

  /**
   * Opens a store. Its head and its indexes are read, some bits for each record.
   *
   * @param source the store's bytes, a Blob, or a file that is read at any place
   * @throws PithError `unknown-method` if it was written with a prior of its writer's own, which is not the one given; else if it
   *   is no store, or damaged
   */
  static async open(source: FileSource, { prior }: OpenRecordsOptions = {}): Promise<Records> {
    const file = sourceOf(source);
    const beginning = await file.read(0, Math.min(HEAD_BEGINNING, file.size));
    const length = headLength(beginning);
    const bytes = await file.read(0, Math.min(length, file.size));
    if (bytes.length < length) {
      throw new PithError("truncated", "a store of records ends in its head", {
        offset: bytes.length,
        expected: `${length} bytes`,
        got: bytes.length,
      });
    }
    const fields = readHead(bytes);
    const indexes = await readIndexes(file, length);
    return new Records(file, { length, fields }, await knownTo(fields, prior), indexes);
  }

  /**
   * Reads one record, and the up to 127 others of its group, which have a checksum together.
   *
   * @param index 0 … length − 1
   * @throws RangeError for others, PithError if the record is damaged
   */
  async get(index: number): Promise<Uint8Array<ArrayBuffer>> {
    if (this.length === 0) throw new RangeError("index: expected none, as the store has no records");
    checkInteger("index", index, 0, this.length - 1);
    const at = this.#groups[lastWith(this.#groups, ({ first }) => first <= index)];
    const bytes = await this.#bytesOf(at);
    return await this.#record(at, bytes, index - at.first);
  }

  /** All records, in their order. @throws PithError where the store is damaged */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    const turns = new Turns();
    for (const at of this.#groups) {
      const bytes = await this.#bytesOf(at);
      for (let i = 0; i < at.group.lengths.length; i++) {
        if (turns.isDue) await turns.take();
        yield await this.#record(at, bytes, i);
      }
    }
  }

  /**
   * Codes further records. The store does not have them until these bytes are behind it, and it is opened again; if fewer of them
   * arrive there, it has the records that it had.
   *
   * @param records as of {@link Records.create}
   * @returns bytes to be written behind the store
   * @throws RangeError if a record is too long; the reason of `signal` when that aborts
   */
  async append(records: Iterable<string | Uint8Array>, options: TaskOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const coded = await encodeAll(this.#known, contentsOf(records), options);
    if (coded.length === 0) return new Uint8Array(0);
    const last = this.#indexes[this.#indexes.length - 1];
    const [begun, ...others] = groupsOf(coded);
    // What lies behind the last index was not finished, and stays where it is.
    const merged = merge(this.#indexes, {
      previous: last.end,
      first: this.length,
      groups: [{ ...begun, gap: this.#source.size - last.end }, ...others],
      count: coded.length,
    });
    const payload = coded.map(({ bytes }) => bytes);
    const start = payload.reduce((sum, { length }) => sum + length, this.#source.size);
    const written = concatenate([...payload, writeIndex({ ...merged, start })]);
    if (this.#source.size + written.length < MOST_STORE) return written;
    throw new RangeError(`a store has less than ${MOST_STORE} bytes`);
  }

  /** @throws PithError if they are not those that were written */
  async #bytesOf({ position, group }: Placed): Promise<Uint8Array> {
    if (this.#read?.group === group) return this.#read.bytes;
    const length = payloadOf(group);
    const bytes = await this.#source.read(position, length);
    const got = fnv1a(bytes);
    if (bytes.length !== length || got !== group.checksum) {
      throw new PithError("checksum-mismatch", "records are not those that were written", {
        offset: position,
        end: position + length,
        expected: digits(group.checksum),
        got: digits(got),
      });
    }
    this.#read = { group, bytes };
    return bytes;
  }

  async #record({ position, group }: Placed, bytes: Uint8Array, index: number): Promise<Uint8Array<ArrayBuffer>> {
    let start = 0;
    for (let i = 0; i < index; i++) start += group.lengths[i];
    const coded = bytes.subarray(start, start + group.lengths[index]);
    if (group.stored?.[index] === true) return coded.slice();
    return decodeNumber(await modelWith(this.#known), coded, position + start);
  }
}

function digits(hash: number): string {
  return hash.toString(16).padStart(8, "0");
}

function contentsOf(records: Iterable<string | Uint8Array>): Uint8Array[] {
  const encoder = new TextEncoder();
  return Array.from(records, (record, i) => {
    const bytes = typeof record === "string" ? encoder.encode(record) : checkBytes(`records[${i}]`, record);
    if (bytes.length <= MOST_CONTENT) return bytes;
    throw new RangeError(`records[${i}]: expected at most ${MOST_CONTENT} bytes, got ${bytes.length}`);
  });
}

async function encodeAll(
  known: Base | PriorText,
  contents: readonly Uint8Array[],
  { signal, onProgress }: TaskOptions,
): Promise<Coded[]> {
  const coded: Coded[] = [];
  const total = contents.reduce((sum, { length }) => sum + length, 0);
  const turns = new Turns();
  let done = 0;
  for (const content of contents) {
    signal?.throwIfAborted();
    if (turns.isDue) {
      onProgress?.({ done, total });
      await turns.take();
    }
    done += content.length;
    const number = encodeNumber(await modelWith(known), content);
    const stored = number.length >= content.length && content.length > 0;
    coded.push({ bytes: stored ? content : number, stored });
  }
  onProgress?.({ done, total });
  return coded;
}

/** @param isKept the prior is one that the store keeps */
async function headOf(
  prior: Base | Prior,
  isKept: boolean,
  lines: boolean,
): Promise<{ readonly fields: StoreHead; readonly known: Base | PriorText }> {
  const file = new Uint8Array(0);
  if (prior === "none") return { fields: { prior, hash: 0, lines, file }, known: prior };
  if (prior === "auto") return { fields: { prior, hash: await builtInHash(), lines, file }, known: prior };
  const known = textOf(prior);
  const hash = Number.parseInt(prior.hash, 16);
  if (isKept) return { fields: { prior: "kept", hash, lines, file: await prior.toBytes() }, known };
  return { fields: { prior: typeof known === "string" ? "auto" : "given", hash, lines, file }, known };
}

/** @throws PithError if it is not known to this program, or was not given */
async function knownTo(head: StoreHead, given: Prior | undefined): Promise<Base | PriorText> {
  if (head.prior === "none") return "none";
  const prior =
    head.prior === "auto" ? await Prior.builtIn() : head.prior === "kept" ? await Prior.parse(head.file) : given;
  const hash = digits(head.hash);
  if (prior?.hash === hash) return textOf(prior);
  const problem =
    head.prior === "auto"
      ? "records were written with another version of the built-in prior"
      : head.prior === "kept"
        ? "records were written with another prior than their store keeps"
        : "records were written with a prior of their writer's own, which is not the one given";
  throw new PithError("unknown-method", problem, {
    offset: 4,
    expected: `the prior ${hash}`,
    got: prior?.hash ?? "none",
  });
}

function placed(indexes: readonly Index[]): Placed[] {
  const all: Placed[] = [];
  for (const { previous, first, groups } of indexes) {
    let [at, number] = [previous, first];
    for (const group of groups) {
      at += group.gap;
      all.push({ first: number, position: at, group });
      at += payloadOf(group);
      number += group.lengths.length;
    }
  }
  return all;
}

/** Has an index take over those before it that have no more records, one after the other. */
function merge(
  indexes: readonly Index[],
  added: Pick<Index, "previous" | "first" | "groups" | "count">,
): Pick<Index, "previous" | "first" | "groups" | "count"> {
  const last = indexes.at(-1);
  if (last === undefined || last.count > added.count) return added;
  const [begun, ...others] = added.groups;
  const gap = begun.gap + added.previous - endOfRecords(last);
  return merge(indexes.slice(0, -1), {
    previous: last.previous,
    first: last.first,
    groups: [...last.groups, { ...begun, gap }, ...others],
    count: last.count + added.count,
  });
}

/** The last item of which something is true that is true of the first, and of none behind one of which it is not. */
function lastWith<Item>(items: readonly Item[], isTrue: (item: Item) => boolean): number {
  let [low, high] = [0, items.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isTrue(items[middle])) low = middle;
    else high = middle - 1;
  }
  return low;
}
