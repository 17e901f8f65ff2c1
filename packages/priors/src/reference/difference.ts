/** A content as what is new since a reference: a script, and new bytes, by a model that learns what of the reference is near. */
import { PithError } from "@pith/core";
import { ByteReader, ByteWriter, concatenate } from "@pith/core/bytes";
import { inTurns, Turns } from "@pith/core/steps";
import { builtInParts } from "../knowledge.ts";
import { Model } from "../model.ts";
import { findCopies, type LookUp } from "./find-copies.ts";
import { MOST_LENGTH, readScript, type Step, writeScript } from "./script.ts";

/** Bytes of the script, of new bytes beside it, and of all that the model learns, at most. */
const MOST_SCRIPT = 2 ** 22;
const MOST_INSERTED = 2 ** 22;
const MOST_LEARNT = 2 ** 26;
/** Bytes of the reference that are learnt at a time, each once, and how many before and behind the place of new bytes. */
const PAGE = 256;
const AROUND = 4096;
/** Bytes of the content before new ones that are learnt again, so that contexts are those of that place. */
const BEFORE = 32;
/** Longest reference that is learnt as a whole. */
const MOST_WHOLE = 2 ** 17;
/** A share of bytes that text does not have. */
const LEAST_OTHER = 1 / 50;
const SAMPLE = 65_536;
/** Longest content that is tried in more than one manner. */
const MOST_TRIED = 2 ** 21;
/** Of the first byte: the model knows the built-in prior; new bytes that stand in for others are in the script. */
const KNOWING = 1;
const INLINE = 2;

/** How a content is coded. */
interface Manner {
  readonly knowing: boolean;
  readonly inline: boolean;
  /** Bytes with which the reference must go on where it is expected to, so that they are copied. */
  readonly leastExpected: number;
}

/** The first for long ones. Whether a model that has learnt what is near says it in fewer bits than a copy takes, is tried. */
const OF_TEXT: readonly Manner[] = [
  { knowing: false, inline: false, leastExpected: 48 },
  { knowing: false, inline: false, leastExpected: 250 },
  { knowing: true, inline: false, leastExpected: 24 },
];
/** Of programs, in which many addresses are moved, and of others that are no text. */
const OF_OTHERS: readonly Manner[] = [
  { knowing: false, inline: true, leastExpected: 6 },
  { knowing: false, inline: false, leastExpected: 64 },
];

/** What stands before the coded bytes. */
interface Head extends Pick<Manner, "knowing" | "inline"> {
  readonly length: number;
  readonly scriptLength: number;
  /** Bytes that the model learns and codes beside the built-in prior. */
  readonly room: number;
}

/** A reference, in which places were looked for once. */
interface SearchedReference {
  readonly bytes: Uint8Array;
  readonly lookUp: LookUp;
}

/** How to code. */
export interface DifferenceOptions {
  /** Where the content lies in its file. */
  readonly position?: number | undefined;
  /** Is told how many bytes of the content are done. */
  readonly onDone?: ((done: number) => void) | undefined;
}

/** @returns undefined if there is too much that is new */
export async function encodeDifference(
  content: Uint8Array,
  reference: SearchedReference,
  { position = 0, onDone }: DifferenceOptions,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let best: Uint8Array<ArrayBuffer> | undefined;
  const usual = isText(content) ? OF_TEXT : OF_OTHERS;
  const tries = content.length > MOST_TRIED ? 1 : usual.length;
  for (const [i, manner] of usual.entries()) {
    if (best !== undefined && i >= tries) break;
    const coded = await encodeIn(manner, content, { ...reference, position }, (share) => {
      onDone?.(Math.floor(Math.min(1, (i + share) / tries) * content.length));
    });
    if (best === undefined || (coded !== undefined && coded.length < best.length)) best = coded;
  }
  return best;
}

