/** Writes ONNX models: a message of protobuf with tensors in it, as onnx.proto has them. */
import { joined } from "./content.ts";

const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** A number of variable length. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.of(...bytes, rest);
    bytes.push((rest % 128) + 128);
  }
}

/** A field that is a number, or one that has a length. */
export function field(number: number, content: number | Uint8Array): Uint8Array {
  if (typeof content === "number") return joined(varint(8 * number), varint(content));
  return joined(varint(8 * number + 2), varint(content.length), content);
}

export interface OnnxTensor {
  readonly name: string;
  /** Number of its type: 1 is F32, 10 is F16, 7 is I64. */
  readonly type: number;
  readonly dims: readonly number[];
  readonly data: Uint8Array;
}

/** A tensor, as TensorProto. */
export function tensor({ name, type, dims, data }: OnnxTensor): Uint8Array {
  return joined(...dims.map((size) => field(1, size)), field(2, type), field(8, text(name)), field(9, data));
}

/** A model with these tensors, the last of them in a branch of a node. */
export function onnx(...tensors: readonly OnnxTensor[]): Uint8Array<ArrayBuffer> {
  const [within, ...outer] = [...tensors].reverse();
  const node = joined(field(1, text("x")), field(4, text("If")), field(5, branch(within)));
  const graph = joined(
    field(1, node),
    field(2, text("main")),
    ...outer.reverse().map((each) => field(5, tensor(each))),
    field(11, text("input")),
  );
  return joined(field(1, 8), field(2, text("pith's tests")), field(7, graph), field(8, field(2, 17)));
}

function branch(within: OnnxTensor): Uint8Array {
  return joined(field(1, text("then")), field(6, field(5, tensor(within))));
}
