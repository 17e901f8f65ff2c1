import type { SafetensorsAnalysis, TensorAnalysis } from "../../safetensors/analyzer.ts";
import { formatBits, formatBytes, formatCount, formatPlural, formatShare } from "../numbers.ts";
import { summariseTypes, ORDER_ZERO_NOTE } from "../weights.ts";
import { legend } from "./autocorrelation.ts";
import { element, escape, htmlTable, paragraph, percent, section } from "./markup.ts";

/** Tensors in the page at most: all are in the JSON. */
const MAXIMUM_ROWS = 500;

/** What a safetensors file holds. */
export function tensorsSection(found: SafetensorsAnalysis): string {
  const { tensors, orderZero, fileLength, headerLength, headerOrderZero, metadata } = found;
  const shown = largest(tensors);
  const notes = Object.entries(metadata).slice(0, 20);
  return section("tensors", "Tensors", [
    paragraph(
      `${formatPlural(tensors.length, "tensor")}. Order 0 by field: ${formatCount(orderZero)} of ${formatCount(fileLength)} bytes, ` +
        `${formatShare(orderZero / fileLength)}. ${ORDER_ZERO_NOTE}`,
    ),
    htmlTable(
      "By type",
      [
        { title: "type", align: "left" },
        { title: "tensors", align: "right" },
        { title: "values", align: "right" },
        { title: "stored", align: "right" },
        { title: "order 0", align: "right" },
        { title: "bits a value", align: "right" },
      ],
      [
        ...summariseTypes(found).map(({ type, tensors: count, values, length, orderZero: needed, orderZeroBits }) => [
          escape(type),
          formatCount(count),
          formatCount(values),
          formatBytes(length),
          formatBytes(needed),
          formatBits(orderZeroBits),
        ]),
        ["header", "", "", formatBytes(headerLength), formatBytes(headerOrderZero), ""],
      ],
    ),
    legend([
      ["sign", "sign"],
      ["exponent", "exponent"],
      ["mantissa", "mantissa"],
      ["bytes", "whole, or byte by byte"],
      ["saved", "saved"],
    ]),
    htmlTable(
      shown.length < tensors.length
        ? `The largest ${formatCount(shown.length)} of ${formatCount(tensors.length)} tensors`
        : "Tensors, in the order of the file",
      [
        { title: "name", align: "left" },
        { title: "type", align: "left" },
        { title: "shape", align: "left" },
        { title: "stored", align: "right" },
        { title: "bits a value", align: "right" },
        { title: "where they go", align: "left" },
        { title: "model", align: "left" },
      ],
      shown.map(tensorRow),
    ),
    `<details><summary>Entropy of each field</summary>${fieldTable(shown)}</details>`,
    ...(notes.length === 0
      ? []
      : [
          htmlTable(
            "Notes in the header",
            [
              { title: "name", align: "left" },
              { title: "text", align: "left" },
            ],
            notes.map((note) => note.map((text) => escape(text.slice(0, 200)))),
          ),
        ]),
  ]);
}

function largest(tensors: readonly TensorAnalysis[]): readonly TensorAnalysis[] {
  if (tensors.length <= MAXIMUM_ROWS) return tensors;
  const chosen = new Set([...tensors].sort((a, b) => b.length - a.length).slice(0, MAXIMUM_ROWS));
  return tensors.filter((tensor) => chosen.has(tensor));
}

function tensorRow(tensor: TensorAnalysis): string[] {
  const { name, type, shape, length, values, orderZero, model } = tensor;
  return [
    `<code>${escape(name)}</code>`,
    escape(type),
    shape.length === 0 ? "–" : shape.map(formatCount).join("×"),
    formatBytes(length),
    values === 0 ? "–" : formatBits((8 * orderZero) / values),
    values === 0 ? "" : fieldBar(tensor),
    escape(model),
  ];
}

/** Bits of a value, field by field, as parts of those that are stored. */
function fieldBar({ name, length, values, orderZero, model, fields }: TensorAnalysis): string {
  const stored = (8 * length) / values;
  let x = 0;
  const parts =
    model === "fields"
      ? fields.map((field) => ({ style: styleOf(field.name), bits: field.codeLength }))
      : [{ style: "bytes", bits: Math.min(stored, (8 * orderZero) / values) }];
  const rects = parts.map(({ style, bits }) => {
    const rect = element("rect", { class: `part-${style}`, x: percent(x), width: percent(bits / stored), height: 12 });
    x += bits / stored;
    return rect;
  });
  return element(
    "svg",
    {
      class: "bar",
      role: "img",
      "aria-label": `${name}: ${parts.map(({ style, bits }) => `${style} ${bits.toFixed(2)}`).join(", ")} bits`,
      width: "100%",
      height: 12,
    },
    element("rect", { class: "part-saved", width: "100%", height: 12 }) + rects.join(""),
  );
}

function styleOf(field: string): string {
  return field.startsWith("byte") ? "bytes" : field.split(" ")[0];
}

function fieldTable(tensors: readonly TensorAnalysis[]): string {
  return htmlTable(
    "Bits per value of each field: entropy by itself, entropy given what a decoder knows, and code length",
    [
      { title: "tensor", align: "left" },
      { title: "field", align: "left" },
      { title: "stored", align: "right" },
      { title: "entropy", align: "right" },
      { title: "least conditional entropy", align: "right" },
      { title: "code length", align: "right" },
      { title: "best model", align: "left" },
    ],
    tensors.flatMap(({ name, fields }) =>
      fields.map((field) => {
        const [single, ...conditional] = field.entropies;
        const least = conditional.reduce((low, each) => (each.bits < low.bits ? each : low), single);
        return [
          `<code>${escape(name)}</code>`,
          escape(field.name),
          String(field.bits),
          formatBits(single.bits),
          `${formatBits(least.bits)}${least === single ? "" : ` <small>given ${escape(least.given)}</small>`}`,
          formatBits(field.codeLength),
          escape(field.model),
        ];
      }),
    ),
  );
}
