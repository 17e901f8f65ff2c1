/** What a model learns before a message: text that is not in the message, and that the decoder has too. */
import { checkBytes, checkInteger, checkOneOf, PithError } from "@pith/core";
import { builtInHash, learning, modelWith } from "./knowledge.ts";
import { MOST_CONTENT, MOST_PRIOR } from "./model.ts";
import { decodeNumber, encodeNumber } from "./number.ts";
import { type Base, hashOf, type PriorText, readHead, readText, writePrior } from "./prior-file.ts";
import { joinSamples } from "./samples.ts";

/** Bytes of samples that a prior keeps by default. */
const USUAL_SIZE = 2 ** 18;
/** The most that it can keep; the rest is for the built-in prior below it. */
const MOST_SIZE = MOST_PRIOR / 2;

/** Options of {@link Prior.train}. */
export interface TrainOptions {
  /** Most bytes of samples to keep, 1 to 524,288; of more, an even choice is kept. Default 262,144. */
  readonly size?: number | undefined;
  /** What is learnt before the samples: the built-in prior ("auto", the default) or nothing ("none"). */
  readonly base?: Base | undefined;
}

/** What priors know, for this package alone. */
const texts = new WeakMap<Prior, Base | PriorText>();

/** What a prior has the model learn. @throws TypeError for what is no prior */
export function textOf(prior: Prior): Base | PriorText {
  const text = texts.get(prior);
  if (text === undefined) throw new TypeError('prior: expected "auto", "none" or a Prior');
  return text;
}

/**
 * The user's own prior: records like those that messages will hold. Encoder and decoder need the same one.
 *
 * @example
 * const prior = Prior.train(records);
 * const message = await encodeMessage(record, { prior });
 * await writeFile("my.prior", await prior.toBytes());
 */
export class Prior {
  /** Names it in messages and files: 8 hexadecimal digits. */
  readonly hash: string;
  /** Bytes of content that are coded with it, at most: 65,536. */
  readonly mostContent: number = MOST_CONTENT;

  private constructor(known: Base | PriorText, hash: number) {
    this.hash = hash.toString(16).padStart(8, "0");
    texts.set(this, known);
  }

  /** The built-in prior: what "auto" is, for files, which name it by its hash as any other. */
  static async builtIn(): Promise<Prior> {
    return new Prior("auto", await builtInHash());
  }

  /**
   * @param samples records, one a sample: text, or bytes of any kind
   * @throws RangeError if there is nothing in them, or `size` is out of range
   */
  static train(samples: Iterable<string | Uint8Array>, options: TrainOptions = {}): Prior {
    const { size = USUAL_SIZE, base = "auto" } = options;
    checkInteger("size", size, 1, MOST_SIZE);
    checkOneOf("base", base, ["auto", "none"]);
    const text = joinSamples(samples, size);
    if (text.length === 0) throw new RangeError("samples: expected some bytes to learn from, got none");
    const known: PriorText = { base, text };
    return new Prior(known, hashOf(known));
  }

  /**
   * An old version of what is to be coded, or anything else that it resembles: a message is then the difference.
   *
   * @param bytes at least one; of more than 524,288, the last
   * @throws RangeError if there are none
   */
  static reference(bytes: Uint8Array): Prior {
    const text = checkBytes("reference", bytes).slice(-MOST_SIZE);
    if (text.length === 0) throw new RangeError("reference: expected some bytes, got none");
    const known: PriorText = { base: "auto", text };
    return new Prior(known, hashOf(known));
  }

  /**
   * Reads what {@link Prior.toBytes} wrote.
   *
   * @throws PithError if it is no prior, of another version, or damaged
   */
  static async parse(bytes: Uint8Array): Promise<Prior> {
    const file = checkBytes("bytes", bytes);
    const head = readHead(file, MOST_SIZE);
    return new Prior(await learning(head.base, (model) => readText(model, file, head)), head.hash);
  }

  /** As a file: its samples, compressed. @throws TypeError of the built-in prior, which comes with this package */
  async toBytes(): Promise<Uint8Array<ArrayBuffer>> {
    const known = textOf(this);
    if (typeof known === "string") throw new TypeError("prior: expected one of your own, got the built-in prior");
    let file = new Uint8Array(0);
    await learning(known.base, (model) => {
      file = writePrior(model, known);
      return known;
    });
    return file;
  }

  /**
   * Codes content without the head of a message, for `compress` of `@pith/codec`, which names the prior by its whole hash.
   *
   * @param content at most `mostContent` bytes
   * @throws RangeError if it is longer
   */
  async encode(content: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const { length } = checkBytes("content", content);
    if (length > MOST_CONTENT) throw new RangeError(`content: expected at most ${MOST_CONTENT} bytes, got ${length}`);
    return encodeNumber(await modelWith(textOf(this)), content);
  }

  /**
   * Undoes {@link Prior.encode}.
   *
   * @param offset of the coded bytes in their file, for errors; default 0
   * @throws PithError for bytes that no content has
   */
  async decode(coded: Uint8Array, offset = 0): Promise<Uint8Array<ArrayBuffer>> {
    const { length } = checkBytes("coded", coded);
    if (length <= MOST_CONTENT) return decodeNumber(await modelWith(textOf(this)), coded, offset);
    throw new PithError("length-limit", "coded content is longer than any is", {
      offset: offset + MOST_CONTENT,
      expected: `at most ${MOST_CONTENT} bytes`,
      got: length,
    });
  }
}
