/** An earlier version, of any length, of what is to be coded. */
import { checkBytes, fnv1a } from "@pith/core";
import { inTurns } from "@pith/core/steps";
import { decodeDifference, type DifferenceOptions, encodeDifference } from "./difference.ts";
import { type LookUp, placesOf } from "./find-copies.ts";
import { MOST_LENGTH } from "./script.ts";

const VERSION = 1;

/**
 * An earlier version of a file, or anything else that it resembles: `compress` of `@pith/codec` codes what is new since then, and
 * `decompress` needs the same one.
 *
 * @example
 * const patch = await compress(newVersion, { prior: new Reference(oldVersion) });
 */
export class Reference {
  /** Names it in files: 8 hexadecimal digits. */
  readonly hash: string;
  /** Bytes of content that are coded with it, at most: 2^28. */
  readonly mostContent: number = MOST_LENGTH;
  readonly #bytes: Uint8Array;
  /** The same for all contents. */
  #lookUp: Promise<LookUp> | undefined;

  /** @param bytes which are kept, not copied */
  constructor(bytes: Uint8Array) {
    this.#bytes = checkBytes("reference", bytes);
    this.hash = fnv1a(this.#bytes, fnv1a([0, VERSION]))
      .toString(16)
      .padStart(8, "0");
  }

  /**
   * Codes content as what is new in it.
   *
   * @param options `position` is where the content lies in its file, its start by default; `onDone` is told how many bytes are done
   * @returns the content itself where more than 4 MiB are new, or a MiB once coded
   */
  async encode(content: Uint8Array, options: DifferenceOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = checkBytes("content", content);
    if (bytes.length > MOST_LENGTH)
      throw new RangeError(`content: expected at most ${MOST_LENGTH} bytes, got ${bytes.length}`);
    this.#lookUp ??= inTurns(placesOf(this.#bytes));
    const reference = { bytes: this.#bytes, lookUp: await this.#lookUp };
    return (await encodeDifference(bytes, reference, options)) ?? bytes.slice();
  }

  /**
   * Undoes {@link Reference.encode}, where it made something shorter.
   *
   * @param offset of the coded bytes in their file, for errors; default 0
   * @param options `onDone` as of {@link Reference.encode}
   * @throws PithError for bytes that it does not write
   */
  async decode(
    coded: Uint8Array,
    offset = 0,
    { onDone }: Pick<DifferenceOptions, "onDone"> = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    return await decodeDifference(checkBytes("coded", coded), this.#bytes, { offset, onDone });
  }
}
