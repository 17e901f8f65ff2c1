/** An earlier version, of any length, of what is to be coded. */
import { checkBytes, fnv1a } from "@pith/core";
import { decodeDifference, encodeDifference } from "./difference.ts";
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
   * @returns the content itself where more than 4 MiB are new, or a MiB once coded
   */
  async encode(content: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = checkBytes("content", content);
    if (bytes.length > MOST_LENGTH)
      throw new RangeError(`content: expected at most ${MOST_LENGTH} bytes, got ${bytes.length}`);
    return (await encodeDifference(bytes, this.#bytes)) ?? bytes.slice();
  }

  /**
   * Undoes {@link Reference.encode}, where it made something shorter.
   *
   * @param offset of the coded bytes in their file, for errors; default 0
   * @throws PithError for bytes that it does not write
   */
  async decode(coded: Uint8Array, offset = 0): Promise<Uint8Array<ArrayBuffer>> {
    return await decodeDifference(checkBytes("coded", coded), this.#bytes, offset);
  }
}
