import { PithError } from "@pith/core";
import { looksLikeOnnx, OnnxReader, type TensorInfo } from "@pith/tensors";
import { formOf, type PlacedTensor } from "./placed-tensor.ts";

/** The tensors of an ONNX model that begins so, as far as it is there; none where it is none. */
export function onnxAt(content: Uint8Array): PlacedTensor[] {
  return OnnxTensors.of(content)?.next(content, 0).tensors ?? [];
}

/** The tensors of an ONNX model, which lie between what is said of them: they are known as the bytes come. */
export class OnnxTensors {
  readonly #reader = new OnnxReader();
  #isOver = false;

  /** Those of a file that begins so; undefined where it is no model. */
  static of(start: Uint8Array): OnnxTensors | undefined {
    return looksLikeOnnx(start) ? new OnnxTensors() : undefined;
  }

  /** Up to where the file is known. */
  get position(): number {
    return this.#reader.position;
  }

  /**
   * @param bytes of the file, from an offset on that was reached before
   * @returns tensors that begin there, and whether more may follow
   */
  next(bytes: Uint8Array, offset: number): { tensors: PlacedTensor[]; isOver: boolean } {
    if (this.#isOver) return { tensors: [], isOver: true };
    try {
      const before = this.#reader.position;
      const tensors = this.#reader.read(bytes, offset).map(placed);
      // What does not fit into a block is no model.
      if (this.#reader.position === before && before < offset + bytes.length) this.#isOver = true;
      return { tensors, isOver: this.#isOver };
    } catch (error) {
      // What is damaged there is no reason not to code it.
      if (!(error instanceof PithError)) throw error;
      this.#isOver = true;
      return { tensors: [], isOver: true };
    }
  }
}

function placed({ type, shape, offset, length }: TensorInfo): PlacedTensor {
  const row = shape.length > 1 ? Math.max(1, shape[shape.length - 1]) : 1;
  return { offset, length, row, form: formOf(type.unitBytes, type.exponentBits > 0, length) };
}
