/** ONNX models are cut as other files of tensors are, but that what is said of these lies between them. */
import { TensorCutter, type TensorBlock } from "./cutter.ts";
import { foundOf } from "./found-tensors.ts";
import { OnnxTensors } from "./onnx.ts";
import { ALONE, type PlacedTensor } from "./placed-tensor.ts";

export class OnnxCutter {
  readonly #tensors: OnnxTensors;
  readonly #blockSize: number;
  #position = 0;
  /** Known, and not behind. */
  #known: PlacedTensor[] = [];
  /** Cuts the tensor at the position, where that is long. */
  #long: TensorCutter | undefined;

  private constructor(tensors: OnnxTensors, blockSize: number) {
    this.#tensors = tensors;
    this.#blockSize = blockSize;
  }

  /**
   * What cuts a file of which this is the start; undefined where it is no model.
   *
   * @param blockSize bytes of a block at most
   */
  static of(start: Uint8Array, blockSize: number): OnnxCutter | undefined {
    const tensors = OnnxTensors.of(start);
    return tensors && new OnnxCutter(tensors, blockSize);
  }

  /**
   * The next block; undefined where the model ends, or what was taken for one.
   *
   * @param bytes from where the last one ended, at most a block's
   */
  next(bytes: Uint8Array): TensorBlock | undefined {
    const block = this.#long?.next(bytes) ?? this.#block(bytes);
    this.#position += block?.length ?? 0;
    this.#known = this.#known.filter(({ offset, length }) => offset + length > this.#position);
    return block;
  }

  #block(bytes: Uint8Array): TensorBlock | undefined {
    this.#long = undefined;
    const start = this.#position;
    const { tensors, isOver } = this.#tensors.next(bytes, start);
    this.#known.push(...tensors);
    if (isOver && this.#known.length === 0) return undefined;
    const long = this.#known.find(({ length, form }) => length >= ALONE && form !== undefined);
    if (long?.offset === start) {
      this.#long = new TensorCutter([{ ...long, offset: 0 }], this.#blockSize);
      return this.#long.next(bytes);
    }
    const end = Math.min(start + bytes.length, isOver ? Infinity : this.#tensors.position, long?.offset ?? Infinity);
    // One that the end would cut begins the next block.
    const cut = this.#known.find(({ offset, length }) => offset > start && offset < end && offset + length > end);
    const length = (cut?.offset ?? end) - start;
    if (length === 0) return undefined;
    const within = this.#known.map((tensor) => ({ ...tensor, offset: tensor.offset - start }));
    const found = foundOf(within, length);
    return { length, values: undefined, tensors: found.length > 0 ? found : undefined };
  }
}
