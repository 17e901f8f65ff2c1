const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** A number of bytes in a unit of powers of 1000. */
export interface ScaledBytes {
  /** In the unit, not rounded. */
  readonly value: number;
  readonly unit: string;
}

/**
 * A number of bytes in the largest unit of which it is one or more once it is rounded to three digits: 999,500 bytes
 * are 0.9995 MB, for which a person reads 1.00 MB.
 *
 * @param like bytes whose unit to take, so that two sizes can be compared at a glance
 * @example
 * scaleBytes(12_345_678); // { value: 12.345678, unit: "MB" }
 */
export function scaleBytes(bytes: number, like = bytes): ScaledBytes {
  let power = 0;
  while (power < UNITS.length - 1 && Math.abs(like) >= 999.5 * 1000 ** power) power++;
  return { value: bytes / 1000 ** power, unit: UNITS[power] };
}
