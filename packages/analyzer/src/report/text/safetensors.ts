import type { SafetensorsAnalysis, TensorAnalysis } from "../../safetensors/analyzer.ts";
import { formatBits, formatBytes, formatCount, formatPlural, formatShare } from "../numbers.ts";
import { summariseTypes, ORDER_ZERO_NOTE } from "../weights.ts";
import { printable, table, wrap } from "./lines.ts";

const SHOWN_TENSORS = 20;

/** The tensors as a table, the largest if they are many. */
export function safetensorsLines(found: SafetensorsAnalysis, width: number, full: boolean): string[] {
  const { tensors, orderZero, fileLength } = found;
  const shown = full ? tensors : largest(tensors, SHOWN_TENSORS);
  const types = summariseTypes(found).map(
    ({ type, tensors: count, values, orderZeroBits }) =>
      `${type}: ${formatPlural(count, "tensor")}, ${formatCount(values)} values, ${formatBits(orderZeroBits)} bits each`,
  );
  const columns = [
    { title: "tensor", align: "left" },
    { title: "type", align: "left" },
    { title: "shape", align: "left", expendable: true },
    { title: "size", align: "right" },
    { title: "sign", align: "right", expendable: true },
    { title: "exp.", align: "right", expendable: true },
    { title: "mant.", align: "right", expendable: true },
    { title: "bits", align: "right" },
  ] as const;
  const rows = shown.map((tensor) => [
    printable(tensor.name),
    tensor.type,
    tensor.shape.length === 0 ? "–" : tensor.shape.join("×"),
    formatBytes(tensor.length),
    ...["sign", "exponent", "mantissa"].map((field) => fieldLength(tensor, field)),
    tensor.values === 0 ? "–" : formatBits((8 * tensor.orderZero) / tensor.values),
  ]);
  return [
    ...wrap(`${formatPlural(tensors.length, "tensor")}; ${types.join("; ")}`, width),
    ...wrap(
      `Order 0 by field: ${formatCount(orderZero)} of ${formatCount(fileLength)} bytes (${formatShare(orderZero / fileLength)}). ` +
        ORDER_ZERO_NOTE,
      width,
    ),
    "",
    ...table(columns, rows, width),
    ...(shown.length < tensors.length
      ? [`… and ${formatPlural(tensors.length - shown.length, "smaller tensor")}`]
      : []),
  ];
}

/** Code length of a field, of its pieces together: bits a value. */
function fieldLength({ fields }: TensorAnalysis, name: string): string {
  const pieces = fields.filter((field) => field.name.startsWith(name));
  return pieces.length === 0 ? "" : pieces.reduce((sum, { codeLength }) => sum + codeLength, 0).toFixed(2);
}

/** The largest, in the order of the file. */
function largest(tensors: readonly TensorAnalysis[], count: number): readonly TensorAnalysis[] {
  if (tensors.length <= count) return tensors;
  const chosen = new Set([...tensors].sort((a, b) => b.length - a.length).slice(0, count));
  return tensors.filter((tensor) => chosen.has(tensor));
}
