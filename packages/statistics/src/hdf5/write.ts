/** Writes statistics as an HDF5 file. */

import type { Dataset, File } from "h5wasm";

import { shapeOf } from "../counting/counts.ts";
import { distancesOf } from "../counting/window.ts";
import type { Statistics, Table } from "../statistics.ts";
import {
  CHARACTER,
  COUNTS,
  DISTANCE,
  FORMAT,
  FORMAT_VERSION,
  IN_RUNS,
  NORMALISED,
  OCCURRENCES,
  QUANTITY,
  TABLE,
  TOTAL,
  type DatasetLayout,
} from "./layout.ts";
import { writeHdf5 } from "./library.ts";

/** gzip's, 1 to 9. */
const COMPRESSION = 9;

/** The bytes of an HDF5 file that any reader of HDF5 1.10 or later opens. */
export function writeStatistics({ counts, table }: Statistics): Promise<Uint8Array<ArrayBuffer>> {
  return writeHdf5((file) => {
    writeText(file, "format", FORMAT);
    file.create_attribute("format_version", FORMAT_VERSION, [], "<I");
    const shape = shapeOf(counts);
    write(
      file,
      CHARACTER,
      Uint8Array.from(counts.alphabet, (character) => character.charCodeAt(0)),
      [shape[0]],
    );
    write(file, DISTANCE, Int32Array.from(distancesOf(counts.window)), [shape[2]]);
    const occurrences = write(file, OCCURRENCES, counts.characters, [shape[0]]);
    occurrences.create_attribute(TOTAL, BigUint64Array.of(counts.total), [], "<Q");
    occurrences.create_attribute(IN_RUNS, BigUint64Array.of(counts.inRuns), [], "<Q");
    write(file, COUNTS, counts.pairs, shape);
    if (table !== undefined) {
      const dataset = write(file, { ...TABLE, units: unitsOf(table) }, table.values, shape);
      writeText(dataset, QUANTITY, table.quantity);
      writeText(dataset, NORMALISED, table.normalised);
    }
  });
}

/** In what a table's numbers are. */
export function unitsOf({ quantity, normalised }: Table): string {
  if (normalised !== "none") return "standard deviations";
  return { probability: "1", "log-probability": "nats", score: "1" }[quantity];
}

type Numbers = Uint8Array | Int32Array | BigUint64Array | Float64Array;

function write(file: File, { name, type, axes, units }: DatasetLayout, data: Numbers, shape: number[]): Dataset {
  // A chunk a distance: what is read together lies together.
  const chunks = [...shape.slice(0, 2), ...shape.slice(2).map(() => 1)];
  const dataset = file.create_dataset({ name, data, shape, dtype: type, chunks, compression: COMPRESSION });
  writeText(dataset, "axes", axes.join(", "));
  writeText(dataset, "units", units);
  return dataset;
}

function writeText(object: File | Dataset, name: string, text: string): void {
  object.create_attribute(name, text, [], `S${text.length}`);
}
