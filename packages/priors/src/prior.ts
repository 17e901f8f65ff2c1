/** What a model learns before a message: text that is not in the message, and that the decoder has too. */
import { checkBytes, checkInteger, checkOneOf } from "@pith/core";
import { modelWith } from "./knowledge.ts";
import { MOST_PRIOR } from "./model.ts";
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

/** The texts of priors, for this package alone. */
const texts = new WeakMap<Prior, PriorText>();

/** What a prior has the model learn. @throws TypeError for what is no prior */
export function textOf(prior: Prior): PriorText {
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
  /** Names it in messages: 8 hexadecimal digits. */
  readonly hash: string;

  private constructor(text: PriorText) {
    this.hash = hashOf(text).toString(16).padStart(8, "0");
    texts.set(this, text);
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
    return new Prior({ base, text });
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
    return new Prior({ base: "auto", text });
  }

  /**
   * Reads what {@link Prior.toBytes} wrote.
   *
   * @throws PithError if it is no prior, of another version, or damaged
   */
  static async parse(bytes: Uint8Array): Promise<Prior> {
    const file = checkBytes("bytes", bytes);
    const head = readHead(file, MOST_SIZE);
    return new Prior(readText(await modelWith(head.base), file, head));
  }

  /** As a file: its samples, compressed. */
  async toBytes(): Promise<Uint8Array<ArrayBuffer>> {
    const text = textOf(this);
    return writePrior(await modelWith(text.base), text);
  }
}