async function encodeIn(
  { knowing, inline, leastExpected }: Manner,
  content: Uint8Array,
  { bytes: reference, lookUp, position }: SearchedReference & { readonly position: number },
  onShare: (share: number) => void,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const steps = await inTurns(findCopies(content, reference, lookUp, { leastExpected, position }));
  const { script, isIn } = writeScript({ content, reference, steps, inline });
  const beside = steps.map((step, i) => ({ ...step, isIn: isIn[i] }));
  const { inserted, learnt } = sizesOf(beside, reference.length);
  const room = script.length + inserted + learnt;
  if (inserted > MOST_INSERTED || script.length > MOST_SCRIPT || room > MOST_LEARNT) return undefined;
  const head: Head = { length: content.length, scriptLength: script.length, room, knowing, inline };
  const model = await modelFor(head);
  const { kernel } = model;
  const coded: number[] = [];
  kernel.startInterval();
  const turns = new Turns();
  let done = 0;
  const encode = async (bytes: Uint8Array): Promise<void> => {
    for (const [i, byte] of bytes.entries()) {
      kernel.encodeByte(byte);
      coded.push(...model.agreed());
      if (!turns.isDue) continue;
      onShare((done + i) / room);
      await turns.take();
    }
    done += bytes.length;
  };
  const prime = (bytes: Uint8Array): void => {
    model.prime(bytes);
    done += bytes.length;
  };
  await encode(script);
  const lessons = new Lessons(reference.length, (from, end) => prime(reference.subarray(from, end)));
  let at = 0;
  for (const step of beside) {
    if (step.inserted > 0 && !step.isIn) {
      lessons.before(step.inserted);
      prime(content.subarray(Math.max(0, at - BEFORE), at));
      await encode(content.subarray(at, at + step.inserted));
    }
    at += step.inserted + step.copied;
    lessons.copied(step);
  }
  // As in coded-text.ts.
  const low = kernel.lowEnd() >>> 0;
  if (low !== 0) coded.push((low >>> 24) + 1);
  return coded.length > kernel.numberRoom() ? undefined : concatenate([writeHead(head), Uint8Array.from(coded)]);
}

/** @throws PithError if it is no difference from this reference */
export async function decodeDifference(
  bytes: Uint8Array,
  reference: Uint8Array,
  { offset, onDone }: { readonly offset: number } & Pick<DifferenceOptions, "onDone">,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new ByteReader(bytes, offset);
  const head = readHead(reader);
  const coded = bytes.subarray(reader.position);
  const end = offset + bytes.length;
  const model = await modelFor(head);
  const { kernel } = model;
  if (coded.length > kernel.numberRoom()) {
    throw wrongEnd("trailing-data", end, kernel.numberRoom(), coded.length);
  }
  model.startDecoding(coded);
  let used = 0;
  const turns = new Turns();
  let done = 0;
  const decodeInto = async (bytes: Uint8Array): Promise<void> => {
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = kernel.decodeByte();
      used += kernel.agreedLength();
      if (used > coded.length) throw wrongEnd("truncated", end, used, coded.length);
      if (!turns.isDue) continue;
      onDone?.(Math.floor((head.length * (done + i)) / head.room));
      await turns.take();
    }
    done += bytes.length;
  };
  const prime = (bytes: Uint8Array): void => {
    model.prime(bytes);
    done += bytes.length;
  };
  const script = new Uint8Array(head.scriptLength);
  await decodeInto(script);
  const { length, inline } = head;
  const steps = readScript(script, { length, size: reference.length, inline, offset });
  const beside = steps.map((step) => ({ ...step, isIn: step.differences !== undefined }));
  const { inserted, learnt } = sizesOf(beside, reference.length);
  const room = script.length + inserted + learnt;
  if (room !== head.room) throw invalid("a difference needs other room", offset, room, head.room);
  const content = new Uint8Array(length);
  const lessons = new Lessons(reference.length, (from, past) => prime(reference.subarray(from, past)));
  let at = 0;
  for (const step of beside) {
    const { differences } = step;
    if (differences !== undefined) {
      for (const [i, value] of differences.entries()) content[at + i] = reference[lessons.place + i] + value;
    } else if (step.inserted > 0) {
      lessons.before(step.inserted);
      prime(content.subarray(Math.max(0, at - BEFORE), at));
      await decodeInto(content.subarray(at, at + step.inserted));
    }
    at += step.inserted;
    content.set(reference.subarray(step.from, step.from + step.copied), at);
    at += step.copied;
    lessons.copied(step);
  }
  const expected = used + (kernel.lowEnd() === 0 ? 0 : 1);
  if (expected === coded.length) return content;
  throw wrongEnd(expected > coded.length ? "truncated" : "trailing-data", end, expected, coded.length);
}

