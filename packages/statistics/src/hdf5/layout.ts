/**
 * What lies where in a statistics file; docs/letter-pairs.md defines it. Strings are of fixed length: those of variable
 * length lie in a part of HDF5 files that has no checksum.
 */

export const FORMAT = "pith character statistics";
export const FORMAT_VERSION = 1;

/** The axes of whatever has a number for each character, neighbour and distance. */
const AXES = ["character", "neighbour", "distance"] as const;

/** Types as h5wasm writes them. */
export type Type = "<B" | "<i" | "<I" | "<Q" | "<d";

/** What the type is called in errors. */
export const TYPE_NAMES: Readonly<Record<Type, string>> = {
  "<B": "unsigned 8-bit integers",
  "<i": "32-bit integers",
  "<I": "unsigned 32-bit integers",
  "<Q": "unsigned 64-bit integers",
  "<d": "64-bit floats",
};

/** A dataset of the format. */
export interface DatasetLayout {
  readonly name: string;
  readonly type: Type;
  readonly axes: readonly string[];
  readonly units: string;
}

export const CHARACTER = { name: "character", type: "<B", axes: ["character"], units: "ASCII code" } as const;
export const DISTANCE = { name: "distance", type: "<i", axes: ["distance"], units: "characters" } as const;
export const OCCURRENCES = { name: "occurrences", type: "<Q", axes: ["character"], units: "occurrences" } as const;
export const COUNTS = { name: "counts", type: "<Q", axes: AXES, units: "occurrences" } as const;
export const TABLE = { name: "table", type: "<d", axes: AXES } as const;

/** Attributes of {@link OCCURRENCES}: characters of the texts, those outside of the alphabet too; characters in runs. */
export const TOTAL = "total_characters";
export const IN_RUNS = "characters_in_runs";
/** Attributes of {@link TABLE}. */
export const QUANTITY = "quantity";
export const NORMALISED = "normalised_along";
