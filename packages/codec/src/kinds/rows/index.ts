/** Rows of pixels, each with the filter of PNG that it went through: inside are the filters, then the pixels. */
import { PithError } from "@pith/core";
import type { SampleShape } from "../../bytes/sample-shape.ts";
import type { Found, Kind } from "../kind.ts";

interface RowFields {
  /** Bytes of a row of pixels, and of a pixel, but 1 at least. */
  readonly rowLength: number;
  readonly pixelLength: number;
}

const FILTERS = 5;
const MOST_ROW = 2 ** 27;
const MOST_PIXEL = 8;

export const rows: Kind<RowFields, "rows"> = {
  id: 3,
  name: "rows",
  toNumbers: ({ rowLength, pixelLength }) => [rowLength, pixelLength],
  fromNumbers(next) {
    const [rowLength, pixelLength] = [next(), next()];
    const isRow = rowLength >= 1 && rowLength <= MOST_ROW && pixelLength >= 1 && pixelLength <= MOST_PIXEL;
    if (isRow) return { rowLength, pixelLength };
    throw new PithError("invalid-field", "rows of pixels have no such length", { got: rowLength });
  },
  close(inside, { rowLength, pixelLength }) {
    const count = Math.floor(inside.length / (rowLength + 1));
    const filtered = new Uint8Array(inside.length);
    let above = new Uint8Array(rowLength);
    for (let row = 0; row < count; row++) {
      const pixels = inside.subarray(count + row * rowLength, count + (row + 1) * rowLength);
      const filter = inside[row];
      if (filter >= FILTERS) {
        throw new PithError("invalid-field", "a row of pixels has no such filter", { expected: "0 to 4", got: filter });
      }
      const at = row * (rowLength + 1);
      filtered[at] = filter;
      filterRow(filter, pixels, above, pixelLength, filtered.subarray(at + 1, at + 1 + rowLength));
      above = pixels as Uint8Array<ArrayBuffer>;
    }
    filtered.set(inside.subarray(count * (rowLength + 1)), count * (rowLength + 1));
    return filtered;
  },
};

/** Takes rows apart. @returns undefined if they are none */
export function openRows(
  content: Uint8Array,
  { rowLength, pixelLength }: RowFields,
  shape: SampleShape,
): Found | undefined {
  const count = Math.floor(content.length / (rowLength + 1));
  if (count < 1) return undefined;
  const inside = new Uint8Array(content.length);
  let above = new Uint8Array(rowLength);
  for (let row = 0; row < count; row++) {
    const at = row * (rowLength + 1);
    const filter = content[at];
    if (filter >= FILTERS) return undefined;
    inside[row] = filter;
    const pixels = inside.subarray(count + row * rowLength, count + (row + 1) * rowLength);
    unfilterRow(filter, content.subarray(at + 1, at + 1 + rowLength), above, pixelLength, pixels);
    above = pixels;
  }
  inside.set(content.subarray(count * (rowLength + 1)), count * (rowLength + 1));
  const opened = {
    kind: rows,
    fields: { rowLength, pixelLength },
    length: content.length,
    inside,
    hint: { picture: { from: count, shape } },
  };
  return { start: 0, opened };
}

function filterRow(filter: number, pixels: Uint8Array, above: Uint8Array, step: number, to: Uint8Array): void {
  for (let i = 0; i < pixels.length; i++) {
    to[i] = pixels[i] - guess(filter, i < step ? 0 : pixels[i - step], above[i], i < step ? 0 : above[i - step]);
  }
}

function unfilterRow(filter: number, filtered: Uint8Array, above: Uint8Array, step: number, to: Uint8Array): void {
  for (let i = 0; i < filtered.length; i++) {
    to[i] = filtered[i] + guess(filter, i < step ? 0 : to[i - step], above[i], i < step ? 0 : above[i - step]);
  }
}

/** What a filter takes a byte for: nothing, the one before, the one above, their mean, or Paeth's choice. */
function guess(filter: number, before: number, above: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return before;
    case 2:
      return above;
    case 3:
      return (before + above) >> 1;
    default: {
      const plane = before + above - corner;
      const [a, b, c] = [Math.abs(plane - before), Math.abs(plane - above), Math.abs(plane - corner)];
      return a <= b && a <= c ? before : b <= c ? above : corner;
    }
  }
}