/** What of a reference the model learns, and when: what is near a place where bytes are new, each page once. */
class Lessons {
  /** Where the reference goes on behind the last copy. */
  place = 0;
  readonly #size: number;
  readonly #learn: (from: number, end: number) => void;
  readonly #learnt: Uint8Array;

  /** @param size of the reference @param learn has the model learn a part of it */
  constructor(size: number, learn: (from: number, end: number) => void) {
    this.#size = size;
    this.#learn = learn;
    this.#learnt = new Uint8Array(Math.ceil(size / PAGE));
  }

  /** So many new bytes come. */
  before(count: number): void {
    const pages = this.#learnt.length;
    const whole = this.#size <= MOST_WHOLE;
    const first = whole ? 0 : Math.max(0, Math.floor((this.place - AROUND) / PAGE));
    const end = whole ? pages : Math.min(pages, Math.ceil((this.place + Math.min(count, AROUND) + AROUND) / PAGE));
    for (let page = first; page < end; page++) {
      if (this.#learnt[page] === 1) continue;
      let past = page;
      while (past < end && this.#learnt[past] === 0) this.#learnt[past++] = 1;
      this.#learn(page * PAGE, Math.min(past * PAGE, this.#size));
    }
  }

  copied({ copied, from }: Step): void {
    this.place = from + copied;
  }
}

/** Bytes that are coded beside the script, and what the model learns before them. */
function sizesOf(
  steps: readonly (Step & { readonly isIn: boolean })[],
  size: number,
): { readonly inserted: number; readonly learnt: number } {
  let [inserted, learnt, at] = [0, 0, 0];
  const lessons = new Lessons(size, (from, end) => (learnt += end - from));
  for (const step of steps) {
    if (step.inserted > 0 && !step.isIn) {
      lessons.before(step.inserted);
      learnt += Math.min(at, BEFORE);
      inserted += step.inserted;
    }
    at += step.inserted + step.copied;
    lessons.copied(step);
  }
  return { inserted, learnt };
}

async function modelFor({ room, knowing }: Head): Promise<Model> {
  if (!knowing) return new Model(room);
  const { text, network, parameters } = await builtInParts();
  const model = new Model(text.length + room);
  model.primeFirst(text);
  model.takeNetwork(network);
  model.takeParameters(parameters);
  return model;
}

function isText(content: Uint8Array): boolean {
  const sample = content.subarray(0, SAMPLE);
  const other = sample.reduce((count, byte) => count + (byte < 0x20 && (byte < 0x09 || byte > 0x0d) ? 1 : 0), 0);
  return other < LEAST_OTHER * sample.length;
}

function writeHead({ length, scriptLength, room, knowing, inline }: Head): Uint8Array {
  const writer = new ByteWriter();
  writer.byte((knowing ? KNOWING : 0) | (inline ? INLINE : 0));
  writer.varint(length);
  writer.varint(scriptLength);
  writer.varint(room);
  return writer.finish();
}

function readHead(reader: ByteReader): Head {
  const { offset } = reader;
  const flags = reader.byte();
  if (flags > (KNOWING | INLINE)) throw invalid("a difference has flags that are not known", offset, "0 to 3", flags);
  const bounded = (name: string, most: number): number => {
    const start = reader.offset;
    const value = reader.varint(name);
    if (value <= most) return value;
    throw new PithError("length-limit", `${name} of a difference is too large`, {
      offset: start,
      expected: `at most ${most}`,
      got: value,
    });
  };
  return {
    knowing: (flags & KNOWING) !== 0,
    inline: (flags & INLINE) !== 0,
    length: bounded("the content", MOST_LENGTH),
    scriptLength: bounded("the script", MOST_SCRIPT),
    room: bounded("the room", MOST_LEARNT),
  };
}

function invalid(problem: string, offset: number, expected: string | number, got: number): PithError {
  return new PithError("invalid-field", problem, { offset, expected, got });
}

function wrongEnd(code: "truncated" | "trailing-data", offset: number, expected: number, got: number): PithError {
  const problem =
    code === "truncated" ? "a difference ends before its content does" : "a difference goes on behind its content";
  return new PithError(code, problem, { offset, expected, got });
}
