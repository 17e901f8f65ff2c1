/** Codes the coefficients of a JPEG. */
import { decodeSlices, encodeSlices, type Extent } from "@pith/core/coding";
import type { JpegKernel } from "../../generated/jpeg-exports.ts";
import type { Frame } from "./frame.ts";

/** Blocks, about a millisecond. */
const FIRST_SLICE = 4;

/** The coefficients of one picture, in the memory of the kernel that codes them. */
export class Coefficients {
  readonly #kernel: JpegKernel;
  readonly #extent: Extent;
  readonly values: Int16Array;

  /**
   * All coefficients are zero at first.
   *
   * @param tableBits log2 of the slots that a context has
   */
  constructor(kernel: JpegKernel, { components, blocks }: Frame, tableBits: number) {
    kernel.reset();
    let first: number | undefined;
    for (const { wide, high } of components) {
      const address = kernel.addPlane(wide, high);
      first ??= address;
    }
    kernel.start(tableBits);
    this.#kernel = kernel;
    this.#extent = { count: blocks, first: FIRST_SLICE };
    this.values = new Int16Array(kernel.memory.buffer, first, 64 * blocks);
  }

  /** @param table in rows of 8 */
  quantise(component: number, table: Uint16Array): void {
    new Uint16Array(this.#kernel.memory.buffer, this.#kernel.quantisationAddress(component), 64).set(table);
  }

  /** @yields blocks done so far; @returns the coded bytes */
  encode(): Generator<number, Uint8Array> {
    return encodeSlices(this.#kernel, this.#extent, (_, count) => this.#kernel.encode(count));
  }

  /**
   * Undoes {@link Coefficients.encode}.
   *
   * @param offset where the coded bytes lie in the file, for errors
   * @yields blocks done so far
   * @throws PithError `truncated` or `trailing-data` if the coded bytes do not end where the picture does
   */
  decode(bytes: Uint8Array, offset: number): Generator<number, void> {
    const coded = { bytes, offset, name: "coded coefficients" };
    return decodeSlices(this.#kernel, this.#extent, coded, (_, count) => this.#kernel.decode(count));
  }
}
